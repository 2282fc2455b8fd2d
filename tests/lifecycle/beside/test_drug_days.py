"""Drugs that were seized: 药品管理法100②, 药品管理法实施条例55 (2019 text, 待法制核对)."""

from tests.helpers.story import ACCEPTED, Story

DRUGS = {"legal_ground": "《中华人民共和国药品管理法》第一百条第二款"}
VERIFYING = (*ACCEPTED, "verify")


def _seized(story: Story) -> None:
    story.walk(*VERIFYING)
    story.does("measure.seize", **DRUGS)


def test_seven_days_from_the_seizure_it_is_decided_whether_a_case_is_filed(story: Story) -> None:
    _seized(story)
    assert story.due("yg100") == "2026-05-18T23:59"

    story.walk("conclude", "file_case")

    assert not {"yg100", "yg100_report"} & story.open_rules()


def test_what_is_tested_has_fifteen_days_from_its_report(story: Story) -> None:
    _seized(story)
    story.does("send_for_testing", testing_until="2026-05-30")
    assert "yg100" not in story.open_rules()
    story.waits_until("2026-05-22T09:00")

    story.does("receive_test_result", report_sent_on="2026-05-21")

    assert story.due("yg100_report") == "2026-06-05T23:59"


def test_a_release_ends_them(story: Story) -> None:
    _seized(story)

    story.does("measure.release")

    assert "yg100" not in story.open_rules()


def test_other_goods_have_no_such_days(story: Story) -> None:
    story.walk(*VERIFYING, "measure.seize")

    assert "yg100" not in story.open_rules()


def test_being_late_refuses_nothing(story: Story) -> None:
    """The regulation was seen in an older text: it warns."""
    _seized(story)
    story.waits(days=9)

    story.walk("conclude")
    assert story.does("file_case").state == "in_case"
