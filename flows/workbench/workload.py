"""How much each person of a department handles: open, late, due soon."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import exists, func, or_
from sqlmodel import Session, col, select
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
    held = _count(session, viewer)
    late, soon = (_count(session, viewer, light) for light in ("red", "yellow"))
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


def _count(session: Session, viewer: Viewer, light: str = "") -> dict[str, int]:
    """The department's open clues by handler; of a light, those in which a limit stands at it."""
    own = viewer.actor.department
    handler = func.coalesce(col(Clue.facts)["handler_user"].as_string(), NOBODY)
    query = select(col(Clue.id), handler.label("who")).where(
        col(Clue.ended_at).is_(None),
        col(Clue.department_id) == own,
        col(Clue.state).not_in(UNSIGNED),
    )
    if light:
        running = (col(Clock.clue_id) == col(Clue.id), col(Clock.ended_at).is_(None))
        lit = exists().where(
            *running, col(Clock.owner_id) == own, *in_light(Clock, light, viewer.now)
        )
        query = query.where(lit)
    found = query.subquery()
    rows = session.execute(select(found.c.who, func.count()).group_by(found.c.who)).all()
    return {str(who): int(number) for who, number in rows}


def _people(viewer: Viewer, held: Mapping[str, int]) -> SelectOfScalar[User]:
    """Who may handle clues there, and whoever still has some."""
    return select(User).where(
        col(User.department_id) == viewer.actor.department,
        or_(col(User.active), col(User.id).in_(list(held))),
    )
