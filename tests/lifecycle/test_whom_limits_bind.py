"""Limits and papers bind only whom they bind: 程序规定第十三条、第十六条, 监督条例第二十七条."""

from dataclasses import replace

import pytest

from domain.rulebook.rulebook import Rulebook
from tests.helpers.story import ACCEPTED, Story


def test_the_seven_days_of_market_bureaus_run_for_two_of_them(story: Story) -> None:
    story.walk("register", "dispatch")

    story.does("dispute", opponent="shixian-market", route="same_system")

    assert "cx13" in story.open_rules()


def test_another_dispute_has_the_day_that_its_sides_state_and_reddens_no_article(
    story: Story,
) -> None:
    story.walk("register", "dispatch")

    story.does("dispute", opponent="shili-urban", route="enforcement", talks_until="2026-05-20")

    assert not {"cx13", "cx16"} & story.open_rules()
    running = story.running("dispute_talks")
    assert story.office.rules.citations[running.basis].evidence == "local"
    assert "2026年5月20日" in story.text("dispute_letter")


@pytest.mark.parametrize("organ", ["shili-police", "shili-procuratorate"])
def test_no_supervision_letter_goes_to_police_or_procuratorate(story: Story, organ: str) -> None:
    story.walk(*ACCEPTED)

    refusal = story.refused("supervision.order", to_department=organ)

    assert "不属于行政执法监督" in refusal
    assert "建议立案监督" in refusal
    assert not story.papers("supervision_order")


def test_the_letter_bears_the_full_name_that_the_regulation_gives_it(story: Story) -> None:
    story.walk(*ACCEPTED, "supervision.order")

    assert "行政执法监督督办函" in story.text("supervision_order")
    assert story.papers("supervision_order")[-1].title == "行政执法监督督办函"


@pytest.mark.parametrize(
    ("region", "runs"), [("shandong", True), ("weihai", True), ("weinan", False)]
)
def test_the_thirty_days_of_a_decision_run_where_they_are_law(
    story: Story, region: str, runs: bool
) -> None:
    """山东省行政执法监督条例第二十九条: no law of 渭南."""
    story.office = replace(story.office, region=story.office.rules.regions[region])
    story.walk(*ACCEPTED, "supervision.order", "supervision.acknowledge")
    story.waits(days=30)
    story.does("supervision.give_opinion")
    story.waits(days=30)

    story.does("supervision.give_decision")

    assert ("sdj_dec" in story.open_rules()) is runs


FIGURELESS = {
    "is_service_request",
    "opinion_is_unanswered",
    "opinion_was_answered",
    "order_of_remedies_is_told",
    "proposes_another_department",
}
"""Conditions under an article from memory or second hand that hold no figure (decision 33)."""


def test_what_refuses_by_a_figure_was_read(rules: Rulebook) -> None:
    """Values seen in text refuse; what is remembered warns and shows 待法制核对."""
    unread = {
        one.guard
        for lifecycle in rules.lifecycles.values()
        for action in lifecycle.actions.values()
        for one in (*action.requires, *action.form_requires)
        if rules.citations[one.basis or action.basis[0]].evidence in {"memory", "secondary"}
    }

    assert unread - {"is_within_return_limit"} == FIGURELESS  # it looks at the mark itself
