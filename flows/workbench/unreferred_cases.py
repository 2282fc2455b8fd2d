"""Cases that met a criminal threshold and were not referred: before whom they lie, and whose turn.

310号令第三条: what is met must be referred; so it stands before the handler until he proposes it.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType
from sqlmodel import Session, col

from domain.guards.crime_notice import CrimeNotice, crime_notice
from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.process import THRESHOLD_MET, Clue, Process
from flows.door.locked_dossier import Held, clues_with_their_own
from flows.door.situations import held_situation
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.statements import Statement, ask
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
    [found] = ask(session.connection(), (_over_the_threshold(viewer.office, viewer.actor), {}))
    rules = viewer.office.rules
    files = clues_with_their_own(session, rules, [one.id for one in found]) if found else {}
    names = {one.id: one.handler or "" for one in found}
    lines = (_line(session, viewer, files[one.id], names[one.id]) for one in found)
    return tuple(one for one in lines if one is not None)


@once_a_chair
def _over_the_threshold(office: Office, actor: Actor) -> Statement:
    """The clues of the actor's department whose case met a threshold and is not referred.

    Each with the name of who handles it.
    """
    query: Select[Any] = (
        select(col(Clue.id), col(User.name).label("handler"))
        .join(Process, col(Process.clue_id) == col(Clue.id))
        .join(User, col(User.id) == col(Clue.handler_id), isouter=True)
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
    return Statement(query, spelled=True)


def _is_referred(case: type[Process]) -> ColumnElement[bool]:
    """Whether a referral of the clue is under way."""
    referral = aliased(Process)
    return exists().where(
        col(referral.clue_id) == col(case.clue_id),
        col(referral.kind) == "referral",
        col(referral.ended_at).is_(None),
    )


def _line(session: Session, viewer: Viewer, file: Held, handler: str) -> UnreferredCase | None:
    situation = held_situation(session, viewer.office, file, (viewer.actor, viewer.now))
    notice, clue = crime_notice(situation), file.root
    if notice is None or not notice.met or not isinstance(clue, Clue):
        return None
    named = clue.handler_id
    is_own = "handler" in viewer.actor.roles and named in {"", viewer.actor.id}
    return UnreferredCase(clue, notice, handler, is_own)
