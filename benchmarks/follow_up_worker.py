"""A process that works off follow-ups until none is left, as `yisong run` does, and ends.

Told: the site's home, its database, which of the workers it is, and the moment.
"""

import asyncio
import sys
import time
from datetime import datetime
from pathlib import Path

from flows.followups import work_off
from flows.site.workplace import workplace
from tests.helpers.office import open_test_office

READY, BEGIN, CPU = "ready-{}", "begin", "cpu-{}"


def main() -> None:
    """Waits for the others, works, and writes down the seconds of CPU that it took."""
    folder, database, number, now = sys.argv[1:]
    home = Path(folder)
    office = open_test_office(home, database)
    (home / READY.format(number)).touch()
    while not (home / BEGIN).exists():
        time.sleep(0.01)
    before = time.process_time()
    with workplace(office):
        asyncio.run(work_off(datetime.fromisoformat(now)))
    (home / CPU.format(number)).write_text(str(time.process_time() - before), encoding="ascii")


if __name__ == "__main__":
    main()
