"""What a command means in the situation at hand: the process and the clues that it names."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from domain.lifecycle.plan import NEW
from domain.shapes.lifecycles import FormField
from domain.situation.situation import ProcessView, Situation
from domain.tables.process import Clue

LONGEST_ID = 16


class UnknownClue(Exception):
    """A form names a clue that is not there; its text is told to who filled it in."""


def target_of(
    situation: Situation, kind: str, action: str, process_id: int | None = None
) -> ProcessView:
    """The process of a kind that an action is meant for: the one named, else the one that fits.

    LookupError where the dossier has no process of that number.
    """
    lifecycle = situation.law.lifecycles[kind]
    if lifecycle.is_root:
        return situation.process
    if process_id is not None:
        found = [one for one in situation.of_kind(kind) if one.id == process_id]
        if not found:
            label = situation.law.lifecycles[situation.process.kind].label
            raise LookupError(f"本{label}没有编号为{process_id}的{lifecycle.label}")
        return found[0]
    starts = lifecycle.actions[action].from_
    fitting = [one for one in situation.of_kind(kind) if one.state in starts]
    mine = [one for one in fitting if one.department == situation.actor.department]
    if fitting:
        return (mine or fitting)[-1]
    latest = situation.latest(kind)
    if latest is not None and "none" not in starts:
        return latest
    return ProcessView(
        kind=kind,
        id=NEW,
        state="none",
        department=situation.process.department,
        counterpart=situation.actor.department,
    )


def with_clue_ids(
    session: Session, fields: Mapping[str, FormField], given: Mapping[str, object]
) -> dict[str, object]:
    """The form with clue numbers turned into the ids of their clues; UnknownClue otherwise."""
    form = dict(given)
    for name, field in fields.items():
        value = form.get(name, form.get(field.label))
        if field.type == "clue" and value:
            found = session.exec(select(col(Clue.id)).where(_named(str(value)))).one_or_none()
            if found is None:
                raise UnknownClue(f"没有编号为{value}的线索")
            form.pop(field.label, None)
            form[name] = str(found)
    return form


def _named(value: str) -> ColumnElement[bool]:
    """A clue by its number, or by the id that another table keeps of it."""
    by_id = value.isascii() and value.isdecimal() and len(value) < LONGEST_ID
    return col(Clue.id) == int(value) if by_id else col(Clue.no) == value
