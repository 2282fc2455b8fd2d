"""The penalty: two officers, review, notice, hearing, and one fine for one act."""

import pytest

from tests.helpers.story import CONCLUDED, IN_CASE, REVIEWED, Story


def _noticed(story: Story, right: str = "statement") -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right=right)


def test_two_certified_officers_of_the_department_investigate(story: Story) -> None:
    story.walk(*CONCLUDED)

    assert "不得少于2人" in story.refused("file_case", case_officers=["handler"])
    assert "没有执法证号" in story.refused("file_case", case_officers=["handler", "legal"])
    assert "不是本部门人员" in story.refused("file_case", case_officers=["handler", "health"])


@pytest.mark.parametrize(
    ("ended", "grave", "in_time"),
    [
        ("2024-05-11", False, True),
        ("2024-05-10", False, False),
        ("2024-05-10", True, True),
        ("2021-05-11", True, True),
        ("2021-05-10", True, False),
    ],
)
def test_offences_lapse_after_two_years_or_five(
    story: Story, ended: str, grave: bool, in_time: bool
) -> None:
    story.walk(*CONCLUDED)
    told = {"offence_ended_on": ended, "grave": grave}
    if grave:
        assert "有什么危害后果" in story.refused("file_case", **told)
        told["grave_reason"] = "涉及婴幼儿食品安全，三名婴儿腹泻住院，有病历"

    if in_time:
        assert story.does("file_case", **told).state == "in_case"
    else:
        reasons = story.refused("file_case", **told)
        assert "已过追责时效" in reasons
        assert "第三十六条" in reasons


def test_facts_are_recorded_before_the_investigation_ends(story: Story) -> None:
    story.walk(*IN_CASE)

    assert "尚未登记违法事实" in story.refused("case.report")


