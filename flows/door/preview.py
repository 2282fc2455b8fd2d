"""The preview of an action: planned in full, and nothing is changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from domain.calendar.working_days import BeyondCalendar
from domain.lifecycle.plan import Step, plan
from domain.limits.due_moment import NoLimit
from domain.limits.limit import UNIT_NAMES
from domain.limits.organ_limits import limit_for, regional_limits
from domain.shapes.lifecycles import Transition
from domain.situation.recipients import Recipient
from domain.situation.situation import CHINA, Actor, ProcessView, Situation
from flows.door.clocks import begun_clock
from flows.door.locked_dossier import root_of, with_its_own
from flows.door.situations import new_situation
from flows.door.steps import QUOTES, Command, situation_for
from flows.site.office import Office


@dataclass(frozen=True)
class Opening:
    """A time limit that would begin, and when it would be due; None where that is not known yet."""

    label: str
    owner: str
    due_at: datetime | None
    figure: str
    provisional: bool
    article: str


@dataclass(frozen=True)
class Foreseen:
    """All that one action would do, in words; what it brings about is counted in."""

    becomes: tuple[str, ...]
    opens: tuple[Opening, ...]
    stops: tuple[str, ...]
    pauses: tuple[str, ...]
    resumes: tuple[str, ...]
    extends: tuple[str, ...]
    issues: tuple[str, ...]
    tells: tuple[str, ...]
    also: tuple[str, ...]


def foresee(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Foreseen:
    """What the command would do, with its consequences, in words; nothing is changed.

    Raises Refused with every reason where it would be refused.
    """
    step = plan(
        situation_before(session, office, command, (actor, now)), command.action, office.rules
    )
    steps = list(_all(step))
    rules = office.rules
    labels = {key: one.label for key, one in rules.deadlines.items()}
    ended = {
        labels[clock.rule]
        for one in steps
        for clock in one.before.clocks
        if _ends(one, clock.rule, (clock.process_kind, clock.process_id))
    }
    running = {clock.rule for clock in step.before.clocks}
    return Foreseen(
        becomes=tuple(_becoming(office, one) for one in steps),
        opens=tuple(
            _opening(office, one, place) for one in steps for place in range(len(one.opens))
        ),
        stops=tuple(sorted(ended)),
        pauses=_words(
            f"{labels[p.clock]}（{p.reason}）"
            for s in steps
            for p in s.pauses
            if p.clock in running
        ),
        resumes=_words(labels[rule] for one in steps for rule in one.resumes if rule in running),
        extends=_words(labels[rule] for one in steps for rule in one.extends if rule in running),
        issues=tuple(f"《{rules.documents[kind].title}》" for one in steps for kind in one.issues),
        tells=_words(_told(office, who) for one in steps for who in one.tells),
        also=_words(
            [
                *_unread(step),
                *(
                    f"{rules.lifecycles['clue'].actions[order.action].label}（另一条线索）"
                    for one in steps
                    for order in one.orders
                ),
            ]
        ),
    )


def _unread(step: Step) -> Iterator[str]:
    """What a person has to compare himself: the paper that he corrects could not be read."""
    if QUOTES in step.form and step.before.quoted is None:
        yield "原文书的文字没有读出（文件不在、已损坏或者写明举报人），「原文」请对照原件核对"


def outline(
    office: Office, process: ProcessView, transition: Transition, now: datetime
) -> Foreseen:
    """What an action does in general, for a form that is not filled in yet."""
    rules = office.rules
    limits = _begun(office, process, transition, now)
    to = process.state if transition.to == "same" else transition.to
    lifecycle = rules.lifecycles[process.kind]
    state = lifecycle.states.get(to)
    return Foreseen(
        becomes=(f"{lifecycle.label}转为「{state.label}」",) if state else (),
        opens=tuple(_general(office, one, now) for one in limits),
        stops=_words(rules.deadlines[one].label for one in _rules_of(office, transition.stops)),
        pauses=_words(f"{rules.deadlines[p.clock].label}（{p.reason}）" for p in transition.pauses),
        resumes=_words(rules.deadlines[one].label for one in transition.resumes),
        extends=_words(rules.deadlines[one].label for one in _rules_of(office, transition.extends)),
        issues=tuple(
            f"《{rules.documents[one.document].title}》" + ("（符合条件时）" if one.when else "")
            for one in transition.issues
        ),
        tells=(),
        also=_words(
            _following(office, one.process, one.action) + ("（符合条件时）" if one.when else "")
            for one in transition.then
        ),
    )


def _rules_of(office: Office, names: tuple[str, ...]) -> tuple[str, ...]:
    return regional_limits(names, office.region)


def _begun(
    office: Office, process: ProcessView, transition: Transition, now: datetime
) -> list[str]:
    """The limits that the table begins for the organ that holds the process."""
    held = office.rules.departments.get(process.department)
    named = _rules_of(office, tuple(one.clock for one in transition.opens))
    function, day = held.function if held else "", now.astimezone(CHINA).date()
    meant = (limit_for(one, office.rules.deadlines, function, day) for one in named)
    return [one for one in meant if one]


def _general(office: Office, name: str, now: datetime) -> Opening:
    rule = office.rules.deadlines[name]
    value = rule.in_force(now.astimezone(CHINA).date())
    figure = f"{value.amount}{UNIT_NAMES[value.unit]}" if value and value.amount else "由文书载明"
    article = office.rules.cite(value.basis) if value else ""
    return Opening(rule.label, "", None, figure, False, article)


def _following(office: Office, process: str, action: str) -> str:
    lifecycle = office.rules.lifecycles[process]
    return f"{lifecycle.label}·{lifecycle.actions[action].label}"


def situation_before(
    session: Session, office: Office, command: Command, who: tuple[Actor, datetime]
) -> Situation:
    """The situation in which a command would be carried out."""
    if command.clue is None:
        actor, now = who
        situation = new_situation(office, actor, now, (command.process, actor.department))
        return replace(situation, form=command.form)
    root = root_of(session, office.rules, command.process, command.clue)
    held = with_its_own(session, office.rules, root)
    return situation_for(session, office, held, command, who)


def _all(step: Step) -> Iterator[Step]:
    yield step
    for one in step.then:
        yield from _all(one)


def _ends(step: Step, rule: str, process: tuple[str, int]) -> bool:
    if process != (step.process.kind, step.process.id):
        return False
    ended = step.before.law.lifecycles[step.process.kind].states[step.to].ended
    return ended or rule in step.stops


def _becoming(office: Office, step: Step) -> str:
    lifecycle = office.rules.lifecycles[step.process.kind]
    to = lifecycle.states[step.to].label
    where = office.rules.departments[step.after.process.department].name
    if step.creates:
        return f"新建{lifecycle.label}「{to}」，由{where}办理"
    if step.to == step.process.state and step.after.process.department == step.process.department:
        return f"{lifecycle.label}仍为「{to}」"
    moved = step.after.process.department != step.process.department
    return f"{lifecycle.label}转为「{to}」" + (f"，转到{where}" if moved else "")


def _opening(office: Office, step: Step, place: int) -> Opening:
    start = step.opens[place]
    rule = office.rules.deadlines[start.clock]
    departments = office.rules.departments
    try:
        clock = begun_clock(office.rules, step, start, 0)
    except (NoLimit, BeyondCalendar) as problem:
        return Opening(rule.label, "", None, str(problem), False, "")
    figure = "" if clock.amount is None else f"{clock.amount}{UNIT_NAMES[clock.unit]}"  # type: ignore[index]
    return Opening(
        label=rule.label,
        owner=departments[clock.owner_id].name,
        due_at=clock.due_at,
        figure=figure,
        provisional=clock.provisional,
        article=office.rules.cite(clock.basis),
    )


def _told(office: Office, who: Recipient) -> str:
    organ = office.rules.departments[who.department].name
    return organ + (office.rules.roles[who.role].label if who.role else "")


def _words(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
