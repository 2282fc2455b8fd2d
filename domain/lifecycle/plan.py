"""Planning an action: the step it leads to, or `Refused` with every reason at once. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.effects.change import Change, apply_effects, situation_after
from domain.lifecycle.step_limits import clocks_paused, clocks_started, limits_here
from domain.limits.extensions import check_approvers
from domain.limits.organ_limits import is_unsure, limits_meant
from domain.rulebook.named_functions import guard, holds, selection
from domain.rulebook.quotation import ground_of
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import ClockStart, FollowUpOrder, Pause, Requirement, Then, Transition
from domain.situation.access import objections
from domain.situation.acting_for import own_persons
from domain.situation.form_dates import date_complaints
from domain.situation.form_reading import read_form
from domain.situation.handovers import handover
from domain.situation.recipients import Recipient, find_recipients
from domain.situation.recusal import avoiding, barred_by_name
from domain.situation.situation import ClockView, ProcessView, Situation

NEW = 0
"""The id of a process that the step will create."""


@dataclass(frozen=True)
class Reason:
    """Why an action is refused, and on which article."""

    text: str
    citation: str
    article: str

    def __str__(self) -> str:
        return f"{self.text}（{self.article}）"


class Refused(Exception):
    """An action that may not be taken, with all reasons; nothing was changed."""

    def __init__(self, action: str, reasons: tuple[Reason, ...]) -> None:
        self.action = action
        self.reasons = reasons
        super().__init__(f"{self.heading}：" + "；".join(str(one) for one in reasons))

    @property
    def heading(self) -> str:
        """What is refused; the label is quoted, for it may itself begin with 不."""
        return f"不能办理「{self.action}」"


@dataclass(frozen=True)
class Order:
    """An action on another clue, planned in its own situation in the same transaction."""

    process: str
    action: str
    form: Mapping[str, object]
    clue: int | None = None


@dataclass(frozen=True)
class Step:
    """All that an action will do, decided before anything is done; `flows.door` carries it out.

    `before` and `after` are the situations around it; `then` are its consequences on the same clue,
    `orders` those on other clues, which are planned in their own situations.
    """

    process: ProcessView
    action: str
    transition: Transition
    to: str
    form: Mapping[str, object]
    before: Situation
    after: Situation
    change: Change
    opens: tuple[ClockStart, ...]
    stops: tuple[str, ...]
    pauses: tuple[Pause, ...]
    resumes: tuple[str, ...]
    extends: tuple[str, ...]
    issues: tuple[str, ...]
    tells: tuple[Recipient, ...]
    followups: tuple[FollowUpOrder, ...]
    then: tuple["Step", ...]
    orders: tuple[Order, ...]

    @property
    def creates(self) -> bool:
        """Whether the step brings its process into being."""
        return self.process.id == NEW


@dataclass(frozen=True)
class Allowed:
    """An action as it stands for this actor now: possible, or refused with reasons.

    `is_his`: it belongs to a chair and a place of his, so that only the law stands against it.
    """

    process: ProcessView
    action: str
    label: str
    reasons: tuple[Reason, ...]
    is_his: bool = True


def plan(situation: Situation, action: str, rules: Rulebook, *, caused: bool = False) -> Step:
    """The step an action leads to in a situation; nothing is changed by planning it.

    The situation bears actor, moment and the form as given; the step bears the form as read.
    `caused`: another action hands in the form, so no chair is asked for. Raises Refused with every
    reason at once, each with its article: state, chair and place, guards, extensions, form, and
    what stands against a consequence. Raises LookupError for an action that the process does not
    have.
    """
    transition = _transition(situation, action, rules)
    reasons = _standing_reasons(situation, transition, rules, caused=caused)
    reasons += _extension_reasons(situation, transition, rules)
    citation = ground_of(situation, transition, rules)
    values, complaints = read_form(transition.form, situation.form, rules)
    situation = replace(situation, form=values)
    misdated = date_complaints(transition.form, situation)
    reasons += [Reason(text, citation, rules.cite(citation)) for text in (*complaints, *misdated)]
    reasons += _barred_people(situation, transition, rules)
    # Guards of the form read its values: they are asked once these can be read.
    if not complaints:
        reasons += _failing(situation, transition.form_requires, transition, rules)
    step: Step | None = None
    # Consequences take the form over: they are planned once it is sound in itself.
    if not complaints and not misdated and situation.process.state in transition.from_:
        try:
            step = _step(situation, action, transition, rules)
        except Refused as consequence:
            reasons += consequence.reasons
    if step is None or reasons:
        raise Refused(transition.label, tuple(dict.fromkeys(reasons)))
    return step


def cause(situation: Situation, action: str, rules: Rulebook) -> Step:
    """The step that another action brings about: no chair is asked for, the guards hold.

    The form is the other action's, already read. Raises Refused with every reason.
    """
    transition = _transition(situation, action, rules)
    reasons = _standing_reasons(situation, transition, rules, caused=True)
    reasons += _failing(situation, transition.form_requires, transition, rules)
    if reasons:
        raise Refused(transition.label, tuple(reasons))
    return _step(situation, action, transition, rules)


def plan_anew(step: Step, situation: Situation, rules: Rulebook) -> Step:
    """A planned step in the situation that its own first rows have made since.

    What was judged is not judged again, and the form stays as it was read.
    """
    situation = replace(situation, form=step.before.form)
    return _step(situation, step.action, step.transition, rules)


def standing(situation: Situation, action: str, rules: Rulebook) -> tuple[Reason, ...]:
    """Every reason why this actor may not take the action now, leaving the form aside.

    Empty where he may. What stands against a consequence shows only when the step is planned.
    """
    transition = rules.lifecycles[situation.process.kind].actions[action]
    reasons = _standing_reasons(situation, transition, rules, caused=False)
    return tuple(reasons + _extension_reasons(situation, transition, rules))


def _transition(situation: Situation, action: str, rules: Rulebook) -> Transition:
    lifecycle = rules.lifecycles[situation.process.kind]
    if action not in lifecycle.actions:
        raise LookupError(f"{lifecycle.label}没有「{action}」这一操作")
    return lifecycle.actions[action]


def _standing_reasons(
    situation: Situation, transition: Transition, rules: Rulebook, *, caused: bool
) -> list[Reason]:
    texts: list[str] = []
    state = situation.process.state
    if state not in transition.from_:
        states = rules.lifecycles[situation.process.kind].states
        now = states[state].label if state in states else "尚未建立"
        texts.append(f"当前状态为「{now}」，不能办理「{transition.label}」")
    texts += objections(situation, transition, rules.roles, caused)
    reasons = _on_its_ground(texts, situation, transition, rules)
    barred = own_persons(situation) & avoiding(situation)
    if not caused and barred:
        reasons.append(_avoids(situation, rules, barred))
    if state in transition.from_:
        reasons += _failing(situation, transition.requires, transition, rules)
    return reasons


def _on_its_ground(
    texts: list[str], situation: Situation, transition: Transition, rules: Rulebook
) -> list[Reason]:
    """Reasons that rest on the action's own article, looked up only where there are any."""
    if not texts:
        return []
    citation = ground_of(situation, transition, rules)
    return [Reason(text, citation, rules.cite(citation)) for text in texts]


