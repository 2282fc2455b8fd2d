"""Web processes of the benchmark, as many as are wanted, served as `yisong serve` serves them."""

import sys

import uvicorn

from cli.running.serve import listen


def main() -> None:
    """Serves at a port of this machine, by so many processes, each there within some seconds."""
    port, processes, seconds = map(int, sys.argv[1:])
    listen(
        uvicorn.Config(
            "benchmarks.web_worker:app",
            factory=True,
            port=port,
            workers=processes,
            log_level="warning",
            timeout_worker_healthcheck=seconds,
        )
    )


if __name__ == "__main__":
    main()
