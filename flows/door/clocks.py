"""Clocks as rows: opened, stopped, paused, resumed, extended and computed again."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.guards.registry import day_of, moment_of
from domain.lifecycle.plan import Step
from domain.limits.due_moment import (
    Due,
    Extension,
    Limit,
    Pause,
    compute,
    limit_in_force,
    next_extension,
    open_rungs,
)
from domain.limits.limit import day_of as day_in_china
from domain.limits.organ_limits import general_limit
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import ClockStart
from domain.situation.jurisdiction import common_superior, coordinators
from domain.situation.reminder_ladder import next_rung
from domain.situation.situation import CHINA, Situation
from domain.tables.process import Clock


def begun_clock(rules: Rulebook, step: Step, start: ClockStart, process_id: int) -> Clock:
    """The clock that a step opens, in no database yet."""
    situation = step.after
    started_at = _start(situation, start)
    due_on = _stated_day(situation, start)
    rule = rules.deadlines[start.clock]
    limit = limit_in_force(start.clock, rule, started_at.astimezone(CHINA).date(), due_on)
    clock = Clock(
        clue_id=situation.dossier_id,
        process_kind=step.process.kind,
        process_id=process_id,
        rule=start.clock,
        amount=limit.amount,
        unit=limit.unit,
        basis=limit.basis,
        owner_id=_owner(situation, start.owner),
        started_at=started_at,
        due_on=due_on.isoformat() if due_on else None,
        due_at=started_at,
        breach_at=started_at,
        pauses=[],
        extensions=[],
    )
    settle(clock, rules, situation.now)
    return clock


def _stated_day(situation: Situation, start: ClockStart) -> date | None:
    if start.due_field:
        return day_of(situation.form.get(start.due_field))
    return day_of(situation.process.facts.get(start.due_fact)) if start.due_fact else None


def _start(situation: Situation, start: ClockStart) -> datetime:
    if start.from_field:
        return moment_of(situation.form.get(start.from_field)) or situation.now
    if start.from_fact:
        return moment_of(situation.process.facts.get(start.from_fact)) or situation.now
    return situation.now


def _owner(situation: Situation, owner: str) -> str:
    if owner == "police":
        return situation.process.counterpart or situation.process.department
    if owner == "arbiter":
        return common_superior(situation) or situation.process.department
    if owner == "coordinator":
        return next(iter(coordinators(situation)), situation.process.department)
    if owner == "procuratorate":
        return _procuratorate(situation)
    return situation.process.department


def _procuratorate(situation: Situation) -> str:
    held = situation.department(situation.process.department)
    area = held.area if held else situation.subject.area
    found = (
        key
        for key, one in situation.law.departments.items()
        if (one.kind, one.area) == ("procuratorate", area) and not one.closed
    )
    return next(found, situation.process.department)


def limit_of(clock: Clock, rules: Rulebook) -> Limit:
    """The limit a clock runs under: the value stored when it started, read by today's rule."""
    rule = rules.deadlines[clock.rule]
    return Limit(
        rule=clock.rule,
        amount=clock.amount,
        unit=clock.unit,  # type: ignore[arg-type]
        roll_forward=rule.roll_forward,
        first_day=rule.first_day,
        direction=rule.direction,
        confirmed=rule.confirmed,
        due_on=date.fromisoformat(clock.due_on) if clock.due_on else None,
    )


def pauses_of(clock: Clock, now: datetime) -> tuple[Pause, ...]:
    """A clock's pauses, an open one up to now."""
    return tuple(
        Pause(
            datetime.fromisoformat(one["start"]),
            datetime.fromisoformat(one["end"]) if one["end"] else None,
            one["reason"],
        ).so_far(now)
        for one in clock.pauses
    )


def extensions_of(clock: Clock) -> tuple[Extension, ...]:
    """A clock's extensions as granted."""
    return tuple(Extension(**one) for one in clock.extensions)


def due_of(clock: Clock, rules: Rulebook, now: datetime) -> Due:
    """When a clock is due, with its day-by-day explanation at hand."""
    return compute(
        limit_of(clock, rules),
        clock.started_at,
        rules.calendar,
        pauses_of(clock, now),
        extensions_of(clock),
    )


def longest_due(clock: Clock, rules: Rulebook, now: datetime) -> datetime:
    """When a clock would end if everything its rule still allows were granted.

    Another organ may have prolonged its own limit without our having been told of it.
    """
    rule, granted = rules.deadlines[clock.rule], list(extensions_of(clock))
    while rungs := [one for one in open_rungs(rule, granted) if one[1].amount is not None]:
        place, rung = rungs[-1]
        granted.append(Extension(rung.amount or 0, rung.unit, rung.to_total, place))
    limit, pauses = limit_of(clock, rules), pauses_of(clock, now)
    return compute(limit, clock.started_at, rules.calendar, pauses, granted).breach_at


def settle(clock: Clock, rules: Rulebook, now: datetime) -> None:
    """Computes the due moment and re-arms the ladder; a paused clock reminds nobody."""
    # Rungs since the start are armed even if they lie before now: the sweep fires them late rather
    # than never, and a firing is kept by due moment, so that none comes twice. A clock counted back
    # starts at its hearing, in the future: only what lies ahead of now is armed.
    due = due_of(clock, rules, now)
    clock.due_at, clock.breach_at, clock.provisional = due.at, due.breach_at, due.provisional
    ladder = rules.ladders[rules.deadlines[clock.rule].ladder]
    if clock.paused:
        clock.next_rung_at = None
        return
    clock.next_rung, clock.next_rung_at = next_rung(
        ladder, due.at, rules.calendar, min(clock.started_at, now)
    )