def _barred_people(situation: Situation, transition: Transition, rules: Rulebook) -> list[Reason]:
    """Why people whom the form names do nothing in a matter that they have to avoid."""
    citation = _law_of_recusal(rules)
    named = barred_by_name(transition.form, situation)
    return [Reason(text, citation, rules.cite(citation)) for text in named]


def _law_of_recusal(rules: Rulebook) -> str:
    return rules.lifecycles["recusal"].actions["grant"].basis[0]


def _avoids(situation: Situation, rules: Rulebook, barred: frozenset[str]) -> Reason:
    """Why somebody who has to avoid the matter may do nothing in it, on the law of recusal."""
    citation = _law_of_recusal(rules)
    actor = situation.actor
    if actor.id in barred:
        text = f"{actor.name}已决定回避，不得再办理本线索的事项，请由其他人员办理"
    else:
        names = "、".join(one.name for one in actor.acts_for if one.id in barred)
        text = (
            f"{names}已决定回避，代办人同样不得代其办理本线索的事项，"
            "请先由本部门负责人办理「指定、更换承办人」"
        )
    return Reason(text, citation, rules.cite(citation))


def _failing(
    situation: Situation,
    requirements: tuple[Requirement, ...],
    transition: Transition,
    rules: Rulebook,
) -> list[Reason]:
    found: list[Reason] = []
    for requirement in requirements:
        text = guard[requirement.guard](situation)
        if text:
            citation = ground_of(situation, transition, rules, requirement)
            found.append(Reason(text, citation, rules.cite(citation)))
    return found


