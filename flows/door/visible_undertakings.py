"""The undertakings a person may see, as a condition of the database: every page asks it.

Its departments see one, each from the step that brought it in; the supervision of its area and the
auditors see all of them.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.lifecycle.visibility import ClueSight, oversight_of
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.door.locked_dossier import Root
from flows.people.visible_clues import NotForYou, once_a_chair, sight, sight_on, visible
from flows.site.office import Office


@once_a_chair
def visible_undertakings(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on `Undertaking` under which the actor may see it."""
    areas = oversight_of(actor, office.rules.departments)
    if areas is None:
        return true()
    is_party = _is_party(actor.department) if _sees_anything(office, actor) else false()
    return or_(is_party, col(Undertaking.area).in_(areas)) if areas else is_party


def _sees_anything(office: Office, actor: Actor) -> bool:
    """An administrator keeps the machinery and is party to nothing."""
    return sight(office, actor).reach != "nothing"


def _is_party(department: str) -> ColumnElement[bool]:
    process = aliased(Process)
    beside = exists().where(
        col(process.clue_id) == col(Undertaking.id), col(process.department_id) == department
    )
    return or_(col(Undertaking.department_id) == department, beside)


def seen_undertaking(session: Session, office: Office, actor: Actor, number: str) -> Undertaking:
    """The undertaking of that number if the actor may see it; NotForYou otherwise."""
    query = select(Undertaking).where(
        col(Undertaking.no) == number, visible_undertakings(office, actor)
    )
    row = session.exec(query).one_or_none()
    if row is None:
        raise NotForYou(f"没有编号为「{number}」的事项，或者您无权查看")
    return row


def sees_whole(office: Office, actor: Actor, row: Undertaking) -> bool:
    """Whether all of an undertaking is the actor's to see: its department's, or its supervision's.

    Another department of it sees what is addressed to it and its own part; what several handle as
    one (`shared_with`) is each one's whole.
    """
    areas = oversight_of(actor, office.rules.departments)
    own = {row.department_id, *(row.facts.get("shared_with") or ())}
    return areas is None or row.area in areas or actor.department in own


@dataclass(frozen=True)
class Shown:
    """What somebody sees of the processes: of an undertaking by kind, of a clue by sight."""

    seen: bool
    kinds: frozenset[str] = frozenset()
    clue: ClueSight | None = None

    def shows(self, kind: str, process_id: int) -> bool:
        """Whether a process is shown to him."""
        within = self.clue.shows(kind, process_id) if self.clue else kind in self.kinds
        return self.seen and within


def shown_of(session: Session, office: Office, actor: Actor, root: Root) -> Shown:
    """Whether the actor sees a clue or undertaking, and the processes of which kinds."""
    if isinstance(root, Clue):
        query = select(Clue.id).where(col(Clue.id) == root.id, visible(office, actor))
        seen = session.exec(query).first() is not None
        return Shown(seen, clue=sight_on(session, office, actor, root))
    condition = visible_undertakings(office, actor)
    known = select(Undertaking.id).where(col(Undertaking.id) == root.id, condition)
    whole = sees_whole(office, actor, root)
    kinds = frozenset(office.rules.lifecycles if whole else {root.kind})
    return Shown(session.exec(known).first() is not None, kinds)
