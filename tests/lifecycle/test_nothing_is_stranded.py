"""Whole lives with every optional field left out: always a way on, and somebody for each clock.

A field that is optional in the form and asked for by a condition is filled in once the refusal
has named it; nothing else is.
"""

import re

import pytest

from domain.lifecycle.plan import Refused, standing
from domain.penalties.payment import amount_owed
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import Lifecycle
from domain.situation.situation import CONSEQUENCE, ProcessView, Situation
from flows.door.situations import load_people, load_situation
from flows.site.store import reading
from tests.helpers.filled_forms import filled
from tests.helpers.people import CHAIRS, actor
from tests.helpers.story import Story
from tests.helpers.walking.ambitions import AMBITIONS
from tests.helpers.walking.bare_roads import ROADS, WAITS

pytestmark = pytest.mark.early

ENDING = {
    "case.hold_hearing": 25,
    "case.end_hearing": 25,
    "case.decide": 9,
    "case.end_announcement": 31,
}
"""Days that pass before an action that has to wait for its day."""


def _required(story: Story, process: str, action: str) -> dict[str, object]:
    """The usual form without its optional fields, as None."""
    fields = story.office.rules.lifecycles[process].actions[action].form
    return {name: None for name, one in fields.items() if not one.required}


def _goes_on(story: Story, step: str, form: dict[str, object], tries: int = 3) -> None:
    """Takes the action with required fields only; else with what the refusal asks for by name."""
    process, _, name = step.rpartition(".")
    process = process or "clue"
    story.waits(days={**ENDING, **WAITS}.get(step, 0))
    given, chair = {**_required(story, process, name), **form}, _chair(story, process, name)
    while True:
        try:
            story.does(step, chair, **given)
            return
        except Refused as refused:
            tries -= 1
            if not tries:
                raise
            elsewhere = _ELSEWHERE.search(str(refused))
            place = _action(story, elsewhere[1], elsewhere[2]) if elsewhere else step
            if place != step:
                story.does(place)
            given |= _asked(story, (process, name), str(refused))


WHERE_NOTHING_WAS_CHOSEN = {"no_offence_reason": "经核对，没有对应的罪名"}
"""A bare dispatch chooses no matter: who files says that there is no offence to look for."""
_ELSEWHERE = re.compile(r"在「([^「」]+)·([^「」（）]+)(?:（[^「」]+）)?」中填写")
"""How a refusal names the form in which something is missing."""


def _asked(story: Story, at: tuple[str, str], told: str) -> dict[str, object]:
    """The optional fields that a refusal names, as usually filled in."""
    fields = story.office.rules.lifecycles[at[0]].actions[at[1]].form
    usual = {**WHERE_NOTHING_WAS_CHOSEN, **filled(*at, story.now)}
    usual = {name: value for name, value in usual.items() if name in fields}
    return {one: usual[one] for one in usual if fields[one].label in told}


def _action(story: Story, process: str, label: str) -> str:
    rules = story.office.rules
    [found] = [
        f"{kind}.{name}"
        for kind, one in rules.lifecycles.items()
        for name, action in one.actions.items()
        if (one.label, action.label) == (process, label)
    ]
    return found.removeprefix("clue.")


def _chair(story: Story, process: str, action: str) -> str:
    """Somebody who may take the action now, as usual if possible."""
    if action == "register":
        return ""
    seen = _situation(story)
    able = (
        chair
        for chair in _asked_for(story, process, action)
        for one in seen.of_kind(process)
        if _may(story, _seen_by(seen, one, chair), action)
    )
    return next(able, "")


def _asked_for(story: Story, process: str, action: str) -> list[str]:
    """The chairs whose persons hold one of the roles that take the action."""
    by = set(story.office.rules.lifecycles[process].actions[action].by)
    return [one for one in (*CHAIRS, "system") if actor(one).roles & by]


def _may(story: Story, seen: Situation, action: str) -> bool:
    rules = story.office.rules
    known = seen.process.state in rules.lifecycles[seen.process.kind].actions[action].from_
    return known and not standing(seen, action, rules)


def _situation(story: Story) -> Situation:
    """What is on record now, before anybody in particular looks at it."""
    with reading(story.office.engine) as session:
        found = load_situation(session, story.office, story.row(), actor("system"), story.now)
        people = load_people(session, story.office.rules, found.processes, {})
    return Situation(**{**found.__dict__, "people": people})


def _seen_by(seen: Situation, process: ProcessView, chair: str) -> Situation:
    return Situation(**{**seen.__dict__, "process": process, "actor": actor(chair)})


def _possible(story: Story, seen: Situation, process: ProcessView) -> bool:
    """Whether somebody may take some action on a process now, the form aside."""
    return any(
        _may(story, _seen_by(seen, process, chair), action)
        for action, one in story.office.rules.lifecycles[process.kind].actions.items()
        if process.state in one.from_
        for chair in _asked_for(story, process.kind, action)
    )


def _leads_to(lifecycle: Lifecycle, state: str) -> set[str]:
    """Every action that can still follow from a state, consequences of others included."""
    states, actions = {state}, set()
    while True:
        more = {
            name
            for name, one in lifecycle.actions.items()
            if states & set(one.from_) and name not in actions
        }
        if not more:
            return actions
        actions |= more
        states |= {lifecycle.actions[name].to for name in more} - {"same"}


