"""Many people at once: pages beside those of one person alone, and clicks during an import."""

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from statistics import quantiles

import httpx
from sqlmodel import Session

from benchmarks.databases import databases
from benchmarks.effort import Effort
from benchmarks.orders import write_orders
from benchmarks.report import figure, rows
from benchmarks.workbenches import Bench, served
from benchmarks.years import MOMENT
from domain.situation.situation import CHINA
from domain.tables.people import User
from flows.imports.clerk import Clerk
from flows.imports.order_import import import_file
from flows.people.sign_in import open_session
from flows.site.store import reading
from tests.helpers.office import build_office, open_test_office
from tests.helpers.people import actor
from tests.helpers.story import Story
from web.request.desk import COOKIE

TITLE = "Many people at once"
PAGES = ("/", "/clues", "/messages", "/clues", "/rules")
THINKING = 5.0
"""Seconds between two pages of one person, who reads what he sees."""
MOST_TIMES, MOST_CLICK = 5.0, 200.0
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=CHINA)


@dataclass(frozen=True)
class Crowd:
    """So many people at so many processes, and how long each pauses between his pages."""

    title: str
    people: int
    processes: int
    pause: float


CROWDS = (
    Crowd("50 at once on one process, without a pause", 50, 1, 0.0),
    Crowd(f"100 people on two processes, a page each every {THINKING:.0f} s", 100, 2, THINKING),
)


@dataclass(frozen=True)
class Answers:
    """What pages took, in milliseconds, and how many were none."""

    took: list[float]
    errors: int

    @property
    def p95(self) -> float:
        """What 95 of 100 pages did not exceed."""
        return quantiles(self.took, n=20)[-1]


def measure(effort: Effort, folder: Path) -> str:
    """The section on many people: SQLite for the pages, PostgreSQL for the clicks."""
    lines = [line for one in CROWDS for line in _crowded(one, effort, folder)]
    told = rows(("", "pages", "errors", "p95 ms", "one alone, p95 ms", "ratio"), lines)
    told += f"\nThe best of {effort.crowd_rounds} rounds; aim: no error, for people who pause a "
    told += f"ratio of at most {MOST_TIMES:.0f}.\n"
    return told + (_clicks(effort, folder) if effort.postgresql else "")


# --- pages ---------------------------------------------------------------------------------------


def _crowded(crowd: Crowd, effort: Effort, folder: Path) -> list[tuple[str, ...]]:
    office = build_office(folder / f"people-{crowd.people}")
    story = Story(office)
    for _ in range(effort.crowd_clues):
        story.walk("register", "dispatch", "accept")
    with reading(office.engine) as session:
        user = session.get_one(User, "handler")
    tokens = {"handler": open_session(office, user, MOMENT).token}
    home = office.settings.home
    office.engine.dispose()
    found: list[tuple[float, Answers, Answers]] = []
    with served(home, tokens, crowd.processes) as bench:
        for _ in range(effort.crowd_rounds):
            alone = asyncio.run(_ask(bench, 1, effort.crowd_pages, 0.0))
            many = asyncio.run(_ask(bench, crowd.people, effort.crowd_pages, crowd.pause))
            found.append((many.p95 / alone.p95, alone, many))
    errors = sum(many.errors for _, _, many in found)
    ratio, alone, many = min(found, key=lambda one: one[0])
    told = (f"{len(many.took)}", f"{errors}", figure(many.p95), figure(alone.p95), figure(ratio))
    return [(crowd.title, *told)]


async def _ask(bench: Bench, people: int, pages: int, pause: float) -> Answers:
    took: list[float] = []
    errors = 0
    limits = httpx.Limits(max_connections=people)
    cookies = {COOKIE: bench.tokens["handler"]}
    async with httpx.AsyncClient(
        base_url=bench.address, cookies=cookies, limits=limits, timeout=60
    ) as client:

        async def person(number: int) -> None:
            nonlocal errors
            await asyncio.sleep(pause * number / people)
            for turn in range(pages):
                began = time.perf_counter()
                answer = await client.get(PAGES[(number + turn) % len(PAGES)])
                took.append((time.perf_counter() - began) * 1000)
                errors += answer.status_code != 200
                await asyncio.sleep(pause)

        await asyncio.gather(*map(person, range(people)))
    return Answers(took, errors)


# --- clicks during an import ---------------------------------------------------------------------


def _clicks(effort: Effort, folder: Path) -> str:
    orders = folder / "people-orders.xlsx"
    write_orders(orders, effort.crowd_rows)
    with databases(folder, effort) as kinds:
        name, new = list(kinds.items())[-1]
        found = [
            _click_round(folder / f"clicks-{number}", new(), orders, effort.crowd_clicks)
            for number in range(effort.crowd_rounds)
        ]
    quiet, busy = min(found, key=lambda one: quantiles(one[1], n=20)[-1])
    lines = [
        (title, f"{len(took)}", figure(quantiles(took, n=20)[-1]), figure(max(took)))
        for title, took in (("quiet", quiet), ("during an import", busy))
    ]
    told = rows((f"Registering a clue, {name}", "clicks", "p95 ms", "slowest ms"), lines)
    return f"\n{told}\nThe best round; aim: p95 at most {MOST_CLICK:.0f} ms.\n"


def _click_round(
    home: Path, url: str, orders: Path, clicks: int
) -> tuple[list[float], list[float]]:
    """What clicks took before and while another process imports a file."""
    office = build_office(home, url)
    story = Story(office)
    quiet = [_click(story) for _ in range(clicks)]
    spawn = multiprocessing.get_context("spawn")
    importer = spawn.Process(target=_import, args=(home, url, orders))
    importer.start()
    _wait_until(lambda: _registered(story) > clicks)
    busy = []
    while importer.is_alive():
        busy.append(_click(story))
    importer.join()
    office.engine.dispose()
    return quiet, busy


def _click(story: Story) -> float:
    began = time.perf_counter()
    story.does("register")
    return (time.perf_counter() - began) * 1000


def _import(home: Path, url: str, orders: Path) -> None:
    office = open_test_office(home, url)
    import_file(Clerk(office, actor("desk"), NOW), orders)
    office.engine.dispose()


def _registered(story: Story) -> int:
    with Session(story.office.engine) as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM clue").scalar_one())


def _wait_until(holds: Callable[[], bool], seconds: float = 120.0) -> None:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise RuntimeError("the import did not begin")
        time.sleep(0.05)
