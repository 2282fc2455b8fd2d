"""What belongs to another department is transferred to it; it never ends as 不予立案."""

from dataclasses import replace

import pytest

from flows.door.steps import Command, perform
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, REVIEWED, Story

ELSEWHERE = (*ACCEPTED, "verify")


def _found_elsewhere(story: Story) -> None:
    story.walk(*ELSEWHERE)
    story.does("conclude", finding="elsewhere", opinion="属城市管理部门职责")


def test_what_was_found_to_be_anothers_is_transferred(story: Story) -> None:
    """程序规定第十四条、第十七条第一款."""
    _found_elsewhere(story)

    story.does("transfer_on")

    assert (story.state(), story.row().department_id) == ("dispatched", "shili-urban")
    assert "经查属占道经营" in story.text("transfer_letter")
    assert "cx18" not in story.open_rules()


@pytest.mark.parametrize("action", ["dismiss", "govern"])
def test_nothing_ends_because_it_is_somebody_elses(story: Story, action: str) -> None:
    _found_elsewhere(story)

    reasons = story.refused(action)

    assert "属其他部门职责" in reasons
    assert "「移送其他部门」" in reasons
    assert "第十七条" in reasons


def test_what_was_transferred_in_and_is_not_ones_own_goes_to_the_superior(story: Story) -> None:
    """程序规定第十四条: 不得再自行移送."""
    _found_elsewhere(story)
    story.does("transfer_on")
    assert "不得再自行移送" in story.refused("return", by="urban", competent="shili-health")
    story.does("accept", by="urban")
    story.does("verify", by="urban")
    story.does("conclude", by="urban", finding="elsewhere")
    again = story.refused("transfer_on", by="urban_head", lead="shili-health")
    assert "《中华人民共和国行政处罚法》第二十五条" in again, "the market rules do not bind it"
    assert "食品安全法" not in again

    reasons = story.refused("dismiss", by="urban_head")
    assert "「提出管辖异议」" in reasons
    assert story.does("dispute", by="urban_head", opponent="shili-market").state == "disputed"


def test_what_a_bureau_sends_by_letter_is_not_returned_either(story: Story) -> None:
    """程序规定第十四条: the letter of a bureau that registered the clue is a transfer too."""
    clerk = replace(actor("handler"), roles=frozenset({"intake_clerk"}))
    registered = Command("register", form=story.command("register", channel="inspection").form)
    story.clue = perform(story.office, registered, clerk, story.now).clue_id
    sent = story.command("dispatch", lead="shili-urban")
    perform(story.office, sent, clerk, story.now)
    assert story.papers("transfer_letter")

    assert "不得再自行移送" in story.refused("return", by="urban", competent="shili-health")
    assert story.does("dispute", by="urban_head", opponent="shili-market").state == "disputed"


def test_who_was_assigned_a_matter_does_not_find_it_anothers(story: Story) -> None:
    story.walk(*ACCEPTED, "dispute")
    story.does("dispute.agree", by="urban_head")
    story.does("accept", by="urban")
    story.does("verify", by="urban")

    reasons = story.refused("conclude", by="urban", finding="elsewhere")

    assert "经指定（商定）管辖，由本部门办理" in reasons


def test_a_filed_case_is_transferred_and_closed(story: Story) -> None:
    """程序规定第六十条、第七十七条第一款第（四）项."""
    story.walk(*IN_CASE)

    story.does("transfer_on")

    assert (story.state(), story.state("case")) == ("dispatched", "transferred")
    assert "案件移送有管辖权的行政机关" in story.text("closing_approval")
    assert "cx64" not in story.open_rules()
    assert story.does("case.archive").state == "archived"


def test_the_receiver_files_a_case_of_his_own(story: Story) -> None:
    story.walk(*IN_CASE, "transfer_on")
    story.does("accept", by="urban")
    story.does("verify", by="urban")
    story.does("conclude", by="urban")
    officers = {"case_officers": ["urban", "urban_head"]}

    story.does("file_case", by="urban_head", **officers)

    assert [(one.department_id, one.state) for one in story.processes("case")] == [
        ("shili-market", "transferred"),
        ("shili-urban", "filed"),
    ]
    assert story.running("cf60").owner_id == "shili-urban"


def test_goods_are_released_before_a_case_leaves_its_organ(story: Story) -> None:
    """行政强制法第二十五条."""
    story.walk(*IN_CASE, "case.seize")

    assert "尚有查封扣押的物品" in story.refused("transfer_on")

    story.does("case.release_seized")
    assert story.does("transfer_on").state == "dispatched"


@pytest.mark.parametrize("took", ["measure.seize", "measure.seize_on_spot", "measure.preserve"])
def test_measures_beside_a_clue_end_before_it_is_transferred(story: Story, took: str) -> None:
    """行政强制法25、28: nobody keeps goods for a matter that is another organ's."""
    story.walk(*ACCEPTED, took)
    assert "移送前请先处理、解除" in story.refused("transfer_on")

    frees = "measure.deal_with" if took == "measure.preserve" else "measure.release"
    story.does(frees)

    assert story.does("transfer_on").state == "dispatched"


@pytest.mark.parametrize(
    ("finding", "told"), [("elsewhere", "属其他部门职责"), ("unfounded", "不属实")]
)
def test_nobody_is_punished_on_the_spot_against_the_finding(
    story: Story, finding: str, told: str
) -> None:
    """行政处罚法17、40: neither for what is another organ's nor for what is not so."""
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding=finding)

    assert told in story.refused("penalise_on_spot")

    story.walk("resume_verification")
    assert story.does("penalise_on_spot").state == "on_spot"


def test_a_decided_case_is_not_transferred(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")

    assert "已经作出决定" in story.refused("transfer_on")


def test_a_suspected_crime_goes_to_the_police_and_not_to_a_colleague(story: Story) -> None:
    story.walk(*ELSEWHERE)
    story.does("conclude", finding="criminal")

    assert "应当提出移送" in story.refused("transfer_on")


def test_who_reported_is_told_in_writing_where_it_went(story: Story) -> None:
    """食品安全法第一百一十五条."""
    story.walk(*CONCLUDED)

    story.does("transfer_on")

    text = story.text("reporter_transfer_notice")
    assert "示例市城市管理局" in text
    assert "《中华人民共和国食品安全法》第一百一十五条" in text
    assert "刘小民" in text
    assert story.papers("reporter_transfer_notice")[0].facts["举报人"] == "刘**"


def test_the_law_on_food_is_quoted_for_food_only(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", matter="social_noise")
    story.walk("accept", "transfer_on")

    assert "食品安全法" not in story.text("reporter_transfer_notice")


def test_nobody_is_written_to_where_nobody_is_known(story: Story) -> None:
    story.does("register", reporter_name=None, reporter_phone=None)
    story.walk("dispatch", "accept", "transfer_on")

    assert not story.papers("reporter_transfer_notice")


def test_a_case_is_not_offered_where_the_finding_forbids_it(story: Story) -> None:
    """The refusal stands before the form is filled in: 立案 is not offered."""
    _found_elsewhere(story)

    assert "不符合立案条件" in story.refused("file_case")
