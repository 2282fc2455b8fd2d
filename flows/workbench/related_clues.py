"""Other clues of the same party or the same place that somebody may see."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from domain.tables.matching import Fingerprint
from domain.tables.process import Clue
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible

MOST = 6


@dataclass(frozen=True)
class Related:
    """A clue that shares something: its number, title, state in words, and what is shared."""

    no: str
    title: str
    state: str
    why: str


def related_clues(session: Session, viewer: Viewer, clue: Clue) -> tuple[Related, ...]:
    """The newest visible clues of the same party, then those of the same place; each once."""
    found: dict[str, Related] = {}
    for one in _alike(session, viewer, clue):
        found.setdefault(one.no, one)
    return tuple(found.values())


def _alike(session: Session, viewer: Viewer, clue: Clue) -> Iterator[Related]:
    if clue.subject_key:
        yield from _sharing(
            session, viewer, clue, ("同一当事人", col(Clue.subject_key) == clue.subject_key)
        )
    own = select(Fingerprint.place_key).where(col(Fingerprint.clue_id) == clue.id)
    place = session.exec(own).first()
    if place:
        same = select(Fingerprint.clue_id).where(col(Fingerprint.place_key) == place)
        yield from _sharing(session, viewer, clue, ("同一地点", col(Clue.id).in_(same)))


def _sharing(
    session: Session, viewer: Viewer, clue: Clue, shared: tuple[str, ColumnElement[bool]]
) -> Iterator[Related]:
    why, condition = shared
    states = viewer.office.rules.lifecycles["clue"].states
    query = select(Clue.no, Clue.title, Clue.state).where(
        condition, col(Clue.id) != clue.id, visible(viewer.office, viewer.actor)
    )
    for no, title, state in session.exec(query.order_by(col(Clue.id).desc()).limit(MOST)):
        yield Related(no, title, states[state].label, why)
