"""Pages for eight readers at two web processes, exports and intake, with a million clues behind."""

import os
from collections.abc import Iterator, Mapping
from datetime import timedelta
from math import ceil
from pathlib import Path
from statistics import median
from urllib.parse import quote

from sqlmodel import Session, col, func, select

from benchmarks.databases import databases, name_of, new_on
from benchmarks.effort import Effort
from benchmarks.exports import exports_told
from benchmarks.million_intake import intake_at_size
from benchmarks.readers import PAUSE, READERS, Reading, Sheet, read
from benchmarks.report import figure, rows
from benchmarks.workbenches import WORKERS, served
from benchmarks.years import HANDLER, HOME, MOMENT, Years
from domain.tables.people import User
from domain.tables.process import Clue
from flows.papers.service_states import note_open_services
from flows.people.sign_in import open_session
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.office import build_office, open_test_office

TITLE = "A million clues"
FILLED, FILLED_HOME = "BENCH_FILLED", "BENCH_FILLED_HOME"
"""In the environment: the address of a database filled before, and the home of its keys."""
LIST, OTHER = 50.0, 100.0
NAME = quote("建国")
PLAIN: tuple[tuple[str, str, float], ...] = (
    (HANDLER, "/", LIST),
    (HANDLER, "/clues", LIST),
    (HANDLER, "/clues?state=verifying&channel=hotline", LIST),
    (HANDLER, "/clues?light=red", LIST),
    (HANDLER, "/clues?view=ended", LIST),
    (HANDLER, "/messages", LIST),
    (HANDLER, "/cases", LIST),
    (HANDLER, "/documents", LIST),
    (HANDLER, "/documents/unserved", OTHER),
    (HANDLER, "/incoming", OTHER),
    (HANDLER, "/referrals", LIST),
    (HANDLER, "/duplicates", LIST),
    ("desk", "/", LIST),
    ("desk", "/duplicates", LIST),
    ("desk", "/write-backs", OTHER),
    ("head", "/", LIST),
    ("head", "/approvals", OTHER),
    ("head", "/workload", OTHER),
    ("head", "/warnings", OTHER),
    ("legal", "/review", OTHER),
    ("police", "/referrals", OTHER),
    ("supervisor", "/", OTHER),
    ("supervisor", "/clues", LIST),
    ("supervisor", "/clues?view=ended", LIST),
    ("supervisor", "/board", OTHER),
    ("supervisor", "/overdue", OTHER),
    ("supervisor", "/warnings", OTHER),
    ("supervisor", "/statistics", OTHER),
    ("supervisor", "/statistics?span=24", OTHER),
    ("supervisor", "/referrals", OTHER),
    ("supervisor", "/supervision", OTHER),
    ("auditor", "/audit/events", OTHER),
    ("administrator", "/admin/follow-ups", OTHER),
)
"""Who reads which page, and within how many milliseconds it is to be there."""
CHAIRS = sorted({one for one, _, _ in PLAIN})


def measure(effort: Effort, folder: Path) -> str:
    """The section: each page for eight readers, on PostgreSQL where there is one."""
    if FILLED in os.environ:
        url = os.environ[FILLED]
        office = open_test_office(Path(os.environ[FILLED_HOME]), url)
        pages = _measured(office, url, f"{name_of(url)}, filled before", effort)
        pages += exports_told(office, url, folder)
        return pages + intake_at_size(office, new_on(url), effort.more, folder)
    with databases(folder, effort) as kinds:
        name, new = list(kinds.items())[-1]
        url = new()
        office = build_office(folder / "great", url)
        Years(effort.great_open, effort.great_closed).fill(office)
        pages = _measured(office, url, name, effort) + exports_told(office, url, folder)
        return pages + intake_at_size(office, new(), effort.more, folder)


def _note(office: Office) -> None:
    """What the schedule notes each hour of a record: nobody would read it whole at a look."""
    for hours in (2, 1):
        note_open_services(office, MOMENT - timedelta(hours=hours), lambda: True)


