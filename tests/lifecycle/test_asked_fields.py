"""Fields that only some cases need: out of sight until a guard of their form asks for them."""

from dataclasses import replace

import pytest

from domain.lifecycle.asked_fields import fields_not_asked
from domain.rulebook.rulebook_reading import load_rulebook
from domain.situation.situation import ProcessView
from flows.door.preview import situation_before
from flows.site.store import reading
from tests.helpers.filled_forms import filled
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE, REVIEWED, Story

RULES = load_rulebook()
FORMS = [
    (kind, action)
    for kind, lifecycle in RULES.lifecycles.items()
    for action, transition in lifecycle.actions.items()
    if any(one.asked_by or one.when for one in transition.form.values())
]


def _not_asked(story: Story, kind: str, action: str, form: dict[str, object]) -> set[str]:
    """What of a form nobody asks for beside a clue that was only registered."""
    process = ProcessView(kind, 1, "", "shili-market", opened_at=story.now)
    command = replace(story.command("dispatch"), form={})
    with reading(story.office.engine) as session:
        who = (actor("handler"), story.now)
        situation = situation_before(session, story.office, command, who)
    situation = replace(situation, process=process, form=form)
    return set(fields_not_asked(situation, RULES.lifecycles[kind].actions[action], RULES))


def _unasked_now(story: Story, action: str, **form: object) -> set[str]:
    """What of a form nobody asks for, as the clue of the story stands and the form is filled in."""
    kind, _, name = action.rpartition(".")
    kind = kind or "clue"
    command = replace(story.command(action), form=form)
    who = (actor("head" if name == "decide" else "handler"), story.now)
    with reading(story.office.engine) as session:
        situation = situation_before(session, story.office, command, who)
    return set(fields_not_asked(situation, RULES.lifecycles[kind].actions[name], RULES))


@pytest.mark.parametrize("form", FORMS, ids=".".join)
def test_a_form_that_is_filled_in_halfway_can_be_asked_at_any_moment(
    story: Story, form: tuple[str, str]
) -> None:
    """Guards are asked of what was typed so far, and may not lean on what is not there yet."""
    story.walk("register")
    kind, action = form
    told = filled(kind, action, story.now)
    asked_by = {name for name, one in RULES.lifecycles[kind].actions[action].form.items()
                if one.asked_by or one.when}  # fmt: skip

    for count in range(len(told) + 1):
        typed = dict(list(told.items())[:count])
        found = _not_asked(story, kind, action, typed)

        assert found <= asked_by - set(typed)


def test_what_is_written_in_stays_in_sight(story: Story) -> None:
    story.walk("register")

    assert "late_reason" in _not_asked(story, "case", "decide", {})
    assert "late_reason" not in _not_asked(story, "case", "decide", {"late_reason": "等鉴定"})


def test_an_entry_below_a_threshold_that_was_met_asks_for_its_reason(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", quantities={"sales_amount": "180000"})

    same = _unasked_now(story, "case.record_facts", quantities={"sales_amount": "180000"})
    lower = _unasked_now(story, "case.record_facts", quantities={"sales_amount": "1800"})

    assert {"lowering_reason", "lowering_evidence"} <= same
    assert not {"lowering_reason", "lowering_evidence"} & lower


def test_a_referral_asks_for_its_figures_where_no_case_has_them(story: Story) -> None:
    story.walk(*IN_CASE)
    before = _unasked_now(story, "refer")
    story.does("case.record_facts", quantities={"sales_amount": "180000"})

    told = _unasked_now(story, "refer")

    assert "referred_quantities" not in before
    assert "referred_quantities" in told


def test_a_decision_after_its_limit_asks_why_it_is_late_before_anything_is_typed(
    story: Story,
) -> None:
    story.walk(*REVIEWED, "case.notice")
    early = _unasked_now(story, "case.decide")
    story.waits(days=200)

    late = _unasked_now(story, "case.decide")

    assert early - late == {"late_reason"}