def _stranded(story: Story) -> list[str]:
    """Processes that nobody can act on, and clocks that nothing ahead can stop."""
    rules, faults = story.office.rules, []
    seen = _situation(story)
    for process in (one for one in seen.processes if not seen.is_ended(one)):
        brought = any(
            process.state in one.from_ and CONSEQUENCE in one.by
            for one in rules.lifecycles[process.kind].actions.values()
        )
        if not brought and not _possible(story, seen, process):
            faults.append(f"{process.kind}「{process.state}」没有人能办理")
    for clock in seen.clocks:
        [process] = [
            one
            for one in seen.processes
            if (one.kind, one.id) == (clock.process_kind, clock.process_id)
        ]
        lifecycle = rules.lifecycles[process.kind]
        ahead = _leads_to(lifecycle, process.state)
        regional = {"@reply": story.office.region.reply_clock}
        stops = {
            regional.get(rule, rule) for name in ahead for rule in lifecycle.actions[name].stops
        }
        ends = any(
            lifecycle.actions[name].to in lifecycle.states
            and lifecycle.states[lifecycle.actions[name].to].ended
            for name in ahead
        )
        if clock.rule not in stops and not ends:
            faults.append(f"时限{clock.rule}（{process.kind}「{process.state}」）没有人能停止")
    return faults


def _told(story: Story, step: str, actions: tuple[str, ...]) -> dict[str, object]:
    """What only this clue's own way tells: its party, the other department, who co-operates."""
    moved = story.row().department_id == "shili-urban"
    told: dict[str, dict[str, object]] = {
        "file_case": {"subject_name": "示例市老街烧烤店"},
        "measure.seize_on_spot": {"subject_name": "示例市老街烧烤店"},
        "penalise_on_spot": {"subject_name": "示例市老街烧烤店"},
        "dispatch": {"lead": "shili-urban"} if story.row().hops else {},
        "dispute": {"opponent": "shili-market"} if moved else {},
        "dispute.agree": {"lead": "shili-market"},
        "verify": {"cooperating": ["shili-health"]} if "part.submit" in actions else {},
    }
    if step == "service.record":
        told[step] = {"paper": story.papers("put_off_notice")[-1].id}
    if step == "case.pay":
        seen = _situation(story)
        [case] = seen.of_kind("case")
        told[step] = {"paid": str(amount_owed(_seen_by(seen, case, "handler")))}
    return told.get(step, {})


LIVES = (*AMBITIONS, *ROADS)


@pytest.mark.parametrize("place", range(len(LIVES)))
def test_a_life_of_bare_forms_never_strands(story: Story, place: int) -> None:
    """处罚法、310号令: no act leads into a state that nobody can leave."""
    ambition = LIVES[place]
    rewarded = "reward.propose" in ambition.actions
    _goes_on(
        story,
        "register",
        {"subject_name": None, **({"reporter_name": "刘小民"} if rewarded else {})},
    )

    for step in ambition.actions:
        if step == "case.return_payment":
            continue  # nothing was paid on this way
        if step == "case.record_publication" and "gs9" not in story.open_rules():
            continue
        form = {**ambition.forms.get(step, {}), **_told(story, step, ambition.actions)}
        _goes_on(story, step, form)
        assert _stranded(story) == [], step
        if step == "case.notice" and "case.serve_notice" not in ambition.actions:
            _goes_on(story, "case.serve_notice", {})

    for paper in story.papers():
        filed = paper.process_kind in {"case", "referral"} or paper.kind == "filing_approval"
        assert not filed or "当事人待查" not in str(paper.facts), paper.title


ELSEWHERE = {
    "referral.record_platform": "binds a bureau of ecology alone: test_referral_preparation",
}
"""Actions with optional fields that no life above takes, and where they are taken."""


def test_every_action_on_a_clue_with_an_optional_field_is_walked_without_it(
    rules: Rulebook,
) -> None:
    """处罚法、310号令: whoever adds a field learns whether a life goes on without it."""
    walked = {step if "." in step else f"clue.{step}" for one in LIVES for step in one.actions}
    left_out = {
        f"{kind}.{name}"
        for kind, lifecycle in rules.lifecycles.items()
        for name, action in lifecycle.actions.items()
        if lifecycle.root == "clue"
        and not {"system", CONSEQUENCE} & set(action.by)
        and any(not field.required for field in action.form.values())
    }

    assert left_out - walked == set(ELSEWHERE)


def test_every_clock_of_every_process_has_an_action_ahead_that_stops_it(rules: Rulebook) -> None:
    """Of undertakings too, which no life above walks."""
    stuck = {
        f"{kind}.{name}: {start.clock}"
        for kind, lifecycle in rules.lifecycles.items()
        for name, action in lifecycle.actions.items()
        for start in action.opens
        for state in (action.from_ if action.to == "same" else (action.to,))
        if not _stops(lifecycle, state, start.clock)
    }

    assert stuck == set()


def _stops(lifecycle: Lifecycle, state: str, clock: str) -> bool:
    """Whether a clock that runs in a state is stopped, or its process ended, by what may follow."""
    ahead = [lifecycle.actions[name] for name in _leads_to(lifecycle, state)]
    reached = {state, *(one.to for one in ahead)} & lifecycle.states.keys()
    ends = any(lifecycle.states[one].ended for one in reached)
    return ends or any(clock in one.stops for one in ahead)
