"""A running limit computed again as its calendar changed: under its clue's lock, on record."""

from datetime import datetime

from sqlmodel import Session

from domain.limits.limit import at_shanghai
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from flows.door.locked_clue import lock_clue
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import Happening


def running_clock(session: Session, clock_id: int) -> Clock | None:
    """The clock as it is now, its clue locked; None where it ended meanwhile."""
    clock = session.get_one(Clock, clock_id)
    lock_clue(session, clock.clue_id)
    session.refresh(clock)
    return clock if clock.ended_at is None else None


def recomputation_event(
    session: Session, clock_id: int, moments: tuple[datetime, datetime], actor: Actor, now: datetime
) -> Happening:
    """The event that a limit moved; `moments` are its due moment before and after."""
    clock = session.get_one(Clock, clock_id)
    before, after = moments
    state = _state(session, clock)
    detail = {
        "clock": clock.rule,
        "before": at_shanghai(before).isoformat(),
        "after": at_shanghai(after).isoformat(),
    }
    thing = Thing(clock.process_kind, clock.process_id, clock.clue_id)
    return act_event(thing, Act("recompute_clock", actor, now, detail, state, state))


def _state(session: Session, clock: Clock) -> str:
    if clock.process_kind == "clue":
        return session.get_one(Clue, clock.clue_id).state
    return session.get_one(Process, clock.process_id).state
