"""Time limits as the page of a clue or undertaking tells them, day by day."""

from dataclasses import dataclass

from sqlmodel import col, select

from domain.limits.due_moment import DayLine
from domain.tables.process import Clock, Clue
from flows.door.clocks import due_of
from flows.door.locked_dossier import Root
from flows.door.visible_undertakings import shown_of
from flows.lists.clue_listing import ClockLine, clock_line
from web.request.desk import Desk


@dataclass(frozen=True)
class ClockTold:
    """A clock with its way to the due date, day by day."""

    id: int
    line: ClockLine
    days: tuple[DayLine, ...]


def clocks_of(desk: Desk, root: Root) -> list[Clock]:
    """The limits of a clue or undertaking, what is due first on top."""
    query = select(Clock).where(col(Clock.clue_id) == root.id)
    return list(desk.session.exec(query.order_by(col(Clock.due_at), col(Clock.id))))


def clock_told(desk: Desk, clock: Clock, *, days: bool = True) -> ClockTold:
    """A limit as its page tells it, day by day if wanted."""
    line = clock_line(desk.office, clock, desk.now)
    told = due_of(clock, desk.office.rules, desk.now).days if days else ()
    return ClockTold(clock.id or 0, line, told)


def clock_days(desk: Desk, root: Root, clock_id: int) -> ClockTold | None:
    """One clock of a clue or undertaking, day by day, where the person may see it."""
    seen = shown_of(desk.session, desk.office, desk.actor, root)
    for one in clocks_of(desk, root):
        own = not isinstance(root, Clue) and one.owner_id == desk.actor.department
        if one.id == clock_id and (own or seen.shows(one.process_kind, one.process_id)):
            return clock_told(desk, one)
    return None
