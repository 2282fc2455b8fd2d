"""A statement is no waiver: the days for asking a hearing run on until they end or are waived."""

from tests.helpers.story import REVIEWED, Story


def _noticed_with_hearing(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")


def test_a_statement_does_not_end_the_days_for_asking_a_hearing(story: Story) -> None:
    _noticed_with_hearing(story)
    story.walk("case.record_statement", "case.discuss")

    reasons = story.refused("case.decide")

    assert "要求听证的期限尚未届满（至2026年5月18日）" in reasons
    assert "陈述申辩不等于放弃听证" in reasons
    assert "第六十四条" in reasons
    assert "陈述申辩的期限" not in reasons
    assert story.does("case.request_hearing").state == "hearing"


def test_a_decision_follows_the_end_of_the_days_for_a_hearing(story: Story) -> None:
    _noticed_with_hearing(story)
    story.walk("case.record_statement", "case.discuss")
    story.waits_until("2026-05-19T09:00")

    assert story.does("case.decide").state == "decided"


def test_a_written_waiver_ends_the_days_for_a_hearing(story: Story) -> None:
    _noticed_with_hearing(story)
    story.does("case.record_statement", hearing_waived=True)
    story.does("case.discuss")

    assert story.does("case.decide").state == "decided"
