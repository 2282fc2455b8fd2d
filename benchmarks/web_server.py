"""Web processes of the benchmark, as many as are wanted, served as `yisong serve` serves them."""

import sys

import uvicorn

from cli.running.serve import listen

READY_SECONDS = 60


def main() -> None:
    """Serves at a port of this machine until it is told to end."""
    port, processes = map(int, sys.argv[1:])
    listen(
        uvicorn.Config(
            "benchmarks.web_worker:app",
            factory=True,
            port=port,
            workers=processes,
            log_level="warning",
            timeout_worker_healthcheck=READY_SECONDS,
        )
    )


if __name__ == "__main__":
    main()
