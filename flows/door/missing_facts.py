"""Facts that the documents of an action would lack: asked before anything is done."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlmodel import Session

from documents.facts.paper import Paper
from documents.facts.paper_facts import facts_for
from documents.facts.supply import Lack, lacks
from documents.values.codes import CODE
from domain.calendar.working_days import BeyondCalendar
from domain.lifecycle.plan import NEW, Refused, Step, plan
from domain.limits.due_moment import NoLimit
from domain.limits.organ_limits import limits_meant, regional_limits
from domain.rulebook.named_functions import holds
from domain.shapes.lifecycles import Then
from domain.situation.form_reading import read_form
from domain.situation.situation import ProcessView, Situation
from flows.door.clocks import begun_clock
from flows.door.issuance import UNNUMBERED
from flows.door.locked_dossier import issued_papers
from flows.door.situations import load_people
from flows.door.template_in_force import templates_in_force
from flows.site.office import Office


@dataclass(frozen=True)
class Intended:
    """A document that an action would issue, with the situation it would be written in.

    `due`: the limits that the action begins, as far as it is known when they end; `opens` names
    those begun or extended of which it is not known yet. `step` where the form is complete.
    """

    kind: str
    action: str
    situation: Situation
    opens: tuple[str, ...] = ()
    due: Mapping[str, datetime] = field(default_factory=dict)
    step: Step | None = None


def lacking(
    session: Session,
    office: Office,
    situation: Situation,
    action: str,
    form: Mapping[str, object],
) -> tuple[Lack, ...]:
    """Every required fact that the action's documents would lack with this form, filled or not.

    Nothing is written and no number is used. A clue that is not registered yet lacks nothing.
    """
    if situation.dossier is None:
        return ()
    people = load_people(session, office.rules, situation.processes, form)
    situation = replace(situation, form=form, people=people)
    wanted = list(intended(office, situation, action))
    organ = situation.actor.department
    templates = templates_in_force(session, office, organ, {one.kind for one in wanted})
    issued = issued_papers(session, office.rules, situation.dossier_id)
    found: list[Lack] = []
    for one in wanted:
        title = office.rules.documents[one.kind].title
        at = (one.situation.process.kind, one.action)
        paper = replace(paper_of(office, one), issued=issued)
        missing = templates[one.kind].missing({**facts_for(paper), CODE: one.kind})
        found += lacks(office.rules, title, missing, at, one.situation.actor.department)
    return tuple(dict.fromkeys(found))


def paper_of(office: Office, one: Intended) -> Paper:
    """The paper as it would be written, without its number; limits not known yet end now."""
    now = one.situation.now
    due: dict[str, datetime] = {clock.rule: clock.due_at for clock in one.situation.clocks}
    return Paper(
        kind=one.kind,
        number=UNNUMBERED if office.rules.documents[one.kind].series else None,
        action=one.action,
        situation=one.situation,
        rules=office.rules,
        form=one.situation.form,
        clocks={**due, **dict.fromkeys(one.opens, now), **one.due},
    )


def intended(office: Office, situation: Situation, action: str) -> Iterator[Intended]:
    """The documents an action would issue; where it is refused, what the table tells of them."""
    try:
        yield from _of_step(office, plan(situation, action, office.rules))
    except Refused:
        yield from _of_table(office, situation, action)


def _of_step(office: Office, step: Step) -> Iterator[Intended]:
    due = _due(office, step) if step.issues else {}
    begun = tuple(start.clock for start in step.opens if start.clock not in due)
    for kind in step.issues:
        yield Intended(kind, step.action, step.after, (*begun, *step.extends), due, step)
    for consequence in step.then:
        yield from _of_step(office, consequence)


def _due(office: Office, step: Step) -> dict[str, datetime]:
    """When the limits that a step begins would end, as far as it can be told."""
    found: dict[str, datetime] = {}
    for start in step.opens:
        with suppress(NoLimit, BeyondCalendar):
            found[start.clock] = begun_clock(office.rules, step, start, NEW).due_at
    return found


def _of_table(office: Office, situation: Situation, action: str) -> Iterator[Intended]:
    """The form is not complete yet: what the table would issue as far as it can be seen."""
    transition = office.rules.lifecycles[situation.process.kind].actions[action]
    values, _ = read_form(transition.form, situation.form, office.rules)
    situation = replace(situation, form={**situation.form, **values})
    named = (*(start.clock for start in transition.opens), *transition.extends)
    opens = limits_meant(regional_limits(named, situation.region), office.rules.deadlines)
    for issue in transition.issues:
        if holds(issue.when, situation):
            yield Intended(issue.document, action, situation, opens)
    for then in transition.then:
        if not (then.target or then.form) and holds(then.when, situation):
            yield from _of_table(office, _reached(situation, then), then.action)


def _reached(situation: Situation, then: Then) -> Situation:
    own = situation.process
    fresh = ProcessView(then.process, NEW, "none", own.department, situation.actor.department)
    found = fresh if then.process not in {"clue"} else situation.latest("clue") or own
    return replace(situation, process=found if then.process != own.kind else own)
