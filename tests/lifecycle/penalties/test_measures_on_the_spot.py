"""Measures before a case and on the spot.

行政强制法第十八条、第十九条、第二十五条，程序规定第三十三条、第三十六条。
"""

from datetime import timedelta

import pytest

from tests.helpers.story import ACCEPTED, CONCLUDED, RECEIVED, Story

APPROVED = {"prior_approved_at": "2026-05-12T08:30", "prior_approval_no": "示市监强批〔2026〕7号"}


def _ago(story: Story, **time: int) -> str:
    return (story.now + timedelta(hours=1) - timedelta(**time)).isoformat(timespec="minutes")


def test_two_officers_seize_on_the_spot_and_have_it_approved_within_a_day(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits(days=2)
    taken = _ago(story, hours=5)

    story.does("measure.seize_on_spot", taken_at=taken)

    assert story.state("measure") == "awaiting"
    assert story.due("cx36")[:16] == "2026-05-14T08:00"
    assert "实施时间：2026年5月13日8时00分" in story.text("seizure_decision")
    assert not story.papers("matter_approval")
    assert "应当制作现场笔录" in story.refused("measure.approve")
    story.does("record.scene", occasion="measure")
    story.does("measure.approve")
    assert story.state("measure") == "running"
    assert "cx36" not in story.open_rules()
    assert "当场采取措施补办批准手续" in story.text("matter_approval")


def test_a_seizure_counts_from_the_day_on_which_it_was_taken(story: Story) -> None:
    """Booked three days later, it still ends thirty days after it was taken."""
    story.walk(*ACCEPTED)
    story.waits(days=5)

    refusal = story.refused("measure.seize", taken_at="2026-05-13T09:00")
    assert "事前批准时间" in refusal and "第十八条" in refusal
    late = {"prior_approved_at": "2026-05-13T10:00", "prior_approval_no": "示市监强批〔2026〕7号"}
    assert "不是事前批准" in story.refused("measure.seize", taken_at="2026-05-13T09:00", **late)
    story.does("measure.seize", taken_at="2026-05-13T09:00", **APPROVED)
    assert "实施之前已于2026年5月12日8时30分批准（示市监强批" in story.text("matter_approval")

    assert story.due("cx38") == "2026-06-12T23:59"
    assert "2026年5月13日至2026年6月12日" in story.text("seizure_decision")


def test_a_seizure_of_a_case_counts_from_the_day_on_which_it_was_taken(story: Story) -> None:
    story.walk(*CONCLUDED, "file_case", "case.assign_officers")
    story.waits(days=3)

    assert "第五十六条" in story.refused("case.preserve", taken_at="2026-05-12T09:30")
    story.does("case.seize", taken_at="2026-05-12T09:00", **APPROVED)
    story.does("case.preserve", taken_at="2026-05-12T09:30", **APPROVED)

    assert story.due("cx38") == "2026-06-11T23:59"
    assert story.due("cf56") == "2026-05-21T23:59"
    assert "登记保存时间：2026年5月12日9时30分" in story.text("preservation_notice")


def test_the_fact_may_lie_before_the_last_event_but_not_in_the_future(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits(days=1)

    assert "不能晚于现在" in story.refused("measure.seize_on_spot", taken_at="2026-06-01T09:00")
    assert "不能早于收到线索的时间" in story.refused(
        "measure.seize_on_spot", taken_at="2026-05-01T09:00"
    )


@pytest.mark.parametrize(
    ("action", "paper"),
    [
        ("measure.seize_on_spot", "seizure_release"),
        ("measure.preserve_on_spot", "preservation_release"),
    ],
)
def test_a_head_who_does_not_approve_releases_at_once(
    story: Story, action: str, paper: str
) -> None:
    story.walk(*ACCEPTED, action)

    story.does("measure.refuse", reason="没有采取措施的必要，立即退还")

    assert story.state("measure") == "released"
    assert not {"cx36", "cx33", "cx38", "cf56"} & story.open_rules()
    assert "立即退还" in story.text(paper)
    assert "不同意，立即解除" in story.text("matter_approval")


def test_one_officer_alone_takes_nothing(story: Story) -> None:
    story.walk(*ACCEPTED)

    refusal = story.refused("measure.seize_on_spot", measure_officers=["handler"])

    assert "2名以上行政执法人员" in refusal
    assert "第十八条" in refusal


def test_no_measure_in_a_matter_that_nobody_signed_for(story: Story) -> None:
    story.walk("register", "dispatch")

    assert "尚未签收" in story.refused("measure.seize")


def test_no_paper_of_a_measure_goes_to_nobody(story: Story) -> None:
    story.does("register", subject_name=None)
    story.walk("dispatch", "accept")

    assert "当事人不明" in story.refused("measure.preserve")
    story.does("measure.preserve", subject_name="示例市鑫源食品有限公司")
    assert "示例市鑫源食品有限公司" in story.text("preservation_notice")


def test_the_case_takes_the_measure_over_with_its_days(story: Story) -> None:
    story.walk(*ACCEPTED, "measure.seize")
    due = story.due("cx38")
    story.walk("verify", "conclude", "file_case", "case.assign_officers")
    assert story.due("cx38") == due

    story.does("case.terminate")
    assert "查封扣押的物品未处理" in story.refused("case.close")
    story.does("measure.release")

    story.does("case.close")
    assert story.state("case") == "closed"


def test_a_clue_is_not_closed_over_goods_that_are_held(story: Story) -> None:
    story.walk(*ACCEPTED, "measure.preserve", "verify")
    story.does("conclude", finding="unfounded")

    assert "强制措施和登记保存" in story.refused("dismiss")
    story.does("measure.deal_with")
    story.does("dismiss")


def test_its_days_stand_still_while_goods_are_tested(story: Story) -> None:
    """强制法25③: for the period that the party was told, and no day longer."""
    story.walk(*ACCEPTED, "measure.seize")
    assert "「检验鉴定期限」" in story.refused("send_for_testing", testing_until=None)
    assert "长于查封扣押期限本身（30日）" in story.refused(
        "send_for_testing", testing_until="2029-05-18"
    )
    story.does("send_for_testing", testing_until="2026-05-18")
    assert story.papers("testing_period_notice")
    assert story.due("cx38") == "2026-06-17T23:59"
    story.waits(days=30)
    assert story.due("cx38") == "2026-06-17T23:59"

    grounds = {"testing_until": "2026-06-12", "testing_period_ground": "检验院函复须复检"}
    story.does("prolong_testing", **grounds)
    assert "2026年6月12日" in story.text("testing_period_notice")
    assert story.due("cx38") == "2026-06-19T23:59"  # the day of the telling counts (程序规定80)
    story.does("receive_test_result")

    assert story.due("cx38") == "2026-06-17T23:59"


def test_the_day_of_the_commission_counts_and_that_of_the_result_does_not(story: Story) -> None:
    """强制法25③, 程序规定80: testing, too, begins on the day after."""
    story.walk(*ACCEPTED, "measure.seize")
    story.waits_until("2026-05-15T09:00")
    story.does("send_for_testing", testing_until="2026-05-20")
    assert story.due("cx38") == "2026-06-15T23:59"  # 16 to 20 May are left out

    story.waits_until("2026-05-18T09:00")
    story.does("receive_test_result")

    assert story.due("cx38") == "2026-06-13T23:59"  # 16 to 18 May


def test_the_same_goods_are_not_taken_again_to_begin_their_days_anew(story: Story) -> None:
    """强制法25①、处罚法56: neither beside a measure that runs, nor at once after its release."""
    story.walk(*ACCEPTED, "measure.preserve", "measure.seize", "verify", "conclude", "file_case")
    assert "不得重复查封扣押" in story.refused("case.seize")
    assert "不得重复登记保存" in story.refused("case.preserve")
    story.walk("measure.release", "measure.deal_with")
    told = story.refused("case.seize")
    assert "没有新的事实不得再次查封扣押" in told and "第二十五条" in told
    assert "没有新的事实不得再次登记保存" in story.refused("case.preserve")

    again = {"goods_again": "new_facts", "goods_again_reason": "监控显示解除后又用它喷码"}
    story.does("case.seize", **again)
    story.does("case.release_seized")
    assert "不得再次查封扣押" in story.refused("case.seize")
    other = [{"名称": "封口机", "数量": "1"}]
    story.does("case.seize", seized_goods=other)


def test_an_approval_after_its_hours_says_why_and_the_supervisor_knows(story: Story) -> None:
    """强制法19."""
    story.walk(*ACCEPTED, "measure.seize_on_spot")
    story.does("record.scene", occasion="measure")
    story.waits(days=5)
    told = story.refused("measure.approve")
    assert "「逾期补办批准的理由」" in told and "第十九条" in told

    story.does("measure.approve", late_reason="负责人出差，次日才接到报告")

    assert "逾期补办批准的理由：负责人出差" in story.text("matter_approval")
    assert ("shili-justice", "supervisor") in story.told("measure.approve")


def test_it_is_extended_once_while_it_runs(story: Story) -> None:
    story.walk(*ACCEPTED, "measure.seize")

    story.does("measure.extend")

    assert story.due("cx38") == "2026-07-10T23:59"
    assert "已延长1次" in story.refused("measure.extend")


def test_its_goods_go_to_the_police_with_the_referral(story: Story) -> None:
    story.walk(*ACCEPTED, "measure.seize", *CONCLUDED[3:], "refer", "referral.approve")
    story.walk("referral.deliver", "referral.receipt", "referral.file", "referral.hand_over")

    assert story.state("measure") == "handed"
    assert "cx38" not in story.open_rules()
    assert story.papers("goods_transfer_notice")


def test_each_measure_cites_its_own_decision(story: Story) -> None:
    story.walk(*ACCEPTED, "measure.seize")
    story.does("measure.seize", seized_goods=[{"名称": "封口机", "数量": "1"}])
    first, second = (one.number or "" for one in story.papers("seizure_decision"))

    story.does("measure.release")

    assert second in story.text("seizure_release")
    assert first not in story.text("seizure_release")


def test_another_organ_preserves_on_the_spot_only_by_a_rule_of_its_own(story: Story) -> None:
    """处罚法第五十六条 asks for approval first; 程序规定第三十三条 binds market bureaus only."""
    story.does("register")
    story.does("dispatch", lead="shili-health")
    story.does("accept", by="health")
    officers = ["health", "health_second"]

    refusal = story.refused("measure.preserve_on_spot", by="health", measure_officers=officers)

    assert "第五十六条" in refusal
    assert "当场实施的依据" in refusal
    story.does(
        "measure.preserve_on_spot",
        by="health",
        measure_officers=officers,
        spot_ground="卫生行政处罚程序规定（条款由本机关填写）",
    )
    assert "cx33" not in story.open_rules()


def test_only_market_bureaus_say_that_preservation_ends_by_itself(story: Story) -> None:
    """程序规定第三十五条 binds nobody else."""
    story.walk(*ACCEPTED, "measure.preserve")
    assert "先行登记保存自动解除" in story.text("preservation_notice")

    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None)
    other.does("dispatch", lead="shili-health")
    other.does("accept", by="health")
    assert "不是本部门人员" in other.refused("measure.preserve", by="health_head")
    officers = ["health", "health_second"]
    other.does("measure.preserve", by="health_head", measure_officers=officers)
    assert "自动解除" not in other.text("preservation_notice")


@pytest.mark.parametrize("action", ["measure.seize", "measure.preserve"])
def test_two_officers_take_what_was_approved(story: Story, action: str) -> None:
    """强制法18(二), 处罚法42: also where the head approved it before."""
    story.walk(*ACCEPTED)

    assert "2名以上行政执法人员" in story.refused(action, measure_officers=["handler"])
    story.does(action)


def test_a_referral_that_is_received_may_still_hold_no_new_measure(story: Story) -> None:
    story.walk(*RECEIVED)

    assert "不能采取强制措施" in story.refused("measure.seize")