def test_no_decision_is_drafted_without_review(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts", "case.report")

    reasons = story.refused("case.decide")

    assert "当前状态为「调查终结」" in reasons


def test_who_investigated_does_not_review(story: Story) -> None:
    story.does("register")
    story.walk("dispatch", "accept", "verify", "conclude")
    story.does("file_case", case_officers=["handler", "colleague"])
    story.walk("case.assign_officers", "case.record_facts", "case.report", "case.send_for_review")

    reasons = story.refused("case.pass_review", by="colleague")

    assert "李协办是本案办案人员或者正在代其办理，不得作为审核人员" in reasons
    assert "只能由法制人员操作" in reasons


def test_a_review_is_due_in_ten_working_days(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")

    assert story.due("cx55") == "2026-05-25T23:59"
    story.does("case.send_back")
    assert story.state("case") == "investigating"
    assert "cx55" not in story.open_rules()


def test_the_party_has_five_working_days_before_the_decision(story: Story) -> None:
    _noticed(story)

    assert "期限尚未届满（至2026年5月18日）" in story.refused("case.decide")
    story.waits_until("2026-05-19T09:00")
    assert story.does("case.decide").state == "decided"


def test_a_statement_is_weighed_and_stands_in_the_decision(story: Story) -> None:
    _noticed(story)
    story.does("case.record_statement")

    story.does("case.decide")

    text = story.text("penalty_decision")
    assert "当事人提出：经营困难，请求从轻。本机关复核意见：不予采纳" in text
    assert "罚款人民币壹万元整（10,000.00元）" in text
    assert "示例市人民政府" in text
    assert "当事人未提出陈述" not in text


def test_a_notice_counts_from_its_service(story: Story) -> None:
    """处罚法第四十四条: what was handed over on an earlier day was made on paper by then."""
    story.walk(*REVIEWED)
    story.waits_until("2026-05-20T09:00")

    served = {"notice_served_on": "2026-05-18T09:00"}
    assert "告知书在本次办理时才制发" in story.refused("case.notice", **served)
    early = {"notice_paper_no": "示市监罚告〔2026〕9号", "notice_paper_on": "2026-05-10"}
    assert "不能早于审核通过的时间" in story.refused("case.notice", **served, **early)
    late = early | {"notice_paper_on": "2026-05-19"}
    assert "不能晚于送达时间" in story.refused("case.notice", **served, **late)
    story.does("case.notice", **served, **early | {"notice_paper_on": "2026-05-18"})

    assert "早于上一次告知" in story.refused(
        "case.notice", **served, **early | {"notice_paper_on": "2026-05-18"}
    )
    assert story.due("cf64_apply") == "2026-05-25T23:59"


def test_a_hearing_needs_the_right_to_it(story: Story) -> None:
    _noticed(story)

    assert "未告知要求听证的权利" in story.refused("case.request_hearing")


def test_a_hearing_is_asked_for_in_time(story: Story) -> None:
    _noticed(story, "hearing")
    story.waits_until("2026-05-19T09:00")

    assert "视为放弃" in story.refused("case.request_hearing")


def test_a_hearing_is_announced_seven_working_days_ahead(story: Story) -> None:
    _noticed(story, "hearing")
    story.does("case.request_hearing")
    assert story.running("cx64").paused

    reasons = story.refused("case.schedule_hearing", hearing_at="2026-05-19T09:00")
    assert "7个工作日前送达" in reasons
    assert "2026年5月21日" in reasons

    story.does("case.schedule_hearing", hearing_at="2026-05-21T09:00")
    assert "听证室" in story.text("hearing_notice")
    assert story.due("cf64_notice") == "2026-05-11T23:59"


def test_the_presider_did_not_investigate(story: Story) -> None:
    _noticed(story, "hearing")
    story.does("case.request_hearing")

    assert "非本案调查人员主持" in story.refused("case.schedule_hearing", presider="colleague")


def test_a_hearing_is_held_on_its_day_and_the_case_discussed(story: Story) -> None:
    _noticed(story, "hearing")
    story.does("case.request_hearing")
    assert "尚未确定听证时间" in story.refused("case.hold_hearing")
    story.walk("case.schedule_hearing", "case.serve_hearing_notice")
    assert "尚未到" in story.refused("case.hold_hearing")
    before = story.running("cx64").due_at

    story.waits(days=22)
    story.does("case.hold_hearing")
    assert story.running("cx64").due_at > before
    assert "须经负责人集体讨论决定" in story.refused("case.decide")
    assert "听证后尚未法制审核" in story.refused("case.decide")
    story.walk("case.send_hearing_for_review", "case.pass_hearing_review")
    story.walk("case.discuss", "case.decide")

    assert "听证认为事实清楚" in story.text("penalty_decision")


def test_a_heavy_penalty_is_discussed_even_without_a_hearing(story: Story) -> None:
    _noticed(story, "hearing")
    story.waits_until("2026-05-19T09:00")

    assert "集体讨论" in story.refused("case.decide")


def test_one_act_is_fined_once_and_filing_is_never_barred(story: Story) -> None:
    """处罚法29: it forbids a second fine for one act, no case, no warning, no fine for another."""
    _noticed(story)
    story.walk("case.record_statement", "case.decide")
    first = story.row().no
    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None, title="反映标签虚假")
    other.walk("dispatch", "accept", "verify", "conclude")
    other.does("file_case", cause="标签虚假", offence_ended_on="2026-04-01")
    other.walk(*REVIEWED[6:])

    same = other.refused("case.notice", act_apart="same")
    assert first in same and "不得再次罚款" in same and "第二十九条" in same
    asked = other.refused("case.notice", act_apart=None, apart_act="", apart_time=None)
    told = (
        "可能是同一违法行为",
        "先在「与已罚款行为的关系」选择",
        "填写「行为的不同」、「时间的不同」",
    )
    assert [one for one in told if one not in asked] == []
    empty = {"apart_act": "不同", "apart_time": "不同", "apart_place": "不同"}
    assert "不少于20个字" in other.refused("case.notice", **empty)
    other.does("case.notice")
    other.does("case.record_statement")
    assert "不得再次罚款" in other.refused("case.decide", act_apart="same")
    blank = dict.fromkeys(("act_apart", "apart_act", "apart_time", "apart_place"))
    other.does("case.decide", **blank)
    assert ("shili-justice", "supervisor") in other.told("case.decide")

    third = Story(story.office, now=other.now)
    third.does("register", outside_no=None, title="没有公示许可证")
    third.walk("dispatch", "accept", "verify")
    before = {"offence_ended_on": "2026-05-01", **blank}
    assert "可能是同一违法行为" in third.refused("penalise_on_spot", **before)
    third.does("penalise_on_spot", offence_ended_on="2026-05-01")
    assert ("shili-justice", "supervisor") in third.told("clue.penalise_on_spot")


def test_who_offends_again_is_fined_again(story: Story) -> None:
    _noticed(story)
    story.walk("case.record_statement", "case.decide")
    story.waits_until("2026-07-13T08:00")

    story.walk(*CONCLUDED)

    assert story.does("file_case", offence_ended_on="2026-07-10").state == "in_case"


def test_other_matters_of_the_same_party_stand_alone(story: Story) -> None:
    _noticed(story)
    story.walk("case.record_statement", "case.decide")

    story.does("register", title="举报鑫源食品虚假宣传")
    story.does("dispatch", matter="advertising")
    story.walk("accept", "verify", "conclude")

    assert story.does("file_case", offence_ended_on="2026-04-01").state == "in_case"


def test_a_warning_is_no_bar_to_a_fine(story: Story) -> None:
    warning = {"planned_kinds": ["warning"], "planned_fine": None, "planned_penalty": None}
    story.walk(*REVIEWED)
    story.does("case.notice", **warning)
    story.does("case.record_statement")
    story.does("case.decide", penalty_kinds=["warning"], fine=None, penalty=None, publish="exempt")

    story.walk(*CONCLUDED)

    assert story.does("file_case").state == "in_case"


def test_who_does_not_publish_says_who_approved_it(story: Story) -> None:
    _noticed(story)
    story.does("case.record_statement")

    assert "写明理由及批准情况" in story.refused("case.decide", publish="exempt")
    story.does("case.decide", publish="exempt", exemption="涉未成年人，赵局长批准")
    assert "gs9" not in story.open_rules()
    story.does("case.serve")
    assert "没有待公示的处罚决定" in story.refused("case.record_publication")


def test_a_case_is_not_closed_before_publication(story: Story) -> None:
    _noticed(story)
    story.walk("case.record_statement", "case.decide", "case.serve", "case.pay", "case.enforce")
    assert story.due("gs9") == "2026-06-08T23:59"

    assert "尚未公示" in story.refused("case.close")
    story.walk("case.record_publication", "case.close")

    assert story.state("case") == "closed"
    assert "示市监处罚〔2026〕1号" in story.text("closing_approval")


def test_a_decision_is_served_after_it_was_made(story: Story) -> None:
    _noticed(story)
    story.walk("case.record_statement", "case.decide")

    assert "不能早于决定时间" in story.refused("case.serve", served_on="2026-05-10T09:00")
    assert "不能晚于现在" in story.refused("case.serve", served_on="2026-06-10T09:00")


def test_no_penalty_is_a_decision_too(story: Story) -> None:
    story.walk(*REVIEWED, "case.decide_no_penalty", "case.serve", "case.enforce", "case.close")

    assert "已进行批评教育" in story.text("no_penalty_decision")
    assert "cx72" not in {clock.rule for clock in story.clocks("cx72")}


def test_goods_are_not_forgotten(story: Story) -> None:
    story.walk(*IN_CASE, "case.preserve", "case.seize")
    assert story.due("cf56") == "2026-05-20T23:59"
    assert "已有登记保存的物品" in story.refused("case.preserve")
    assert "已有查封扣押的物品" in story.refused("case.seize")
    story.does("case.terminate")

    assert "登记保存、查封扣押" in story.refused("case.close")


DISCUSSED = {
    "extension_discussed_on": "2026-05-11T15:00",
    "extension_attendants": "赵局长、王科长",
    "extension_discussion": "外省协查尚未回函，仍不能办结",
    "extension_result": "同意再延长三十日",
}


def test_a_decision_after_its_limit_says_why(story: Story) -> None:
    """处罚法60: it stays due, its reason is on the approval, the supervisor is told."""
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=120)
    for action in ("case.decide", "case.decide_no_penalty"):
        told = story.refused(action, late_reason=None)
        assert "办案期限已于2026年8月10日届满" in told and "第六十条" in told

    story.does("case.decide", late_reason="等待外省协查回函")

    assert "超过办案期限作出决定：等待外省协查回函" in story.text("decision_approval")
    assert ("shili-justice", "supervisor") in story.told("case.decide")


