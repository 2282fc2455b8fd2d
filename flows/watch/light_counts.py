"""The light of a clock as an expression of the database, so that thousands are counted there.

The same as `domain.limits.lights.light`, said in SQL; a test holds the two against each other.
"""

from datetime import datetime, time

from sqlalchemy import ColumnElement, Double, and_, case, literal, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col

from domain.calendar.working_days import WorkCalendar
from domain.limits.lights import LAST_PART
from domain.limits.limit import SHANGHAI, day_of
from domain.tables.columns import UTCDateTime
from domain.tables.process import Clock


class Seconds(FunctionElement[float]):
    """A moment as seconds, so that spans can be divided."""

    type = Double()
    inherit_cache = True


@compiles(Seconds, "sqlite")
def _julian(element: Seconds, compiler: SQLCompiler, **options: object) -> str:
    return f"(julianday({compiler.process(element.clauses, **options)}) * 86400)"


@compiles(Seconds, "postgresql")
def _epoch(element: Seconds, compiler: SQLCompiler, **options: object) -> str:
    inner = compiler.process(element.clauses, **options)
    return f"EXTRACT(epoch FROM CAST({inner} AS timestamptz))"


def is_late(now: datetime) -> ColumnElement[bool]:
    """The condition on `Clock` under which it is past its breach and not paused."""
    whole = now.replace(microsecond=0)
    return and_(col(Clock.paused).is_(False), col(Clock.breach_at) < whole)


def colour(now: datetime, calendar: WorkCalendar) -> ColumnElement[str]:
    """The colour of a running clock's light: `grey`, `red`, `yellow` or `green`."""
    return case(
        (col(Clock.paused), literal("grey")),
        (col(Clock.breach_at) < now.replace(microsecond=0), literal("red")),
        (_is_near(now, calendar), literal("yellow")),
        else_=literal("green"),
    )


def _is_near(now: datetime, calendar: WorkCalendar) -> ColumnElement[bool]:
    """In the last fifth of its time, or due before the next working day begins."""
    due, start = Seconds(col(Clock.due_at)), Seconds(col(Clock.started_at))
    moment = Seconds(literal(now, UTCDateTime()))
    by_hours = col(Clock.unit) == "hours"
    counts_forward = col(Clock.started_at) <= col(Clock.due_at)
    in_last_part = LAST_PART * (due - moment) <= due - start
    next_day = calendar.next_working_day(day_of(now))
    morning = datetime.combine(next_day, time(0), tzinfo=SHANGHAI)
    return or_(
        and_(or_(by_hours, counts_forward), in_last_part),
        and_(~by_hours, col(Clock.due_at) < morning),
    )
