"""Keeping the calendar: a year is tried first, with every limit it would move, then applied whole.

An uploaded year is a row of its own; `config/calendar/` is never edited. In the transaction that
stores it every open clock whose date moves is computed again, with an event of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from domain.calendar.upload import UnfitCalendar, complaints_about
from domain.limits.due_moment import Due
from domain.limits.limit import day_of, start_of_day
from domain.rulebook.rulebook import Rulebook
from domain.shapes.calendars import CalendarYear
from domain.situation.situation import Actor
from domain.tables.dossier import Dossier
from domain.tables.process import Clock
from domain.tables.site import SiteCalendar
from flows.door import clocks
from flows.reminders.clock_recomputation import recomputation_event, running_clock, settle_again
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import Happening, append
from flows.site.office import Office
from flows.site.row_marks import marked
from flows.site.site_rules import in_force, with_years
from flows.site.store import transaction

PORTION = 500
SHOWN = 200
"""So many moving limits are listed before applying; the others are counted."""


@dataclass(frozen=True)
class Moved:
    """An open limit that a calendar moves, or whose provisional date it makes final."""

    clock_id: int
    clue_no: str
    rule: str
    article: str
    before: datetime
    after: datetime
    was_provisional: bool
    is_provisional: bool

    @property
    def moves(self) -> bool:
        """Whether the date itself is another one."""
        return self.before != self.after


@dataclass(frozen=True)
class Foreseen:
    """What applying a year would do: limits that move, the first of them, and those made final."""

    moving: int
    final: int
    shown: tuple[Moved, ...]


@dataclass(frozen=True)
class Applied:
    """What applying a year did."""

    year: int
    moved: int
    final: int


def foresee(session: Session, office: Office, year: CalendarYear, now: datetime) -> Foreseen:
    """What applying the year would do: every open limit that would move. Nothing is changed.

    Raises UnfitCalendar with everything that is wrong with the year.
    """
    _check(office, year, now)
    rules = with_years(office.rules, _with(office.rules, year))
    moving = final = 0
    shown: list[Moved] = []
    for one in _moved(session, (office.rules, rules), year.year, now):
        moving += one.moves
        final += not one.moves
        if one.moves and len(shown) < SHOWN:
            shown.append(one)
    return Foreseen(moving, final, tuple(sorted(shown, key=lambda one: one.after)))


def apply_year(office: Office, year: CalendarYear, actor: Actor, now: datetime) -> Applied:
    """Puts the year in force and computes every limit anew that depends on it: all or nothing.

    Each moved limit is an event on its clue's record. Raises UnfitCalendar like `foresee`.
    """
    with transaction(office.engine) as session:
        office = in_force(office, now)
        _check(office, year, now)
        rules = with_years(office.rules, _with(office.rules, year))
        row = SiteCalendar(
            year=year.year,
            content=year.model_dump(mode="json"),
            uploaded_by=actor.id,
            uploaded_at=now,
        )
        session.add(row)
        session.flush()
        found = list(_moved(session, (office.rules, rules), year.year, now))
        done = [one for one in found if _settle(session, one, rules, now)]
        moved = [one for one in done if one.moves]
        happenings = [_uploaded(office, year, (actor, now), row, len(done))]
        happenings += [
            recomputation_event(session, office, (one.clock_id, one.before, one.after), actor, now)
            for one in moved
        ]
        append(session, happenings, office.keys.chain)
    return Applied(year.year, len(moved), len(done) - len(moved))


def _check(office: Office, year: CalendarYear, now: datetime) -> None:
    rules = office.rules
    if found := complaints_about(year, rules.years, rules.statutory, day_of(now)):
        raise UnfitCalendar(found)


def _with(rules: Rulebook, year: CalendarYear) -> dict[int, CalendarYear]:
    return {**{one.year: one for one in rules.years}, year.year: year}


def _moved(
    session: Session, rules: tuple[Rulebook, Rulebook], year: int, now: datetime
) -> Iterator[Moved]:
    """The open clocks that read otherwise with the other calendar, in the order of their rows."""
    before, after = rules
    begins = start_of_day(datetime(year, 1, 1, tzinfo=now.tzinfo).date())
    query = (
        select(Clock, Dossier.no)
        .join(Dossier, col(Dossier.id) == col(Clock.clue_id))
        .where(
            col(Clock.ended_at).is_(None),
            or_(
                col(Clock.due_at) >= begins,
                col(Clock.breach_at) >= begins,
                col(Clock.due_on).is_not(None),
                col(Clock.provisional),
            ),
        )
        .order_by(col(Clock.id))
    )
    last = 0
    while True:
        rows = session.exec(query.where(col(Clock.id) > last).limit(PORTION)).all()
        if not rows:
            return
        for clock, number in rows:
            last = clock.id or 0
            old, new = clocks.due_of(clock, before, now), clocks.due_of(clock, after, now)
            made_final = clock.provisional != new.provisional and not clocks.is_led(clock, after)
            if _differ(old, new) or made_final:
                yield _told(clock, number, after, (old, new))
        session.expunge_all()


def _differ(old: Due, new: Due) -> bool:
    return (old.at, old.breach_at) != (new.at, new.breach_at)


def _told(clock: Clock, number: str, rules: Rulebook, dues: tuple[Due, Due]) -> Moved:
    old, new = dues
    breach_only = old.at == new.at
    return Moved(
        clock_id=clock.id or 0,
        clue_no=number,
        rule=rules.deadlines[clock.rule].label,
        article=rules.cite(clock.basis),
        before=old.breach_at if breach_only else old.at,
        after=new.breach_at if breach_only else new.at,
        was_provisional=clock.provisional,
        is_provisional=new.provisional,
    )


def _settle(session: Session, one: Moved, rules: Rulebook, now: datetime) -> bool:
    """Computes a clock again under its lock; False where it ended meanwhile."""
    clock = running_clock(session, rules, one.clock_id)
    if clock is None:
        return False
    settle_again(session, rules, clock, now)
    return True


def _uploaded(
    office: Office,
    year: CalendarYear,
    who: tuple[Actor, datetime],
    row: SiteCalendar,
    recomputed: int,
) -> Happening:
    actor, now = who
    known = {one.year: one for one in office.rules.years}.get(year.year)
    detail = {
        "before": _summary(known) if known else {},
        "after": _summary(year),
        "recomputed": recomputed,
        **marked("calendar", row, office.keys.chain),
    }
    return act_event(Thing("calendar", year.year), Act("upload_calendar", actor, now, detail))


def _summary(year: CalendarYear) -> dict[str, object]:
    """A year as the record keeps it, readable by people."""
    told = {name: _span(days) for name, days in year.holidays.items()}
    return {"notice": year.notice, **told, "workdays": [day.isoformat() for day in year.workdays]}


def _span(days: tuple[object, ...]) -> str:
    texts = [str(one) for one in days]
    return texts[0] if len(texts) == 1 else f"{texts[0]}至{texts[-1]}（{len(texts)}日）"
