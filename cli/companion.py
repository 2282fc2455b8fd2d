"""The process beside the workbench: the demonstration's story first, then schedule and Prefect.

It ends with the process that began it, however that one ended: its input closes then.
"""

import os
import signal
import sys
import threading

from cli.main import run
from cli.terminal.context import fail
from flows.rehearsal.demonstration import NotEmpty
from flows.site.moment import read_mark
from flows.site.office import open_office

LOWER_PRIORITY = 10


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Tells a new demonstration's story, then runs the schedule until the parent ends."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.nice(LOWER_PRIORITY)
    office = open_office()
    mark = read_mark(office)
    if mark is not None and not mark.ready:
        # The stories are read by nobody who works in earnest.
        from flows.rehearsal.opening import open_demonstration  # noqa: PLC0415

        try:
            open_demonstration(office)
        except NotEmpty as problem:
            raise fail(str(problem)) from problem
    sys.argv = ["yisong", "run"]
    run()


if __name__ == "__main__":
    main()
