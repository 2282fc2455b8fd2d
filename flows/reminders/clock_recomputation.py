"""A running limit computed again as its calendar changed: under its lock, and on record."""

from datetime import datetime

from sqlmodel import Session

from domain.limits.limit import at_shanghai
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Actor
from domain.tables.process import Clock, Process
from flows.door.clocks import follow, settle
from flows.door.locked_dossier import lock_dossier, open_clocks, root_of
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import Happening
from flows.site.office import Office
from flows.site.row_marks import CLOCKS, MARKS, clocks_mark


def running_clock(session: Session, rules: Rulebook, clock_id: int) -> Clock | None:
    """The clock as it is now, what it belongs to locked; None where it ended meanwhile."""
    clock = session.get_one(Clock, clock_id)
    lock_dossier(session, rules, clock.process_kind, clock.clue_id)
    session.refresh(clock)
    return clock if clock.ended_at is None else None


def settle_again(session: Session, rules: Rulebook, clock: Clock, now: datetime) -> None:
    """Computes a running clock anew, and with it those of its dossier that follow it."""
    settle(clock, rules, now)
    session.add(clock)
    session.flush()
    follow(open_clocks(session, clock.clue_id), rules, now)


def recomputation_event(
    session: Session,
    office: Office,
    moved: tuple[int, datetime, datetime],
    actor: Actor,
    now: datetime,
) -> Happening:
    """The event that tells of a limit, by its id, from which moment to which it moved."""
    clock_id, before, after = moved
    clock = session.get_one(Clock, clock_id)
    state = _state(session, office.rules, clock)
    session.flush()
    detail = {
        "clock": clock.rule,
        "before": at_shanghai(before).isoformat(),
        "after": at_shanghai(after).isoformat(),
        MARKS: {CLOCKS: clocks_mark(session, clock.clue_id, office.keys.chain)},
    }
    thing = Thing(clock.process_kind, clock.process_id, clock.clue_id)
    return act_event(thing, Act("recompute_clock", actor, now, detail, state, state))


def _state(session: Session, rules: Rulebook, clock: Clock) -> str:
    if rules.lifecycles[clock.process_kind].is_root:
        return root_of(session, rules, clock.process_kind, clock.clue_id).state
    return session.get_one(Process, clock.process_id).state