def stop(clock: Clock, now: datetime, reason: str) -> None:
    """Ends a clock that was met or fell away; whether late is derived from its moments for ever."""
    clock.ended_at, clock.end_reason = now, reason
    clock.next_rung_at = None


def pause(
    clock: Clock, rules: Rulebook, now: datetime, reason: str, until: date | None = None
) -> None:
    """The clock stands still from now on; through the day `until` and no longer, where it is told.

    A period that is told begins as any does (程序规定80): the day of the telling still counts, its
    last day is left out. Told anew while it still stands, the new day takes the last one's place.
    """
    if until is not None:
        _stand_until(clock, now, reason, until)
        settle(clock, rules, now)
        return
    if clock.paused:
        return
    clock.pauses = [*clock.pauses, {"start": now.isoformat(), "end": None, "reason": reason}]
    clock.paused = True
    settle(clock, rules, now)


def resume(clock: Clock, rules: Rulebook, now: datetime) -> None:
    """The clock runs again; its due moment moves by exactly the excluded time.

    What was to stand still until a day that has not come yet stands still no longer either.
    """
    if not (clock.paused or _still_stands(clock, now)):
        return
    last = clock.pauses[-1]
    begun = datetime.fromisoformat(last["start"])
    end = now if clock.paused else _day_after(now)
    kept = [] if begun >= end else [{**last, "end": end.isoformat()}]
    clock.pauses = [*clock.pauses[:-1], *kept]
    clock.paused = False
    settle(clock, rules, now)


def _stand_until(clock: Clock, now: datetime, reason: str, until: date) -> None:
    """Writes the whole pause at once: nobody has to end it, and no delay makes it longer."""
    end = datetime.combine(until + timedelta(days=1), time(), CHINA).isoformat()
    standing = clock.paused or _still_stands(clock, now)
    start = clock.pauses[-1]["start"] if standing else _day_after(now).isoformat()
    kept = clock.pauses[:-1] if standing else clock.pauses
    clock.pauses = [*kept, {"start": start, "end": end, "reason": reason}]
    clock.paused = False


def _day_after(now: datetime) -> datetime:
    """The moment at which the next day begins in China."""
    return datetime.combine(now.astimezone(CHINA).date() + timedelta(days=1), time(), CHINA)


def _still_stands(clock: Clock, now: datetime) -> bool:
    """Whether the last pause was written with an end that lies ahead."""
    end = clock.pauses[-1]["end"] if clock.pauses else None
    return end is not None and datetime.fromisoformat(end) > now


def extend(clock: Clock, rules: Rulebook, step: Step) -> None:
    """Grants the next rung of the extension ladder, which the plan found open to the actor."""
    rule = rules.deadlines[clock.rule]
    used = extensions_of(clock)
    situation = step.before
    rungs = [one.approver for _, one in open_rungs(rule, used)]
    approver = next(one for one in sorted(situation.actor.roles) if one in rungs)
    days = situation.form.get("days")
    granted = next_extension(rule, used, approver, days if isinstance(days, int) else None)
    clock.extensions = [*clock.extensions, granted.__dict__]
    settle(clock, rules, situation.now)


def follow(clocks: Iterable[Clock], rules: Rulebook, now: datetime) -> tuple[Clock, ...]:
    """Limits that end with others are set to the last of these; once none runs, to their own days.

    `clocks` are all of a clue or undertaking; those that moved are returned. A limit stands still
    while the one it follows does.
    """
    running = [one for one in clocks if one.ended_at is None]
    moved: list[Clock] = []
    for clock in running:
        led_by, before = rules.deadlines[clock.rule].follows, clock.due_at
        if led_by:
            _follow(clock, [one for one in running if _leads(one, led_by, rules)], rules, now)
        if clock.due_at != before:
            moved.append(clock)
    return tuple(moved)


def _leads(clock: Clock, led_by: tuple[str, ...], rules: Rulebook) -> bool:
    return general_limit(clock.rule, rules.deadlines) in led_by


def _follow(clock: Clock, leaders: list[Clock], rules: Rulebook, now: datetime) -> None:
    moments = [(due_of(one, rules, now).breach_at, one) for one in leaders]
    last = max(moments, key=lambda one: one[0], default=None)
    if last is not None:
        reason = last[1].pauses[-1]["reason"] if last[1].paused else ""
        clock.due_on, clock.paused = day_in_china(last[0]).isoformat(), last[1].paused
        pause = {"start": now.isoformat(), "end": None, "reason": reason}
        clock.pauses = [pause] if last[1].paused else []
    elif clock.due_on is not None:
        # Nothing it followed runs any more: its own days begin.
        clock.due_on, clock.paused, clock.pauses, clock.started_at = None, False, [], now
    settle(clock, rules, now)
    if last is not None:
        # A stated day depends on no holidays; the limit that it comes from does.
        clock.provisional = due_of(last[1], rules, now).provisional


def is_led(clock: Clock, rules: Rulebook) -> bool:
    """Whether a limit ends with others at present, so that its day is theirs."""
    return clock.due_on is not None and bool(rules.deadlines[clock.rule].follows)
