"""Cases that met a criminal threshold and were not referred: before whom they lie, and whose turn.

310号令第三条: what is met must be referred; so it stands before the handler until he proposes it.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.guards.crime_notice import CrimeNotice, crime_notice
from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.process import THRESHOLD_MET, Clue, Process
from flows.door.situations import load_situation
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.site.office import Office

MOST = 20
REFERRING = frozenset({"handler", "section_head", "department_head", "principal", "legal_reviewer"})
"""The chairs of the organ before whom such a case lies."""


@dataclass(frozen=True)
class UnreferredCase:
    """A clue whose case met a threshold: what was found, who refers, and whether it is one's own.

    `handler`: the name of who handles the clue, empty where nobody was named.
    """

    clue: Clue
    notice: CrimeNotice
    handler: str
    is_own: bool


class ThresholdMet(FunctionElement[bool]):
    """The condition on `Process` under which it met a criminal threshold, as its index says it."""

    type = NullType()  # type: ignore[assignment]  # a Boolean would be compared with 1 once more
    inherit_cache = True


@compiles(ThresholdMet, "sqlite")
@compiles(ThresholdMet, "postgresql")
def _threshold_met(element: ThresholdMet, compiler: SQLCompiler, **options: object) -> str:
    return THRESHOLD_MET[compiler.dialect.name].replace("facts", "process.facts", 1)


def unreferred_cases(session: Session, viewer: Viewer) -> tuple[UnreferredCase, ...]:
    """Those of the viewer's organ, the oldest first; nothing for chairs of no organ that refers."""
    if not viewer.actor.roles & REFERRING:
        return ()
    lines = (
        _line(session, viewer, clue)
        for clue in session.exec(_over_the_threshold(viewer.office, viewer.actor))
    )
    return tuple(one for one in lines if one is not None)


@once_a_chair
def _over_the_threshold(office: Office, actor: Actor) -> SelectOfScalar[Clue]:
    """The clues of the actor's department whose case met a threshold and is not referred."""
    return (
        select(Clue)
        .join(Process, col(Process.clue_id) == col(Clue.id))
        .where(
            ThresholdMet(),
            col(Process.ended_at).is_(None),
            col(Process.kind) == "case",
            col(Process.department_id) == actor.department,
            ~_is_referred(Process),
            visible(office, actor),
        )
        .order_by(col(Process.opened_at), col(Clue.id))
        .limit(MOST)
    )


def _is_referred(case: type[Process]) -> ColumnElement[bool]:
    """Whether a referral of the clue is under way."""
    referral = aliased(Process)
    return exists().where(
        col(referral.clue_id) == col(case.clue_id),
        col(referral.kind) == "referral",
        col(referral.ended_at).is_(None),
    )


def _line(session: Session, viewer: Viewer, clue: Clue) -> UnreferredCase | None:
    situation = load_situation(session, viewer.office, clue, viewer.actor, viewer.now)
    notice = crime_notice(situation)
    if notice is None or not notice.met:
        return None
    named = clue.handler_id
    user = session.get(User, named) if named else None
    is_own = "handler" in viewer.actor.roles and named in {"", viewer.actor.id}
    return UnreferredCase(clue, notice, user.name if user else "", is_own)
