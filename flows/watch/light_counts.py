"""The light of a clock as an expression of the database, so that thousands are counted there.

The same as `domain.limits.lights.light`, said in SQL; a test holds the two against each other.
"""

from datetime import datetime, time

from sqlalchemy import ColumnElement, Double, and_, case, func, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from domain.calendar.working_days import WorkCalendar
from domain.limits.lights import LAST_PART
from domain.limits.limit import SHANGHAI, day_of
from domain.tables.columns import UTCDateTime
from domain.tables.process import Clock


class Moment(FunctionElement[float]):
    """A moment so that spans between two can be multiplied and compared."""

    type = Double()
    inherit_cache = True


@compiles(Moment, "sqlite")
def _seconds(element: Moment, compiler: SQLCompiler, **options: object) -> str:
    return f"(julianday({compiler.process(element.clauses, **options)}) * 86400)"


@compiles(Moment, "postgresql")
def _as_it_is(element: Moment, compiler: SQLCompiler, **options: object) -> str:
    # Its spans are days and hours, never months: they compare as their seconds do, and sooner.
    return f"CAST({compiler.process(element.clauses, **options)} AS timestamptz)"


def is_late(now: datetime | ColumnElement[datetime]) -> ColumnElement[bool]:
    """The condition on `Clock` under which it is past its breach and not paused.

    `now`: a moment, or whole seconds that are told later.
    """
    whole = now.replace(microsecond=0) if isinstance(now, datetime) else now
    return and_(col(Clock.paused).is_(False), col(Clock.breach_at) < whole)


def colour(now: datetime, calendar: WorkCalendar) -> ColumnElement[str]:
    """The colour of a running clock's light: `grey`, `red`, `yellow` or `green`."""
    return case(
        (col(Clock.paused), literal("grey")),
        (col(Clock.breach_at) < now.replace(microsecond=0), literal("red")),
        (_is_near(now, calendar), literal("yellow")),
        else_=literal("green"),
    )


def counts(now: datetime, calendar: WorkCalendar) -> dict[str, ColumnElement[int]]:
    """How many limits of a group have each light; a group is read once for all of them."""
    late, paused = is_late(now), col(Clock.paused)
    runs = and_(paused.is_(False), col(Clock.breach_at) >= now.replace(microsecond=0))
    shades = {"grey": paused, "red": late, "yellow": and_(runs, _is_near(now, calendar))}
    found = {name: func.count().filter(one) for name, one in shades.items()}
    return {**found, "all": func.count()}


def _is_near(now: datetime, calendar: WorkCalendar) -> ColumnElement[bool]:
    """In the last fifth of its time, or due before the next working day begins."""
    due, start = Moment(col(Clock.due_at)), Moment(col(Clock.started_at))
    moment = Moment(literal(now, UTCDateTime()))
    by_hours = col(Clock.unit) == "hours"
    counts_forward = col(Clock.started_at) <= col(Clock.due_at)
    in_last_part = LAST_PART * (due - moment) <= due - start
    next_day = calendar.next_working_day(day_of(now))
    morning = datetime.combine(next_day, time(0), tzinfo=SHANGHAI)
    return or_(
        and_(or_(by_hours, counts_forward), in_last_part),
        and_(~by_hours, col(Clock.due_at) < morning),
    )
