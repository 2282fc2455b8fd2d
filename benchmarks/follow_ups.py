"""Follow-ups worked off by one process and by several, and what Prefect keeps of each."""

import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.databases import NewDatabase, databases
from benchmarks.effort import Effort
from benchmarks.follow_up_worker import BEGIN, CPU, READY
from flows.afterwards.outbox import queue
from flows.running.own_process import own_command, own_environment
from flows.running.prefect_server import ChildServer
from flows.site.office import Office
from tests.helpers.office import build_office
from tests.helpers.story import Story

TITLE = "Follow-ups through Prefect"
WORKERS = (1, 2, 3)
SECONDS = 600.0
SETTLES = 8.0
"""Seconds until a server has written down the last that it was told."""


@dataclass(frozen=True)
class Took:
    """How long so many follow-ups took, the workers' CPU, and what Prefect's file grew by."""

    rows: int
    seconds: float
    cpu: float
    grown: int


def measure(effort: Effort, folder: Path) -> str:
    """The section on follow-ups, on every kind of database."""
    with databases(folder, effort) as kinds, _server(folder) as server:
        parts = [
            _on(name, new, effort, (folder / f"office-{place}", server))
            for place, (name, new) in enumerate(kinds.items())
        ]
    return "\n".join(parts)


def _on(name: str, new: NewDatabase, effort: Effort, where: tuple[Path, ChildServer]) -> str:
    home, server = where
    lines = [
        f"### {name}, {2 * effort.letters:,} follow-ups, one letter and one write-back a clue",
        "",
        "| workers | follow-ups/s | per second of the workers' CPU | Prefect's database, kB each |",
        "|---|--:|--:|--:|",
    ]
    for count in WORKERS:
        took = _race(build_office(home / str(count), new()), count, effort.letters, server)
        lines.append(
            f"| {count} | {took.rows / took.seconds:.0f} | {took.rows / took.cpu:.0f} "
            f"| {took.grown / took.rows / 1000:.1f} |"
        )
    return "\n".join([*lines, ""])


def _race(office: Office, count: int, clues: int, server: ChildServer) -> Took:
    now = _dispatched(office, clues)
    rows, home = queue(office, now).due, office.settings.home
    before = _size(server)
    settings = (str(home), office.settings.database)
    environment = {**own_environment(), **server.environment()}
    command = "benchmarks.follow_up_worker"
    workers = [
        subprocess.Popen(
            own_command(command, *settings, str(one), now.isoformat()), env=environment
        )
        for one in range(count)
    ]
    _wait_for(lambda: all((home / READY.format(one)).exists() for one in range(count)))
    started = time.perf_counter()
    (home / BEGIN).touch()
    # Whoever finds nothing left ends; the others may still be at work.
    _wait_for(lambda: queue(office, now).due + queue(office, now).leased == 0)
    seconds = time.perf_counter() - started
    for one in workers:
        one.wait()
    time.sleep(SETTLES)
    cpu = sum(float((home / CPU.format(one)).read_text()) for one in range(count))
    office.engine.dispose()
    return Took(rows, seconds, cpu, _size(server) - before)


def _dispatched(office: Office, clues: int) -> datetime:
    """So many clues with their letters to deliver and the platform to be told; the moment."""
    story = Story(office)
    for number in range(clues):
        story.now = Story.now
        story.does("register", outside_no=f"GD{number}")
        story.does("dispatch")
    return story.now


@contextmanager
def _server(folder: Path) -> Iterator[ChildServer]:
    server = ChildServer((folder / "prefect").resolve())
    server.start()
    try:
        if not server.wait(SECONDS):
            raise RuntimeError("Prefect's server did not start")
        yield server
    finally:
        server.stop()


def _size(server: ChildServer) -> int:
    """Bytes in use in the server's file: without pages that are free."""
    with closing(sqlite3.connect(server.home / "prefect.db")) as connection:
        pages, free, size = (
            connection.execute(f"PRAGMA {one}").fetchone()[0]
            for one in ("page_count", "freelist_count", "page_size")
        )
    return int((pages - free) * size)


def _wait_for(what: Callable[[], bool]) -> None:
    until = time.monotonic() + SECONDS
    while not what():
        if time.monotonic() > until:
            raise RuntimeError("the workers did not come to an end")
        time.sleep(0.05)
