"""Other clues of the same party or the same place that somebody may see."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlmodel import Session, col

from domain.situation.situation import Actor
from domain.tables.matching import Fingerprint
from domain.tables.process import Clue
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.statements import Statement, ask
from flows.site.office import Office

MOST = 6
PLACE = Statement(
    select(col(Fingerprint.place_key)).where(col(Fingerprint.clue_id) == bindparam("clue")),
    steady=True,
)
"""Where a clue is about, as fingerprints tell it."""


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
    states = viewer.office.rules.lifecycles["clue"].states
    told = {"clue": clue.id, "subject": clue.subject_key}
    asked = [(PLACE, told)]
    if clue.subject_key:
        asked.append((_of_party(viewer.office, viewer.actor), told))
    places, *same = ask(session.connection(), *asked)
    for one in same[0] if same else ():
        yield Related(one.no, one.title, states[one.state].label, "同一当事人")
    place = places[0].place_key if places else None
    if place:
        of_place = select(col(Fingerprint.clue_id)).where(col(Fingerprint.place_key) == place)
        query = _sharing(viewer.office, viewer.actor, col(Clue.id).in_(of_place))
        for no, title, state in session.execute(query, told):
            yield Related(no, title, states[state].label, "同一地点")


@once_a_chair
def _of_party(office: Office, actor: Actor) -> Statement:
    return Statement(_sharing(office, actor, col(Clue.subject_key) == bindparam("subject")))


def _sharing(
    office: Office, actor: Actor, condition: ColumnElement[bool]
) -> Select[tuple[str, str, str]]:
    query = select(col(Clue.no), col(Clue.title), col(Clue.state)).where(
        condition, col(Clue.id) != bindparam("clue"), visible(office, actor)
    )
    return query.order_by(col(Clue.id).desc()).limit(MOST)
