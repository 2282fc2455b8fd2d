"""After the referral: receipt, supplement, filing or refusal, reconsideration and supervision."""

import pytest

from tests.helpers.story import APPROVED, IN_CASE, RECEIVED, Story

DELIVERED = (*APPROVED, "referral.deliver")


def _with_case(story: Story) -> None:
    """A case above the threshold that the police have received."""
    story.walk(*IN_CASE)
    story.does("case.record_facts", quantities={"sales_amount": "86000"}, screened=["fake_goods"])
    story.walk("refer", "referral.approve", "referral.deliver", "referral.receipt")


def test_the_receipt_starts_three_days_for_an_ordinary_crime(story: Story) -> None:
    story.walk(*RECEIVED)

    assert story.open_rules() >= {"310_review"}
    assert "jf16_max" not in story.open_rules()
    assert story.due("310_review") == "2026-05-14T23:59"
    assert story.running("310_review").owner_id == "shili-police"
    assert "只有经济犯罪、环境犯罪、药品犯罪案件" in story.refused("referral.extend_review")


def test_an_economic_crime_has_ten_days_and_a_ladder(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify", "conclude")
    story.does("refer", offences=["illegal_fundraising"])
    story.walk("referral.approve", "referral.deliver", "referral.receipt")
    assert "310_review" not in story.open_rules()
    assert story.due("jf16_max") == "2026-05-21T23:59"

    story.does("referral.extend_review")
    assert story.due("jf16_max") == "2026-06-10T23:59"
    story.does("referral.extend_review")
    assert story.due("jf16_max") == "2026-07-10T23:59"
    assert "不得再次延长" in story.refused("referral.extend_review")


def test_a_receipt_counts_from_the_minute_it_names(story: Story) -> None:
    story.walk(*DELIVERED)
    delivered = story.now
    story.waits(days=2)

    assert "不能早于移送时间" in story.refused("referral.receipt", received_at="2026-05-11T09:00")
    story.does("referral.receipt", received_at=delivered.isoformat())

    assert story.due("310_review") == "2026-05-14T23:59"


def test_only_the_police_addressed_sign_the_receipt(story: Story) -> None:
    story.walk(*DELIVERED)

    assert "您所在部门不是" in story.refused("referral.receipt", by="county_police")
    assert "只能由公安联络员操作" in story.refused("referral.receipt", by="handler")


def test_incomplete_materials_are_supplemented_not_refused(story: Story) -> None:
    story.walk(*DELIVERED)
    story.does("referral.receipt", complete="incomplete")
    clock = story.running("ga180_notice")
    assert (clock.due_at - clock.started_at).total_seconds() == 24 * 3600
    assert "不得以材料不全为由不予立案" in story.refused(
        "referral.refuse", ground_kind="incomplete"
    )

    story.does("referral.ask_supplement")
    assert story.due("ga180_supp")[:10] == "2026-05-14"
    story.does("referral.supplement")

    assert story.state("referral") == "received"
    assert {"ga180_notice", "ga180_supp"}.isdisjoint(story.open_rules())
    assert "已注明材料齐全" in story.refused("referral.ask_supplement")
    assert len(story.papers("materials_list")) == 2


def test_police_without_jurisdiction_forward_and_the_next_ones_sign(story: Story) -> None:
    story.walk(*DELIVERED)
    story.does("referral.receipt", competent="elsewhere")
    assert "应当转送" in story.refused("referral.file")
    assert "应当转送" in story.refused("referral.refuse")
    assert "不能转送本机关" in story.refused("referral.forward", police="shili-police")

    story.does("referral.forward")

    assert story.processes("referral")[0].counterpart_id == "shixian-police"
    assert story.open_rules() & {"310_review", "310_forward", "receipt_back"} == {"receipt_back"}
    assert "您所在部门不是" in story.refused("referral.receipt")
    story.does("referral.receipt", by="county_police")
    assert story.running("310_review").owner_id == "shixian-police"


def test_competent_police_do_not_forward(story: Story) -> None:
    story.walk(*RECEIVED)

    assert "已注明属本机关管辖" in story.refused("referral.forward")


def test_filing_ends_the_administrative_case_and_calls_for_the_goods(story: Story) -> None:
    _with_case(story)

    story.does("referral.file")

    assert (story.state("referral"), story.state("case")) == ("filed", "settled")
    assert "cx64" not in story.open_rules()
    assert story.due("310_handover") == "2026-05-14T23:59"
    story.does("referral.hand_over")
    assert "婴儿奶粉" in story.text("goods_handover_list")
    story.walk("referral.close", "case.close", "close")
    assert (story.state(), story.open_rules()) == ("closed", set())


def test_a_refusal_returns_the_files_and_the_case_goes_on(story: Story) -> None:
    _with_case(story)
    assert "应当同时退回案卷材料" in story.refused("referral.refuse", files_returned=False)

    story.does("referral.refuse")

    assert (story.state("referral"), story.state("case")) == ("refused", "investigating")
    assert not story.running("cx64").paused
    assert story.due("310_reconsider") == "2026-05-14T23:59"
    assert ("shili-justice", "supervisor") in story.told("referral.refuse")


def test_reconsideration_is_asked_for_in_three_days_else_only_supervision_is_left(
    story: Story,
) -> None:
    story.walk(*RECEIVED, "referral.refuse")
    story.waits_until("2026-05-15T09:00")

    reasons = story.refused("referral.reconsider")

    assert "可以建议人民检察院进行立案监督" in reasons
    assert "第九条" in reasons
    assert story.does("referral.ask_supervision").state == "supervising"


def test_a_reconsideration_that_succeeds_files_the_case(story: Story) -> None:
    _with_case(story)
    story.walk("referral.refuse", "referral.reconsider")
    assert "销售金额已达五万元" in story.text("reconsideration_request")
    assert story.running("310_reconsider_dec").owner_id == "shili-police"

    story.does("referral.file")

    assert story.state("referral") == "filed"
    assert story.state("case") == "settled"
    assert "cx64" not in story.open_rules()
    assert "当前状态为「移送司法、终止调查」" in story.refused("case.report")


def test_a_case_that_was_fined_after_the_refusal_stays_fined(story: Story) -> None:
    _with_case(story)
    story.walk("referral.refuse", "case.report", "case.send_for_review", "case.pass_review")
    story.walk("case.notice", "case.record_statement", "case.decide")
    story.does("referral.ask_supervision")
    story.walk("referral.ask_reasons", "referral.explain_refusal")
    story.walk("referral.order_filing", "referral.file")

    assert story.state("case") == "decided"


def test_a_refusal_upheld_leads_to_supervision_and_an_order_to_file(story: Story) -> None:
    story.walk(*RECEIVED, "referral.refuse", "referral.reconsider", "referral.uphold_refusal")
    assert story.due("310_superv") == "2026-05-14T23:59"
    assert "可以" not in story.refused("referral.reconsider")

    story.does("referral.ask_supervision")
    assert "应当立案而不立案" in story.text("filing_supervision_proposal")
    assert "应当先办理「要求说明不立案理由」" in story.refused("referral.order_filing")
    story.does("referral.ask_reasons")
    assert story.due("ga182_reason")[:10] == "2026-05-18"
    assert ("shili-police", "police_liaison") in story.told("referral.ask_reasons")
    assert "期限尚未届满（至2026年5月18日）" in story.refused("referral.order_filing")
    story.does("referral.explain_refusal")
    assert "已经书面说明" in story.refused("referral.ask_reasons")
    story.does("referral.order_filing")
    assert story.due("ga182_file")[:10] == "2026-05-27"
    assert story.running("ga182_file").owner_id == "shili-police"

    story.does("referral.file")
    assert story.state("referral") == "filed"


def test_only_the_procuratorate_of_the_area_orders_filing(story: Story) -> None:
    story.walk(*RECEIVED, "referral.refuse", "referral.ask_supervision")

    assert "只能由检察联络员操作" in story.refused("referral.order_filing", by="police")


def test_grounds_found_good_end_the_referral_and_the_fine_is_open_again(story: Story) -> None:
    _with_case(story)
    story.walk("referral.refuse", "referral.ask_supervision")
    assert "尚未书面说明不立案理由" in story.refused("referral.agree_refusal")
    story.walk("referral.ask_reasons", "referral.explain_refusal", "referral.agree_refusal")
    assert story.running("jg561").owner_id == "shili-procuratorate"

    story.walk("referral.notify_agreed", "referral.close")

    assert (story.state("referral"), story.state()) == ("closed", "in_case")
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    assert story.does("case.notice").state == "noticed"


def test_police_that_let_their_limit_pass_are_supervised(story: Story) -> None:
    story.walk(*RECEIVED)
    assert "尚在法定期限内" in story.refused("referral.ask_supervision")

    story.waits_until("2026-05-15T09:00")

    assert story.does("referral.ask_supervision").state == "supervising"


def test_police_that_stay_silent_are_ordered_to_file_once_their_days_are_over(
    story: Story,
) -> None:
    story.walk(*RECEIVED)
    story.waits_until("2026-05-15T09:00")
    story.does("referral.ask_supervision")
    early = {"reasons_request_at": "2026-05-12T09:00"}
    assert "不能早于建议立案监督" in story.refused("referral.ask_reasons", **early)

    story.does("referral.ask_reasons")
    assert story.due("jg562")[:10] == "2026-05-22"
    assert "第五百六十一条" in story.refused("referral.order_filing")
    story.waits_until("2026-05-23T09:00")

    assert story.does("referral.order_filing").state == "ordered"
    assert "jg562" not in story.open_rules()


@pytest.mark.parametrize("action", ["referral.cancel", "referral.non_prosecution"])
def test_what_comes_back_from_justice_is_dealt_with_administratively(
    story: Story, action: str
) -> None:
    _with_case(story)
    story.walk("referral.file", "referral.hand_over")

    story.does(action)

    assert (story.state("referral"), story.state("case")) == ("returned", "investigating")
    assert "cx64" in story.open_rules()
    assert "cx77" not in story.open_rules()


def test_a_procuratorates_opinion_is_answered_by_the_day_it_names(story: Story) -> None:
    _with_case(story)
    story.walk("referral.file", "referral.hand_over")
    story.does("referral.non_prosecution", opinion_due="2026-06-15")
    assert story.due("gj21_9")[:10] == "2026-06-15"

    assert "检察意见尚未书面回复" in story.refused("referral.close")
    story.walk("referral.reply_opinion", "referral.close")

    assert story.state() == "in_case"
    assert ("shili-procuratorate", "procuratorate_liaison") in story.told("referral.reply_opinion")
    assert "当前状态" in story.refused("referral.reply_opinion")


def test_without_a_day_the_opinion_is_answered_in_two_months(story: Story) -> None:
    story.walk(*RECEIVED, "referral.file", "referral.non_prosecution")

    assert story.due("gj21_9")[:10] == "2026-07-13"


@pytest.mark.parametrize("held", ["case.suspend", "hearing"])
def test_a_case_that_stands_still_goes_to_the_police_too(story: Story, held: str) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts")
    if held == "hearing":
        story.walk("case.report", "case.send_for_review", "case.pass_review")
        story.does("case.notice", notice_right="hearing")
        story.walk("case.request_hearing", "case.schedule_hearing")
    else:
        story.does(held)

    story.walk("refer", "referral.approve", "referral.deliver", "referral.receipt")

    assert story.state("case") == "with_police"
    assert "cf64_notice" not in story.open_rules()
    assert story.running("cx64").paused
    story.does("referral.refuse")
    assert story.state("case") == "investigating"
    assert not story.running("cx64").paused


def test_the_closing_form_states_the_days_of_the_case_not_of_the_police(story: Story) -> None:
    _with_case(story)
    story.waits_until("2026-05-13T09:00")
    story.walk("referral.file", "referral.hand_over", "referral.close")

    story.does("case.close", closing_ground="transferred")

    text = story.text("closing_approval")
    assert "2026年5月11日" in text
    assert "案件移送司法机关" in text


def test_a_reconsideration_left_lying_is_supervised(story: Story) -> None:
    story.walk(*RECEIVED, "referral.refuse", "referral.reconsider")
    assert "尚在法定期限内" in story.refused("referral.ask_supervision")

    story.waits_until("2026-05-16T09:00")
    story.does("referral.ask_supervision")

    assert "310_reconsider_dec" not in story.open_rules()
