"""The letter to the procuratorate says what the police did, and what they have not done."""

from tests.helpers.story import RECEIVED, Story


def test_an_overdue_decision_is_told_with_its_law(story: Story) -> None:
    story.walk(*RECEIVED)
    story.waits(days=30)
    story.does("referral.ask_supervision")

    told = story.papers("filing_supervision_proposal")[-1].facts
    assert told["监督事由"] == "逾期未决定"
    assert "公安立案审查”应于" in str(told["审查经过"])
    assert "至今未完成" in str(told["审查经过"])
    assert told["监督依据"] == "《人民检察院刑事诉讼规则》第五百五十七条、第五百六十二条"


def test_a_refusal_rests_on_the_article_about_refusals(story: Story) -> None:
    story.walk(*RECEIVED, "referral.refuse", "referral.ask_supervision")

    told = story.papers("filing_supervision_proposal")[-1].facts
    assert "第九条第一款" in str(told["监督依据"])
    assert "至今未" not in str(told["审查经过"])
