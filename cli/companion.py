"""The process beside the workbench: demonstration data first, then schedule and Prefect.

It ends with the process that began it, however that one ended: its input closes then.
"""

import os
import signal
import sys
import threading
from datetime import UTC, datetime

from cli.main import run
from flows.demonstration import fill_demonstration
from flows.office import open_office


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Fills an empty demonstration, then runs the schedule until the parent ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    fill_demonstration(open_office(), datetime.now(UTC))
    sys.argv = ["yisong", "run"]
    run()


if __name__ == "__main__":
    main()
