"""The next actor: on a process, and on a clue that may wait for a process beside it."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, select

from domain.lifecycle.awaited_chairs import Standing, next_chairs, waits_beside
from domain.tables.process import Clue, Process
from flows.site.office import Office


def chairs_in_words(office: Office, chairs: Iterable[str]) -> str:
    """The chairs a state waits for, in words."""
    return "、".join(office.rules.roles[chair].label for chair in chairs) or "—"


def next_actor(office: Office, main: Standing, beside: Iterable[Standing] = ()) -> str:
    """Who can act next on a process that stands so, with what is open beside it."""
    return chairs_in_words(office, next_chairs(office.rules.lifecycles, main, beside))


def next_actors(session: Session, office: Office, clues: Sequence[Clue]) -> Mapping[int, str]:
    """Who can act next on each clue; what is open beside them is read at once."""
    waiting = [one.id or 0 for one in clues if waits_beside(("clue", one.state))]
    beside: dict[int, list[Standing]] = {}
    if waiting:
        query = select(Process.clue_id, Process.kind, Process.state).where(
            col(Process.clue_id).in_(waiting), col(Process.ended_at).is_(None)
        )
        for clue, kind, state in session.exec(query.order_by(col(Process.id))):
            beside.setdefault(clue, []).append((kind, state))
    return {
        one.id or 0: next_actor(office, ("clue", one.state), beside.get(one.id or 0, ()))
        for one in clues
    }
