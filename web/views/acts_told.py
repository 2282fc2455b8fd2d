"""What was done, as the page of a clue or undertaking tells it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import col, select

from domain.tables.record import Event
from flows.door.locked_dossier import Root
from flows.lists.event_lines import EventLine
from web.request.desk import Desk

LONGEST_SEQ = 12


@dataclass(frozen=True)
class Moment:
    """One act as the time line tells it: what was done, and what it brought about."""

    line: EventLine
    also: tuple[EventLine, ...]

    @property
    def papers(self) -> tuple[str, ...]:
        """The documents it issued."""
        return tuple(one for line in (self.line, *self.also) for one in line.documents)


@dataclass(frozen=True)
class Done:
    """What was just done: the action, and the documents it issued."""

    label: str
    papers: tuple[str, ...]


def moments_of(history: Iterable[EventLine]) -> list[Moment]:
    """Events of one act told together."""
    found: list[Moment] = []
    for one in history:
        last = found[-1] if found else None
        if last and (one.at, one.who, one.organ) == (last.line.at, last.line.who, last.line.organ):
            found[-1] = Moment(last.line, (*last.also, one))
        else:
            found.append(Moment(one, ()))
    return found


def done_of(desk: Desk, root: Root, seq: str) -> Done | None:
    """What a person was led here by: the step of his own that this event ended."""
    if not seq.isdecimal() or len(seq) > LONGEST_SEQ:
        return None
    last = desk.session.get(Event, int(seq))
    if last is None or (last.clue_id, last.actor_id) != (root.id, desk.actor.id):
        return None
    query = select(Event).where(
        col(Event.clue_id) == root.id,
        col(Event.actor_id) == last.actor_id,
        col(Event.at) == last.at,
        col(Event.seq) <= last.seq,
    )
    step = list(desk.session.exec(query.order_by(col(Event.seq))))
    action = desk.office.rules.lifecycles[step[0].process_kind].actions.get(step[0].action)
    papers = [one for event in step for one in event.detail.get("documents") or []]
    return Done(
        label=action.label if action else "办理",
        papers=tuple(f"《{one['title']}》{one['number'] or ''}" for one in papers),
    )
