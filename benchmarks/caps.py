"""The times a year one subject was inspected: among few entries of doors, and among very many."""

from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.effort import Effort
from benchmarks.report import aim, table
from benchmarks.rounds import Contender, Stopwatch, race
from domain.tables.dossier import Dossier
from domain.tables.undertaking import Undertaking
from domain.tables.visit import EntryCount
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.visits.frequency import frequency
from tests.helpers.office import build_office

TITLE = "Times a year (caps of inspections)"
DAY = date(2026, 12, 31)
A_SUBJECT = 4
"""So many entries has every subject."""
AT_ONCE = 20_000


def measure(effort: Effort, folder: Path) -> str:
    """The section on caps: one look at a subject's year, over all departments, on SQLite."""
    offices = {size: _filled(folder / f"caps-{size}", size) for size in (effort.few, effort.many)}
    runs: dict[str, Contender] = {
        f"among {size:,} entries": _run(office, effort.dates, size)
        for size, office in offices.items()
    }
    few, many = runs
    contest = race(runs, effort.draw_rounds, 1)
    for office in offices.values():
        office.engine.dispose()
    growth = contest.ratio(many, few)
    return f"### One look\n\n{table(contest, few)}\n" + aim(
        "time of a look, many / few, at most 2", growth, growth.median <= 2
    )


def _run(office: Office, looks: int, size: int) -> Contender:
    subjects = max(1, size // A_SUBJECT)

    def run(watch: Stopwatch) -> None:
        with reading(office.engine) as session, watch.lap(looks):
            for one in range(looks):
                frequency(session, _subject(one * 7919 % subjects), "shili-market", DAY)

    return run


def _subject(number: int) -> str:
    return f"91370000{number:010d}"


def _filled(home: Path, size: int) -> Office:
    """An office with so many entries, all of one inspection's row, spread over a year."""
    office = build_office(home)
    subjects = max(1, size // A_SUBJECT)
    with transaction(office.engine) as session:
        visit = _visit(session)
    for start in range(0, size, AT_ONCE):
        rows = [
            {
                "subject_key": _subject(one % subjects),
                "department_id": "shili-market",
                "day": date(2026, 1, 1) + timedelta(days=one % 365),
                "visit_id": visit,
                "visit_no": f"JC{one:010d}",
                "kind": "daily",
                "counts": True,
            }
            for one in range(start, min(start + AT_ONCE, size))
        ]
        with transaction(office.engine) as session:
            session.execute(insert(EntryCount), rows)
    return office


def _visit(session: Session) -> int:
    dossier = Dossier(kind="visit", no="JC2026000001")
    session.add(dossier)
    session.flush()
    number = dossier.id or 0
    row = {
        "id": number, "kind": "visit", "no": "JC2026000001", "title": "检查", "area": "shili",
        "state": "closed", "department_id": "shili-market", "facts": {}, "version": 1,
        "opened_at": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip
    session.add(Undertaking.model_validate(row))
    session.flush()
    return number
