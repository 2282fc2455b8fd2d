"""What was found to be a crime, and who a party is, cannot be talked away (310号令 3, 5②, 11①)."""

import pytest

from tests.helpers.story import IN_CASE, Story

UNDECIDED = "还没有对是否移送作出决定"


def test_a_finding_of_crime_is_decided_on_before_the_case_ends(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify")
    story.does("conclude", finding="criminal")
    story.walk("file_case", "case.assign_officers")

    assert UNDECIDED in story.refused("case.terminate")
    story.walk("refer")
    assert UNDECIDED in story.refused("case.terminate")
    story.does("referral.decline")
    assert story.does("case.terminate").state == "settled"


def test_a_met_threshold_is_not_sent_away_to_another_department(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", quantities={"sales_amount": "86000"}, screened=["fake_goods"])

    assert "应当移送公安机关" in story.refused("transfer_on")


@pytest.mark.parametrize("name", ["不详", "某某", "该店", "＊＊＊", "老板"])
def test_a_word_that_names_nobody_is_no_party(story: Story, name: str) -> None:
    """处罚法 40、59、程序规定 19: who is proceeded against has a name."""
    story.does("register", subject_name=None)
    story.walk("dispatch", "accept", "verify")
    assert "不是姓名或者单位全称" in story.refused("conclude", subject_name=name)
    story.does("conclude", subject_name=None)

    assert "当事人不明" in story.refused("file_case", subject_name=name)
