"""What was found to be a crime, and who a party is, cannot be talked away (310号令 3, 5②, 11①)."""

import pytest

from tests.helpers.filled_forms import ANSWERS
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
    told = story.refused("case.terminate", terminate_ground=None)
    assert "「终止调查的情形」" in told and "应当作出处罚或者不予处罚决定" in told
    named = {"terminate_ground": "other", "terminate_basis": "本局规定"}
    assert "写明第几条" in story.refused("case.terminate", **named)
    named["terminate_basis"] = "行政处罚法第三十三条第一款"  # 57, 58: no penalty is a decision
    assert "不予处罚决定" in story.refused("case.terminate", **named)
    assert story.does("case.terminate").state == "settled"


@pytest.mark.parametrize("finding", ["minor", "unlawful", "to_correct"])
def test_an_act_of_which_nothing_is_filed_was_screened(story: Story, finding: str) -> None:
    """310号令3: neither 不予立案 nor 联合治理 passes by the standards that bind a fine."""
    story.walk("register", "dispatch", "accept", "verify")
    story.does("conclude", finding=finding, summary="销售假冒奶粉金额900万元")
    ending = "govern" if finding == "to_correct" else "dismiss"
    means = {"means": "promise"} if finding == "to_correct" else {}

    silent = story.refused(ending, **means, nothing_measured=None, answers=None)
    assert "「涉案数额」" in silent and "「定性问题」" in silent and "第三条" in silent
    grave = {"nothing_measured": None, "quantities": {"sales_amount": "9000000"}}
    assert "请「退回补充核查」" in story.refused(ending, **means, **grave)
    story.does(ending, **means, nothing_measured=None, quantities={"sales_amount": "90"})
    assert story.state() == "closed"


CRIME: dict[str, object] = {"quantities": {"sales_amount": "86000"}, "screened": ["fake_goods"]}
LOWER: dict[str, object] = {**CRIME, "quantities": {"sales_amount": "8600"}}
GROUNDED: dict[str, object] = {
    **LOWER,
    "lowering_reason": "原登记计入了退货",
    "lowering_evidence": "退货单12份",
}


def test_a_met_threshold_leaves_by_no_other_way_than_a_decision_on_referral(story: Story) -> None:
    """310号令 3, 5②: neither transferred nor disputed away, nor agreed on from within a dispute."""
    story.walk(*IN_CASE, "dispute")
    story.does("case.record_facts", **CRIME)
    told = story.refused("dispute.agree", by="urban_head", lead="shili-urban")
    assert "应当移送公安机关" in told and "仍由示例市市场监督管理局主办" in told
    story.does("dispute.agree", by="handler", lead="shili-market")

    assert story.state() == "in_case"
    assert "应当移送公安机关" in story.refused("transfer_on")
    assert "应当移送公安机关" in story.refused("dispute")


def test_who_takes_a_matter_over_by_order_decides_on_the_crime_found_before(story: Story) -> None:
    """310号令 3: the superior's order moves the matter, and what was found in it."""
    story.walk(*IN_CASE, "dispute", "dispute.ask_coordination", "dispute.propose")
    story.does("case.record_facts", **CRIME)
    story.walk("dispute.decide")
    story.does("accept", by="urban")
    story.does("verify", by="urban")
    story.does("conclude", by="urban", finding="minor")

    assert "涉嫌犯罪的认定还没有处理" in story.refused("dismiss", by="urban_head")


def test_figures_are_not_lowered_past_a_threshold_in_silence(story: Story) -> None:
    """310号令 3, 5②: a reason and evidence, and then the principal, before anything is decided."""
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)
    told = story.refused("case.record_facts", **LOWER)
    assert "「更正后不再达到涉嫌犯罪标准的理由」、「更正依据的证据」" in told
    assert "没有需要撤销" in story.refused("crime_revocation.revoke")

    story.does("case.record_facts", **GROUNDED)
    assert ("shili-justice", "supervisor") in story.told("case.record_facts")
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    told = story.refused("case.notice")
    assert "此后更正、降低而没有决定是否移送" in told and "撤销涉嫌犯罪认定" in told
    assert "主要负责人" in story.refused("crime_revocation.revoke", by="head")

    story.does("crime_revocation.revoke")
    assert "退货" in story.text("matter_approval")
    assert ("shili-justice", "supervisor") in story.told("crime_revocation.revoke")
    story.walk("case.notice")


def test_a_decision_on_referral_settles_what_was_lowered_too(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)
    story.does("case.record_facts", **GROUNDED)
    story.walk("refer", "referral.decline")
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")

    assert "没有需要撤销" in story.refused("crime_revocation.revoke")


def test_nothing_is_confiscated_past_a_threshold_that_was_not_recorded(story: Story) -> None:
    """310号令 3, 11①: small figures recorded and large gains taken."""
    story.walk(*IN_CASE)
    grave = {"offence": "false_advertising", "tier": "grave", "answer": "否"}
    said = {"screened": ["false_advertising"], "answers": [*ANSWERS, grave]}
    story.does("case.record_facts", **said)
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    gains = {"planned_kinds": ["illegal_gains"], "planned_fine": None, "notice_right": "hearing"}

    told = story.refused("case.notice", **gains, planned_confiscated="300000")
    assert "按没收的数额已达涉嫌犯罪标准" in told and "虚假广告罪" in told
    story.does("case.notice", **gains, planned_confiscated="1200")


def test_a_finding_of_crime_does_not_become_a_slight_one_in_silence(story: Story) -> None:
    """310号令 3: verified once more, it is still decided on, or revoked with reasons."""
    story.walk("register", "dispatch", "accept", "verify")
    story.does("conclude", finding="criminal")
    story.does("resume_verification")
    assert "移送" in story.refused("recognise_complaint")
    story.walk("verify")
    story.does("conclude", finding="minor")

    assert "核查结论曾为涉嫌犯罪" in story.refused("dismiss")
    assert "核查结论曾为涉嫌犯罪" in story.refused("penalise_on_spot")
    story.walk("crime_revocation.revoke", "dismiss")
    assert story.state() == "closed"


@pytest.mark.parametrize("name", ["不详", "某某", "该店", "＊＊＊", "老板"])
def test_a_word_that_names_nobody_is_no_party(story: Story, name: str) -> None:
    """处罚法 40、59、程序规定 19: who is proceeded against has a name."""
    story.does("register", subject_name=None)
    story.walk("dispatch", "accept", "verify")
    assert "不是姓名或者单位全称" in story.refused("conclude", subject_name=name)
    story.does("conclude", subject_name=None)

    assert "当事人不明" in story.refused("file_case", subject_name=name)
