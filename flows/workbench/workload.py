"""How much each person of a department handles: open, late, due soon."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlmodel import Session, col
from sqlmodel import select as select_rows
from sqlmodel.sql.expression import SelectOfScalar

from documents.output.table_files import Column, Sheet
from domain.tables.people import User
from domain.tables.process import Clock, Clue
from flows.lists.list_filters import in_light
from flows.people.absences import stood_in_for
from flows.people.viewer import Viewer

COLUMNS = (
    Column("承办人", 16), Column("在办", 8), Column("逾期", 8), Column("三日内届满", 12),
    Column("今天代办的人", 20), Column("账号", 10),
)  # fmt: skip
NOBODY = ""
LIT = ("red", "yellow")
UNSIGNED = ("registered", "dispatched", "disputed")
"""States in which nobody has signed for the clue yet."""


@dataclass(frozen=True)
class PersonLoad:
    """One person's open clues, those of them that are late, and those due within three days.

    `user_id` is empty for what nobody has been named for; `active`: still with the department;
    `substitutes`: who stands in for him today.
    """

    user_id: str
    name: str
    active: bool
    open: int
    late: int
    soon: int
    substitutes: tuple[str, ...] = ()


def workload(session: Session, viewer: Viewer) -> tuple[PersonLoad, ...]:
    """The people of the viewer's department with what they handle, the most late ones on top."""
    held, late, soon = _counts(session, viewer)
    people = {one.id: one for one in session.exec(_people(viewer, held))}
    handles = {key for key, one in people.items() if "handler" in one.roles}
    named = [one for one in people if held.get(one) or one in handles]
    counted = (held, late, soon)
    lines = [_load(one, people[one].name, counted, active=people[one].active) for one in named]
    lent = stood_in_for(session, viewer.actor.department, viewer.now)
    lines = [replace(one, substitutes=lent.get(one.user_id, ())) for one in lines]
    if held.get(NOBODY):
        lines.append(_load(NOBODY, "没有指定承办人", counted))
    return tuple(sorted(lines, key=lambda one: (-one.late, -one.open, one.user_id)))


def workload_sheet(session: Session, viewer: Viewer) -> Sheet:
    """The same as a table to take away."""
    rows = (
        (one.name, one.open, one.late, one.soon, "、".join(one.substitutes),
         "" if one.active else "已停用")
        for one in workload(session, viewer)
    )  # fmt: skip
    return Sheet("承办情况", COLUMNS, rows)


def _load(
    user_id: str, name: str, counted: tuple[dict[str, int], ...], *, active: bool = True
) -> PersonLoad:
    held, late, soon = (one.get(user_id, 0) for one in counted)
    return PersonLoad(user_id, name, active, held, late, soon)


def _counts(session: Session, viewer: Viewer) -> tuple[dict[str, int], ...]:
    """The department's open clues by handler, and those in which a limit stands at a light.

    The clues are gone through once.
    """
    own = viewer.actor.department
    lit = {light: _is_lit(own, light, viewer.now) for light in LIT}
    found = (
        select(col(Clue.handler_id).label("who"), *(one.label(light) for light, one in lit.items()))
        .where(
            col(Clue.ended_at).is_(None),
            col(Clue.department_id) == own,
            col(Clue.state).not_in(UNSIGNED),
        )
        .subquery()
    )
    sums = [func.sum(case((found.c[light], 1), else_=0)) for light in LIT]
    query = select(found.c.who, func.count(), *sums).group_by(found.c.who)
    counted: tuple[dict[str, int], ...] = ({}, {}, {})
    for who, *numbers in session.execute(query):
        for each, number in zip(counted, numbers, strict=True):
            each[str(who)] = int(number)
    return counted


def _is_lit(own: str, light: str, now: datetime) -> ColumnElement[bool]:
    """Whether a limit of the department stands at a light in a clue."""
    limits = select(col(Clock.clue_id)).where(
        col(Clock.ended_at).is_(None), col(Clock.owner_id) == own, *in_light(Clock, light, now)
    )
    return col(Clue.id).in_(limits)


def _people(viewer: Viewer, held: Mapping[str, int]) -> SelectOfScalar[User]:
    """Who may handle clues there, and whoever still has some."""
    return select_rows(User).where(
        col(User.department_id) == viewer.actor.department,
        or_(col(User.active), col(User.id).in_(list(held))),
    )
