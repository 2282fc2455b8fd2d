"""What a paper calls the case: a suspected act, never the topic of an inspection."""

from domain.rulebook.rulebook_reading import load_rulebook
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, Story


def test_every_matter_suggests_an_act_and_not_its_own_topic() -> None:
    matters = load_rulebook().matters.values()

    assert all(one.cause and "检查" not in one.cause for one in matters)


def test_a_referral_without_a_case_is_named_after_its_offence(story: Story) -> None:
    story.walk(*CONCLUDED, "refer", "referral.approve", "referral.deliver")

    letter = story.papers("crime_transfer")[-1]
    assert letter.facts["案件名称"].endswith("涉嫌生产、销售伪劣产品案")


def test_a_filed_case_is_named_after_the_cause_that_was_stated(story: Story) -> None:
    story.walk(*IN_CASE)

    approval = story.papers("filing_approval")[-1]
    assert approval.facts["案由"] == "销售超过保质期食品"


def test_before_a_case_is_filed_the_clue_goes_by_its_own_title(story: Story) -> None:
    story.walk(*ACCEPTED, "verify", "send_for_testing")

    commission = story.papers("testing_commission")[-1]
    assert commission.facts["案件名称"] == f"线索“{story.row().title}”"
