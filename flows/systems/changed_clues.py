"""Clues in the order in which they last changed: what another system follows, page by page.

The chain gives every change its number under a lock, so that none is committed behind a reader.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.process import Clue
from domain.tables.record import ChainHead, Event
from flows.people.visible_clues import visible
from flows.site.office import Office


@dataclass(frozen=True)
class Following:
    """Which clues, changed after which number, how many at most; empty fields narrow nothing."""

    since: int = 0
    state: str = ""
    department: str = ""
    channel: str = ""
    outside_no: str = ""
    limit: int = 50


@dataclass(frozen=True)
class Changed:
    """A clue, and the number of its last change."""

    clue: Clue
    version: int


@dataclass(frozen=True)
class Changes:
    """A page of changes; all up to `upto` was looked at, so that the next page begins there."""

    clues: tuple[Changed, ...]
    upto: int
    more: bool


def changed_clues(session: Session, office: Office, actor: Actor, wanted: Following) -> Changes:
    """What the actor may see of the clues that changed, the longest ago first.

    A clue that changed several times comes once, with its last change. `upto` of the answer is the
    `since` of the next call.
    """
    head = session.exec(select(ChainHead.seq)).first() or 0
    last, later = aliased(Event), aliased(Event)
    query = (
        select(Clue, col(last.seq))
        .join(last, col(last.clue_id) == col(Clue.id))
        .where(
            col(last.seq) > wanted.since,
            ~exists().where(
                col(later.clue_id) == col(last.clue_id), col(later.seq) > col(last.seq)
            ),
            visible(office, actor),
            *_narrowed(wanted),
        )
        .order_by(col(last.seq))
        .limit(wanted.limit + 1)
    )
    found = [Changed(clue, seq) for clue, seq in session.exec(query)]
    shown, more = tuple(found[: wanted.limit]), len(found) > wanted.limit
    # What is not visible was looked at as well: the next call need not read it again. `head` was
    # read before the clues, so that nothing that came in between is passed over.
    upto = shown[-1].version if shown else wanted.since
    return Changes(shown, upto if more else max(upto, head), more)


def version_of(session: Session, dossier_id: int) -> int:
    """The number of the last change of a clue or undertaking."""
    query = select(func.max(Event.seq)).where(col(Event.clue_id) == dossier_id)
    return session.exec(query).one() or 0


def _narrowed(wanted: Following) -> list[ColumnElement[bool]]:
    columns = {
        Clue.state: wanted.state,
        Clue.department_id: wanted.department,
        Clue.channel: wanted.channel,
        Clue.outside_no: wanted.outside_no,
    }
    return [col(one) == value for one, value in columns.items() if value]