def test_a_case_is_extended_by_head_then_principal_and_not_after_its_end(story: Story) -> None:
    story.walk(*IN_CASE)
    assert story.due("cx64") == "2026-08-10T23:59"
    assert "有权者批准" in story.refused("case.extend", by="principal", days=20)

    story.does("case.extend")
    assert story.due("cx64") == "2026-09-08T23:59"
    assert "有权者批准" in story.refused("case.extend", by="head")
    undated = story.refused("case.extend", by="principal", **DISCUSSED)
    assert "须由批准人确定延长多少" in undated
    told = story.refused("case.extend", by="principal", days=30)
    assert "集体讨论决定是否继续延期" in told and "「延期集体讨论情况」" in told  # 程序规定64

    story.does("case.extend", by="principal", days=30, **DISCUSSED)
    assert story.due("cx64") == "2026-10-08T23:59"
    record = story.text("discussion_record")
    assert "同意再延长三十日" in record and "赵局长、王科长" in record
    story.waits_until("2026-10-09T09:00")
    assert "届满后不得延长" in story.refused("case.extend", by="principal", days=30)


def test_testing_and_suspension_stop_the_limit_of_the_case(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize", "case.commission")
    assert story.running("cx64").paused
    assert story.due("cx38") == "2026-06-17T23:59"  # told until 18 May, and no longer
    assert "尚未出具结论" in story.refused("case.suspend")

    story.waits(days=10)
    story.walk("case.record_result", "case.suspend")
    assert story.running("cx64").paused
    assert story.due("cx38") == "2026-06-17T23:59"

    story.does("case.resume")
    assert story.due("cx64") == "2026-08-18T23:59"