def _extension_reasons(
    situation: Situation, transition: Transition, rules: Rulebook
) -> list[Reason]:
    """Why the action may not extend: it needs clocks of its process, each open to this actor."""
    if not transition.extends:
        return []
    names, process = limits_here(transition.extends, situation), situation.process
    running = [
        clock
        for clock in situation.clocks
        if clock.rule in names
        and (clock.process_kind, clock.process_id) == (process.kind, process.id)
    ]
    citation = ground_of(situation, transition, rules)
    if not running:
        return [Reason("没有正在计算的期限可以延长", citation, rules.cite(citation))]
    return [
        one for clock in running for one in _against_extending(situation, clock, rules, citation)
    ]


def _against_extending(
    situation: Situation, clock: ClockView, rules: Rulebook, citation: str
) -> list[Reason]:
    rule = rules.deadlines[clock.rule]
    # A figure whose text nobody saw warns; it does not take the right to extend away.
    last = situation.now if is_unsure(rule, rules.evidence) else clock.breach_at
    texts = check_approvers(rule, clock.extensions, situation.actor.roles, situation.now, last)
    basis = rule.extensions[0].basis if rule.extensions else citation
    return [Reason(text, basis, rules.cite(basis)) for text in texts]


def _step(situation: Situation, action: str, transition: Transition, rules: Rulebook) -> Step:
    change = apply_effects(transition.effects, situation)
    then = situation_after(situation, change)
    steps, orders = _consequences(then, transition, rules)
    return Step(
        process=situation.process,
        action=action,
        transition=transition,
        to=situation.process.state if transition.to == "same" else transition.to,
        form=_own_fields(situation.form, transition),
        before=situation,
        after=then,
        change=change,
        opens=clocks_started(then, transition, rules),
        stops=limits_here(transition.stops, situation),
        pauses=clocks_paused(then, transition, rules),
        resumes=limits_meant(transition.resumes, rules.deadlines),
        extends=limits_here(transition.extends, situation),
        issues=tuple(one.document for one in transition.issues if holds(one.when, then)),
        tells=find_recipients(transition.tells, situation, then),
        followups=tuple(one for one in transition.followups if holds(one.when, then)),
        then=steps,
        orders=orders,
    )


def _own_fields(form: Mapping[str, object], transition: Transition) -> dict[str, object]:
    return {name: form[name] for name in transition.form if name in form}


def _consequences(
    situation: Situation, transition: Transition, rules: Rulebook
) -> tuple[tuple[Step, ...], tuple[Order, ...]]:
    steps: list[Step] = []
    orders: list[Order] = []
    for then in transition.then:
        if not holds(then.when, situation):
            continue
        if then.process == "clue" and (then.target or then.form):
            orders += _orders(situation, then)
        else:
            steps += [cause(one, then.action, rules) for one in _situations(situation, then, rules)]
    return tuple(steps), tuple(orders)


def _orders(situation: Situation, then: Then) -> list[Order]:
    if then.target:
        clue_id = int(situation.text(then.target))
        form = handover[then.form](situation, None) if then.form else situation.form
        return [Order("clue", then.action, form, clue_id)]
    rows = situation.form.get(then.each) if then.each else [None]
    items = rows if isinstance(rows, list) else []
    make = handover[then.form or ""]
    return [Order("clue", then.action, make(situation, item)) for item in items]


def _situations(situation: Situation, then: Then, rules: Rulebook) -> list[Situation]:
    """The situations in which a consequence happens: new processes, or those it reaches."""
    transition = rules.lifecycles[then.process].actions[then.action]
    if "none" in transition.from_:
        items: tuple[object, ...] = situation.stated(then.each) if then.each else (None,)
        fresh = ProcessView(
            kind=then.process,
            id=NEW,
            state="none",
            department=situation.process.department,
            counterpart=situation.actor.department,
        )
        return [replace(situation, process=fresh, item=item) for item in items]
    if then.each and then.each.startswith("@"):
        chosen = set(selection[then.each[1:]](situation))
        reached = [p for p in situation.of_kind(then.process) if p.id in chosen]
    else:
        reached = [p for p in situation.of_kind(then.process) if p.state in transition.from_][-1:]
        if not reached:
            latest = situation.latest(then.process)
            reached = [latest] if latest else []
    return [replace(situation, process=one) for one in reached]
