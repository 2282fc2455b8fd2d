"""Work orders imported per second, and how memory grows with them; each import in a new process."""

import json
import multiprocessing
import os
import resource
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.databases import sqlite_in
from benchmarks.effort import Effort
from benchmarks.orders import write_orders
from benchmarks.report import figure, rows
from domain.situation.situation import CHINA
from flows.imports.clerk import Clerk
from flows.imports.order_import import PORTION, import_file
from tests.helpers.office import build_office
from tests.helpers.people import actor

TITLE = "Intake"
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=CHINA)
SHARED = "YISONG_SHARED"
MESSAGES = Path("data") / "citizen-messages.xlsx"
MARKS = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)


@dataclass(frozen=True)
class Mark:
    """How far an import was when it was looked at."""

    rows: int
    seconds: float
    cpu: float
    megabytes: float


def measure(effort: Effort, folder: Path) -> str:
    """The section on intake: hotline orders, and the citizens' messages where they lie at hand."""
    orders = folder / "orders.xlsx"
    write_orders(orders, effort.rows)
    body = _told(f"{effort.rows:,} work orders of the 12345 format (XLSX)", _import(orders, folder))
    messages = Path(os.environ.get(SHARED, "../shared")) / MESSAGES
    if messages.is_file():
        body += "\n" + _told("The citizens' messages (XLSX)", _import(messages, folder))
    return body + (
        f"\nOn SQLite, {PORTION} rows are committed together; whoever waits to write then begins "
        "first.\n"
    )


def _told(title: str, marks: list[Mark]) -> str:
    first, last = marks[0], marks[-1]
    lines = [
        (
            f"{mark.rows:,}",
            figure(mark.rows / mark.seconds),
            figure(mark.rows / mark.cpu),
            f"{mark.megabytes:.0f}",
        )
        for mark in marks
    ]
    grown = last.megabytes - first.megabytes
    per_row = grown * 1024 / max(1, last.rows - first.rows)
    return (
        f"### {title}\n\n"
        + rows(("rows", "rows/s", "rows/s of CPU", "memory, MB"), lines)
        + f"\n- {last.rows:,} rows in {last.seconds:.0f} s; memory grew by {grown:.0f} MB from "
        f"{first.rows:,} rows on, {per_row:.2f} kB a row.\n"
    )


def _import(file: Path, folder: Path) -> list[Mark]:
    """Imports the file in a process of its own, which tells its marks when it is through."""
    told = folder / f"{file.stem}.json"
    process = multiprocessing.get_context("spawn").Process(
        target=_watched, args=(file, folder / file.stem, told)
    )
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"the import of {file.name} ended with {process.exitcode}")
    return [Mark(**one) for one in json.loads(told.read_text(encoding="utf-8"))]


def _watched(file: Path, home: Path, told: Path) -> None:
    home.mkdir()
    office = build_office(home, sqlite_in(home)())
    marks: list[dict[str, float]] = []
    wall, cpu = time.perf_counter(), time.process_time()

    def look(done: int, total: int) -> None:
        passed = [mark for mark in MARKS if mark <= done]
        if done == total or len(passed) > len(marks):
            marks.append(
                {
                    "rows": done,
                    "seconds": time.perf_counter() - wall,
                    "cpu": time.process_time() - cpu,
                    "megabytes": _resident(),
                }
            )

    result = import_file(Clerk(office, actor("desk"), NOW), file, progress=look)
    if not result.registered:
        raise RuntimeError(f"nothing was registered: {result}")
    told.write_text(json.dumps(marks), encoding="utf-8")


def _resident() -> float:
    statm = Path("/proc/self/statm")
    if statm.exists():
        pages = int(statm.read_text(encoding="ascii").split()[1])
        return pages * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
