"""Pages of the workbench with years of clues behind them, beside the least that could be sent."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote

from sqlmodel import col, select

from benchmarks.effort import Effort
from benchmarks.report import aim, figure, rows
from benchmarks.rounds import Spread
from benchmarks.workbenches import WORKERS, Bench, running
from benchmarks.years import HANDLER, HOME, MOMENT, Years
from domain.tables.people import User
from domain.tables.process import Clue
from flows.people.sign_in import open_session
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.office import build_office

TITLE = "Pages of the workbench"
NAME = quote("建国")
SUPERVISOR = "supervisor"
BOARD = "supervisor: board"
MOST_P95, MOST_GROWTH = 100.0, 1.2


@dataclass(frozen=True)
class Page:
    """A page that somebody asks for; `clue`: of which state the clue on it is."""

    title: str
    chair: str
    path: str
    clue: str = ""


PAGES = (
    Page("handler: my worklist", HANDLER, "/"),
    Page("handler: clues", HANDLER, "/clues"),
    Page("handler: clues, by state and channel", HANDLER, "/clues?state=verifying&channel=hotline"),
    Page("handler: clues, a name of two characters", HANDLER, f"/clues?q={NAME}"),
    Page("handler: ended clues", HANDLER, "/clues?view=ended"),
    Page("handler: ended clues, the name", HANDLER, f"/clues?view=ended&q={NAME}"),
    Page("handler: page of a clue in referral", HANDLER, "/clues/", "in_referral"),
    Page("handler: messages", HANDLER, "/messages"),
    Page("supervisor: clues", SUPERVISOR, "/clues"),
    Page("supervisor: clues that are late", SUPERVISOR, "/clues?light=red"),
    Page("supervisor: clues, the name", SUPERVISOR, f"/clues?q={NAME}"),
    Page("supervisor: ended clues", SUPERVISOR, "/clues?view=ended"),
    Page("supervisor: page of an archived clue", SUPERVISOR, "/clues/", "archived"),
    Page(BOARD, SUPERVISOR, "/board"),
    Page("supervisor: overdue list", SUPERVISOR, "/overdue"),
)


@dataclass
class Found:
    """What a page took among many clues, in milliseconds, and CPU ratios by round."""

    took: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    to_floor: list[float] = field(default_factory=list)
    growth: list[float] = field(default_factory=list)
    crowded: list[float] = field(default_factory=list)


def measure(effort: Effort, folder: Path) -> str:
    """The section on pages; SQLite only."""
    homes = []
    for closed in (effort.closed_few, effort.closed_many):
        office = build_office(folder / str(closed))
        Years(effort.open, closed).fill(office)
        homes.append((office.settings.home, _tokens(office)))
        office.engine.dispose()
    with running(homes) as (few, many):
        found = {page.title: _ask(page, few, many, effort) for page in PAGES}
    return _told(effort, found)


def _tokens(office: Office) -> dict[str, str]:
    found = {}
    for chair in (HANDLER, SUPERVISOR):
        with reading(office.engine) as session:
            user = session.get_one(User, chair)
        found[chair] = open_session(office, user, MOMENT).token
    return found


def _ask(page: Page, few: Bench, many: Bench, effort: Effort) -> Found:
    paths = {one.home: _path(page, one) for one in (few, many)}
    floor = many.keep_as_floor(page.chair, paths[many.home])
    for one in (few, many):
        one.ask(page.chair, paths[one.home], effort.seconds, WORKERS)  # warms up
    found = Found()
    for _ in range(effort.web_rounds):
        small = few.ask(page.chair, paths[few.home], effort.seconds, WORKERS)
        great = many.ask(page.chair, paths[many.home], effort.seconds, WORKERS)
        least = many.ask(page.chair, floor, effort.seconds, WORKERS)
        found.took += great.took
        found.cpu.append(great.cpu)
        found.growth.append(great.cpu / small.cpu)
        found.to_floor.append(great.cpu / least.cpu)
    found.crowded = many.ask(page.chair, paths[many.home], effort.seconds, 2 * WORKERS).took
    return found


def _path(page: Page, bench: Bench) -> str:
    """The page's path; of a clue, that of the newest one in the state at the home department."""
    if not page.clue:
        return page.path
    query = select(Clue.no).where(col(Clue.state) == page.clue, col(Clue.department_id) == HOME)
    with bench.session() as session:
        return page.path + session.exec(query.order_by(col(Clue.id).desc())).all()[0]


def _told(effort: Effort, found: dict[str, Found]) -> str:
    head = (
        *("", "answers", "p50 ms", "p95 ms", "p99 ms", "p95 ms, crowded"),
        *("CPU ms", "CPU, ratio to floor", "CPU, growth"),
    )
    lists = [one for one in found if one != BOARD]
    slowest = max(lists, key=lambda one: _percentile(found[one].took, 95))
    p95 = _percentile(found[slowest].took, 95)
    growth = Spread.of([median(one.growth) for one in found.values()])
    return (
        f"{effort.open:,} open clues and {effort.closed_many:,} closed ones on SQLite, "
        f"{WORKERS} web processes, wrk on loopback with one connection per process. Times are "
        "the server's own, from its log: from the request's arrival to the last byte sent. "
        "*Crowded*: with two connections per process. *Floor*: the same bytes kept in memory and "
        "answered through the same stack. *Growth*: how many times as much as with "
        f"{effort.closed_few:,} closed clues.\n\n"
        + rows(head, (_line(title, one) for title, one in found.items()))
        + "\n"
        + aim(
            f"95th percentile of every list and clue page, below {MOST_P95:.0f} ms; "
            f"slowest: {slowest}",
            Spread(p95, p95, p95),
            p95 < MOST_P95,
        )
        + aim(f"growth over all pages, at most {MOST_GROWTH}", growth, growth.high <= MOST_GROWTH)
    )


def _line(title: str, found: Found) -> Sequence[str]:
    return (
        title,
        f"{len(found.took):,}",
        *(figure(_percentile(found.took, one)) for one in (50, 95, 99)),
        figure(_percentile(found.crowded, 95)),
        *(figure(median(one)) for one in (found.cpu, found.to_floor, found.growth)),
    )


def _percentile(figures: Sequence[float], wanted: int) -> float:
    if len(figures) < 2:
        return max(figures, default=0.0)
    return quantiles(figures, n=100, method="inclusive")[wanted - 1]