def _measured(office: Office, url: str, database: str, effort: Effort) -> str:
    _note(office)
    with reading(office.engine) as session:
        sheets = list(_sheets(session))
        tokens = {
            one: open_session(office, session.get_one(User, one), MOMENT).token for one in CHAIRS
        }
        clues = session.exec(select(func.count()).select_from(Clue)).one()
    office.engine.dispose()
    with served(office.settings.home, tokens, database=url) as bench:
        read(bench, sheets, 1, 0.0, readers=2)  # warms up
        alone = read(bench, sheets, max(3, effort.reads // 4), 0.0, readers=1)
        found = read(bench, sheets, effort.reads)
        crowded = read(bench, sheets, max(1, effort.reads // 4), 0.0)
    return _told(sheets, alone, found, crowded, f"{clues:,} clues on {database}")


def _sheets(session: Session) -> Iterator[Sheet]:
    for chair, path, aim in PLAIN:
        yield Sheet(f"{chair}: {path}", chair, path, aim)
    for chair, state in ((HANDLER, "in_referral"), (HANDLER, "verifying"), ("desk", "archived")):
        yield Sheet(f"{chair}: a clue, {state}", chair, f"/clues/{_newest(session, state)}", LIST)
    party, place = _of_some(session)
    searched = {
        "a name of two characters": NAME,
        "a party's whole name": quote(party),
        "a street": quote(place),
        "a word of every clue": quote("有限公司"),
    }
    for words, text in searched.items():
        for chair in (HANDLER, "supervisor"):
            for view in ("open", "ended"):
                path = f"/clues?view={view}&q={text}"
                yield Sheet(f"{chair}: search in {view} clues, {words}", chair, path, OTHER)
    yield Sheet("desk: 查找, a party", "desk", f"/find?q={quote(party[5:9])}", OTHER)


def _newest(session: Session, state: str) -> str:
    here = select(Clue.no).where(col(Clue.state) == state, col(Clue.department_id) == HOME)
    return session.exec(here.order_by(col(Clue.id).desc()).limit(1)).one()


def _of_some(session: Session) -> tuple[str, str]:
    """A party in the middle of a name that several bear, and a street."""
    there = select(Clue.subject_name, Clue.place).where(col(Clue.state) == "verifying")
    name, place = session.exec(there.order_by(col(Clue.id).desc()).limit(1)).one()
    return name[5:-4], place[5:]


def _told(sheets: list[Sheet], alone: Reading, found: Reading, crowded: Reading, what: str) -> str:
    wrong = alone.errors + found.errors + crowded.errors
    head = ("", "pages", "alone, p50 ms", "p50 ms", "p95 ms", "aim", "", "p95 ms without a pause")
    missed = [one.title for one in sheets if _p95(found.took[one.title]) > one.aim]
    return (
        f"{what}. {READERS} readers at {WORKERS} web processes, each looking at a page for "
        f"{PAUSE} s; *alone*: one reader without a pause. Timed by the reader, from the request "
        "to the last byte.\n\n"
        + rows(head, (_line(one, alone.took, found.took, crowded.took) for one in sheets))
        + f"\n- {len(sheets) - len(missed)} of {len(sheets)} pages within their aim; "
        f"answers that were no page: {len(wrong)}"
        + (f" ({'; '.join(sorted(set(wrong)))})" if wrong else "")
        + ".\n"
    )


def _line(
    one: Sheet,
    alone: Mapping[str, list[float]],
    took: Mapping[str, list[float]],
    crowded: Mapping[str, list[float]],
) -> tuple[str, ...]:
    p95 = _p95(took[one.title])
    return (
        one.title,
        f"{len(took[one.title])}",
        figure(median(alone[one.title])),
        figure(median(took[one.title])),
        figure(p95),
        f"{one.aim:.0f}",
        "met" if p95 <= one.aim else "missed",
        figure(_p95(crowded[one.title])),
    )


def _p95(took: list[float]) -> float:
    return sorted(took)[ceil(len(took) * 0.95) - 1]
