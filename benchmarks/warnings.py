"""A day's risk warnings: as many clues a day on a short record and on a very long one."""

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from benchmarks.effort import Effort
from benchmarks.report import aim, table
from benchmarks.rounds import Contender, Stopwatch, race
from domain.limits.limit import day_of
from domain.tables.dossier import Dossier
from domain.tables.process import Clue
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.warnings.signals_found import signals_of
from tests.helpers.office import build_office

TITLE = "Risk warnings of a day"
NOW = datetime(2026, 5, 11, 1, tzinfo=UTC)
DAYS = 100
"""So many days hold the few; the many come as fast, for longer."""
AT_ONCE = 10_000
SUBJECTS = 1_000_000


def measure(effort: Effort, folder: Path) -> str:
    """The section on warnings: every indicator over the clues of its window, on SQLite."""
    a_day = max(1, effort.few // DAYS)
    offices = {size: _filled(folder / str(size), size, a_day) for size in (effort.few, effort.many)}
    runs: dict[str, Contender] = {
        f"on record: {size:,} clues": _run(office) for size, office in offices.items()
    }
    few, many = runs
    contest = race(runs, effort.draw_rounds, 1)
    for office in offices.values():
        office.engine.dispose()
    growth = contest.ratio(many, few)
    return f"### {a_day:,} clues a day\n\n{table(contest, few)}\n" + aim(
        "time of a day, long record / short record, at most 1.5", growth, growth.median <= 1.5
    )


def _run(office: Office) -> Contender:
    def run(watch: Stopwatch) -> None:
        with reading(office.engine) as session, watch.lap():
            signals_of(session, office, day_of(NOW))

    return run


def _filled(home: Path, size: int, a_day: int) -> Office:
    """An office with clues of forty matters and many subjects, each by a reporter of its own."""
    office, chance = build_office(home), random.Random(1)
    matters = list(office.rules.matters)[:40]
    for start in range(0, size, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, size))
        with transaction(office.engine) as session:
            dossiers = [{"id": one + 1, "kind": "clue", "no": f"XS{one:08d}"} for one in numbers]
            session.execute(insert(Dossier), dossiers)
            clues = [
                _clue(one, NOW - timedelta(days=one / a_day), chance, matters) for one in numbers
            ]
            session.execute(insert(Clue), clues)
    return office


def _clue(
    number: int, received: datetime, chance: random.Random, matters: list[str]
) -> dict[str, object]:
    return {
        "id": number + 1, "no": f"XS{number:08d}", "state": "registered", "version": 1,
        "department_id": "shili-market", "facts": {}, "opened_at": received,
        "channel": "hotline", "received_at": received, "title": "线索", "content": "内容",
        "category": "", "place": "", "area": "shili", "desk_id": "shili-hotline", "hops": 0,
        "binding": False, "matter_id": chance.choice(matters), "subject_name": "某店",
        "subject_code": "", "subject_key": f"店{chance.randrange(SUBJECTS)}",
        "subject_phone": "", "subject_address": "", "reporter_key": str(number),
    }  # fmt: skip
