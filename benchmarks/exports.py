"""The export of all clues: how long it takes, and how much memory the process that writes it has.

Each form in a process of its own, which tells what it had after a tenth of the rows and at the end.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sqlmodel import func, select

from benchmarks.report import figure, rows
from benchmarks.years import MOMENT
from documents.output.table_files import Row, Sheet, write_csv, write_xlsx
from domain.tables.process import Clue
from flows.lists.registers import Narrow, clues_register
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.office import open_test_office

FORMS = ("csv", "xlsx")
MEBIBYTE = 1024 * 1024


def exports_told(office: Office, database: str, folder: Path) -> str:
    """The lines: seconds, rows a second and memory for each form."""
    with reading(office.engine) as session:
        clues = session.exec(select(func.count()).select_from(Clue)).one()
    office.engine.dispose()
    head = ("export of all clues", "seconds", "rows/s", "MB at 10 %", "MB at 100 %", "file, MB")
    return "\n" + rows(head, (_line(office, database, (one, clues), folder) for one in FORMS))


def _line(office: Office, database: str, of: tuple[str, int], folder: Path) -> tuple[str, ...]:
    form, clues = of
    home = str(office.settings.home)
    told = [home, database, form, str(clues), str(folder / f"export.{form}")]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.exports", *told],
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)
    return (
        form.upper(),
        figure(found["seconds"]),
        figure(clues / found["seconds"]),
        *(figure(found[one] / MEBIBYTE) for one in ("tenth", "end", "size")),
    )


def main() -> None:
    """Writes the clues of a database to a file; told as JSON."""
    home, database, form, clues, path = sys.argv[1:]
    office = open_test_office(Path(home), database)
    found: dict[str, float] = {}
    begun = time.perf_counter()
    with reading(office.engine) as session, Path(path).open("wb") as out:
        whole = clues_register(session, office, Narrow(MOMENT))
        sheet = replace(whole, rows=_watched(whole, int(clues) // 10, found))
        if form == "csv":
            write_csv(sheet, out)
        else:
            write_xlsx(sheet, MOMENT, out)
    found["seconds"] = time.perf_counter() - begun
    found["end"] = max(found["end"], _resident())
    found["size"] = Path(path).stat().st_size
    print(json.dumps(found))


def _watched(sheet: Sheet, tenth: int, found: dict[str, float]) -> Iterator[Row]:
    for number, row in enumerate(sheet.rows, 1):
        if number == tenth:
            found["tenth"] = _resident()
        yield row
    found["end"] = _resident()


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


if __name__ == "__main__":
    main()
