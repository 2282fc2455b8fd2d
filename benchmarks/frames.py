"""A draw from the roster's own tables: the frame gathered, sealed and drawn from."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert

from benchmarks.effort import Effort
from benchmarks.report import aim, table
from benchmarks.rounds import Stopwatch, race
from domain.draws.draw_record import Opened, outcome_of
from domain.tables.roster import RosterOfficer, Subject, SubjectTag
from flows.draws.frame_building import UNGRADED, Wish, frame_view
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.office import build_office

TITLE = "Frames from the roster"
DAY = date(2026, 5, 11)
GATHER, WHOLE = "gathering the frame", "gathering, sealing, drawing"
OPENED = Opened("5e" * 32, ("12", "7", "30"))
LONGEST = 10.0
"""Seconds that a person waits for a draw of 100,000 objects."""
AT_ONCE = 20_000
WISH = Wish("shili", ("catering",), {UNGRADED: Decimal(5)}, DAY)


def measure(effort: Effort, folder: Path) -> str:
    """The section on frames: one matter, one in twenty drawn, forty officers, on SQLite."""
    office = _filled(folder / "frames", effort.objects)

    def gather(watch: Stopwatch) -> None:
        with reading(office.engine) as session, watch.lap():
            frame_view(session, office, WISH)

    def whole(watch: Stopwatch) -> None:
        with reading(office.engine) as session, watch.lap():
            frame = frame_view(session, office, WISH).frame
            assert frame.sha
            _, outcome = outcome_of(frame, OPENED)
        assert len(outcome.sent) == -(-effort.objects // 20)

    contest = race({GATHER: gather, WHOLE: whole}, effort.draw_rounds, 1)
    office.engine.dispose()
    seconds = contest.spread(WHOLE)
    return f"### {effort.objects:,} objects\n\n{table(contest, GATHER)}\n" + aim(
        f"seconds of a whole draw, at most {LONGEST:g}", seconds, seconds.median <= LONGEST
    )


def _filled(home: Path, size: int) -> Office:
    office = build_office(home)
    for start in range(0, size, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, size))
        with transaction(office.engine) as session:
            session.execute(insert(Subject), [_subject(one) for one in numbers])
            tags = [
                {"subject_id": one + 1, "tag": "catering", "since": date(2026, 1, 1)}
                for one in numbers
            ]
            session.execute(insert(SubjectTag), tags)
    officers = [
        RosterOfficer(
            name=f"甲{one}",
            department_id="shili-market",
            certificate_no=f"SL{one:06d}",
            valid_until=date(2027, 1, 1),
        )
        for one in range(40)
    ]
    with transaction(office.engine) as session:
        session.add_all(officers)
    return office


def _subject(number: int) -> dict[str, object]:
    code = f"91370000{number:010d}"
    return {
        "id": number + 1, "key": code, "kind": "enterprise", "name": f"示例市{number}号餐饮",
        "names": [], "credit_code": code, "area": "shili", "address": "", "contact": "",
        "phone": "", "status": "active", "listed_on": date(2026, 1, 1), "version": 1,
    }  # fmt: skip
