"""What a year's cases, referrals, warnings and limits come to, as rows of figures."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped
from sqlmodel import Session, and_, col, or_, select

from domain.assessment.figures import Counted
from domain.lifecycle.visibility import NOT_DELIVERED
from domain.limits.board_stages import duties
from domain.tables.process import Clock, Clue, Process
from domain.tables.undertaking import Undertaking
from flows.assessment.inspections_read import day_in_china
from flows.assessment.span import Span
from flows.people.viewer import Viewer
from flows.warnings.figures import led_to_action

Counts = Iterator[Counted]
INSPECTION = "inspection"
"""The channel of clues that came of an inspection."""
ROOTS = frozenset({"publication", "draw", "visit", "risk_warning"})
"""Main lines whose limits are of this work; a clue's have figures of their own (统计)."""


def penalties(session: Session, span: Span) -> Counts:
    """Decisions that impose a penalty, and those of them whose clue came of an inspection."""
    query = (
        select(Process, Clue)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(
            col(Process.kind).in_(("case", "spot_penalty")),
            col(Process.opened_at) < span.end,
            or_(col(Process.ended_at).is_(None), col(Process.ended_at) >= span.start),
            col(Process.facts)["decision"].as_string() == "penalty",
            *_of(span, col(Process.department_id)),
        )
        .order_by(col(Process.id))
    )
    for one, clue in session.exec(query):
        day = day_in_china(one.facts.get("decided_at"))
        if span.holds(day):
            found = span.row("penalised", clue, one.department_id, day)
            yield from _with_found(found, clue)


def referrals(session: Session, span: Span) -> Counts:
    """Referrals that were delivered, on the day on which they were proposed."""
    query = (
        select(Process, Clue)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(
            col(Process.kind) == "referral",
            col(Process.opened_at) >= span.start,
            col(Process.opened_at) < span.end,
            col(Process.state).not_in(NOT_DELIVERED),
            *_of(span, col(Process.department_id)),
        )
        .order_by(col(Process.id))
    )
    for one, clue in session.exec(query):
        found = span.row("referred", clue, one.department_id, day_in_china(one.opened_at))
        yield from _with_found(found, clue)


def _with_found(row: Counted, clue: Clue) -> Counts:
    yield row
    if clue.channel == INSPECTION:
        yield replace(row, figure=f"{row.figure}_found")


def warnings(session: Session, span: Span) -> Counts:
    """Each warning, and whether it led to something."""
    query = select(Undertaking).where(
        col(Undertaking.kind) == "risk_warning",
        col(Undertaking.opened_at) >= span.start,
        col(Undertaking.opened_at) < span.end,
        *_of(span, col(Undertaking.department_id)),
    )
    for row in session.exec(query.order_by(col(Undertaking.id))):
        cell = str(row.facts.get("cell") or "").split("|")
        about = tuple(one for one in cell if one in span.rules.matters)
        day = day_in_china(row.opened_at)
        found = replace(span.row("warned", row, row.department_id, day), matters=about)
        yield found
        if led_to_action(row):
            yield replace(found, figure="acted")


def limits(session: Session, viewer: Viewer, span: Span) -> Counts:
    """Limits of plans, draws, inspections and warnings that ran out, or were met, in the year."""
    rules = span.rules
    kinds = [key for key, one in rules.lifecycles.items() if one.root in ROOTS]
    breach, ended = col(Clock.breach_at), col(Clock.ended_at)
    query = (
        select(Clock, Undertaking)
        .join(Undertaking, col(Undertaking.id) == col(Clock.clue_id))
        .where(
            breach >= span.start,
            breach < span.end,
            col(Clock.process_kind).in_(kinds),
            col(Clock.rule).in_(duties(rules.deadlines)),
            col(Clock.paused).is_(False),
            or_(ended.is_not(None), and_(ended.is_(None), breach < viewer.now)),
            *_of(span, col(Clock.owner_id)),
        )
        .order_by(col(Clock.id))
    )
    for clock, row in session.exec(query):
        label = rules.deadlines[clock.rule].label
        day = day_in_china(clock.breach_at)
        found = replace(span.row("due", row, clock.owner_id, day), note=label)
        yield found
        if clock.ended_at is not None and clock.ended_at <= clock.breach_at:
            yield replace(found, figure="kept")


def _of(span: Span, column: Mapped[str]) -> list[ColumnElement[bool]]:
    wanted = span.rules.departments if span.departments is None else span.departments
    return [column.in_(list(wanted))]
