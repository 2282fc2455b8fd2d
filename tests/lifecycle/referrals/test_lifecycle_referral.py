"""From a suspected crime to the police: who approves, what goes along, and no fine instead."""

from domain.situation.situation import CHINA
from domain.tables.process import Process
from flows.site.store import transaction
from tests.helpers.filled_forms import MATERIALS
from tests.helpers.story import APPROVED, CONCLUDED, IN_CASE, Story

CRIME = {"quantities": {"sales_amount": "86000"}, "screened": ["fake_goods"]}
"""Sales above the threshold of 50,000 yuan."""


def _threshold_met(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)
    story.walk("case.report", "case.send_for_review", "case.pass_review")


def test_facts_above_the_threshold_alarm_legal_staff_and_principal(story: Story) -> None:
    story.walk(*IN_CASE)

    story.does("case.record_facts", **CRIME)

    assert story.told("case.record_facts") == {
        ("shili-market", "legal_reviewer"),
        ("shili-market", "principal"),
        ("shili-justice", "supervisor"),
    }
    assert story.processes("case")[0].facts["threshold_met"] is True


def test_facts_below_the_threshold_alarm_nobody(story: Story) -> None:
    story.walk(*IN_CASE)

    story.does(
        "case.record_facts", quantities={"sales_amount": "49999.99"}, screened=["fake_goods"]
    )

    assert story.told("case.record_facts") == set()


def test_no_penalty_instead_of_a_referral(story: Story) -> None:
    _threshold_met(story)

    for action in ("case.notice", "case.decide_no_penalty"):
        reasons = story.refused(action)
        assert "不得以行政处罚代替移送" in reasons
        assert "第十一条" in reasons


def test_a_case_with_a_crime_is_not_just_terminated(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", **CRIME)

    assert "不得以行政处罚代替移送" in story.refused("case.terminate")


def test_a_proposal_alone_does_not_open_the_way_to_a_fine(story: Story) -> None:
    _threshold_met(story)
    story.does("refer")

    assert "不得以行政处罚代替移送" in story.refused("case.notice")


def test_a_referral_for_another_offence_does_not_count(story: Story) -> None:
    _threshold_met(story)
    story.does("refer", offences=["false_advertising"])
    story.does("referral.decline")

    assert "不得以行政处罚代替移送" in story.refused("case.notice")


def test_a_principal_declines_with_reasons_and_the_case_goes_on(story: Story) -> None:
    _threshold_met(story)
    story.does("refer")
    assert "不批准理由" in story.refused("referral.decline", decline_ground=None)
    # 310号令5②: the reason is weighed, on record, and not against the record.
    assert "不少于20个字" in story.refused("referral.decline", decline_ground="无")
    assert "不少于20个字" in story.refused("referral.decline", decline_ground="不移送。" * 9)
    assert "更正并写明理由" in story.refused("referral.decline", decline_kind="below")
    assert "「登记司法机关来文」" in story.refused("referral.decline", decline_kind="handled")

    story.does("referral.decline")

    assert story.state() == "in_case"
    assert story.told("referral.decline") == {
        ("shili-market", "legal_reviewer"),
        ("shili-justice", "supervisor"),
        ("shili-market", "handler"),
    }
    assert "现有证据不足以认定涉嫌犯罪：报告所列" in story.text("transfer_approval")
    assert story.does("case.notice").state == "noticed"


def test_two_officers_verify_a_suspected_crime(story: Story) -> None:
    story.walk(*CONCLUDED)

    assert "应当指定2名以上行政执法人员" in story.refused("refer", officers=["handler"])
    assert "不是本部门人员" in story.refused("refer", officers=["handler", "health"])


def test_a_proposal_waits_three_natural_days_for_the_principal(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    assert story.due("310_approve") == "2026-05-14T23:59"
    assert story.told("referral.propose") == {
        ("shili-market", "principal"),
        ("shili-market", "legal_reviewer"),
    }
    report = story.text("crime_investigation_report")
    assert "生产、销售伪劣产品罪" in report
    assert "销售改日期奶粉金额86000元" in report


def test_only_the_principal_approves(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    for chair in ("handler", "head", "legal", "police"):
        assert "只能由主要负责人操作" in story.refused("referral.approve", by=chair)


def test_a_referral_goes_to_police_of_the_same_level(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    assert "应当移送同级公安机关" in story.refused("referral.approve", police="shixian-police")
    assert "应当是公安机关" in story.refused("referral.approve", police="shili-health")


def test_approval_writes_the_packet_and_starts_twenty_four_hours(story: Story) -> None:
    story.walk(*APPROVED)

    kinds = {paper.kind for paper in story.papers()}
    assert kinds >= {"transfer_approval", "crime_transfer", "goods_list", "materials_list"}
    letter = story.text("crime_transfer")
    assert "示例市公安局" in letter
    assert "示例市人民检察院" in letter
    assert "婴儿奶粉" in story.text("goods_list")
    assert "示检2026-118" in story.text("materials_list")
    clock = story.running("310_deliver")
    assert (clock.due_at - clock.started_at).total_seconds() == 24 * 3600
    assert clock.started_at.astimezone(CHINA) == story.now
    assert ("referral", "assemble_packet") in story.followups()


def test_an_approved_referral_takes_the_case_along_and_stops_its_limit(story: Story) -> None:
    _threshold_met(story)
    story.walk("refer", "referral.approve")

    assert story.state("case") == "with_police"
    assert story.running("cx64").paused
    assert "当前状态为「移送公安处理」" in story.refused("case.notice")


def test_a_referral_says_what_was_appraised_from_the_beginning(story: Story) -> None:
    """310号令第六条第（四）项: the statement is asked for where it can still be given."""
    story.walk(*CONCLUDED)

    assert "请填写「检验鉴定情况」" in story.refused("refer", appraisal=None)


def test_a_referral_approved_without_an_appraisal_is_completed_and_delivered(story: Story) -> None:
    """One from the time when the form let it out was stuck in 已批准 with its clock running."""
    story.walk(*APPROVED)
    _forgets(story, "appraisal")

    reasons = story.refused("referral.deliver")
    assert "检验报告或者鉴定结论" in reasons
    assert "补充移送材料" in reasons
    assert "第六条" in reasons
    story.does("referral.complete_packet", appraisal="无需检验鉴定：以书证认定")

    assert story.papers("materials_list")
    assert story.does("referral.deliver").state == "delivered"


def _forgets(story: Story, fact: str) -> None:
    """The referral's row as an older version left it, without a fact that was not asked for."""
    with transaction(story.office.engine) as session:
        row = session.get_one(Process, story.processes("referral")[-1].id)
        row.facts = {key: value for key, value in row.facts.items() if key != fact}
        session.add(row)


def test_a_delivery_lies_between_approval_and_now(story: Story) -> None:
    story.walk(*APPROVED)

    assert "不能早于批准时间" in story.refused("referral.deliver", delivered_at="2026-05-11T09:00")
    assert "不能晚于现在" in story.refused("referral.deliver", delivered_at="2026-06-11T09:00")


def test_delivery_is_not_receipt(story: Story) -> None:
    story.walk(*APPROVED, "referral.deliver")

    assert story.state("referral") == "delivered"
    assert story.running("receipt_back").owner_id == "shili-police"
    assert story.told("referral.deliver") == {
        ("shili-police", "police_liaison"),
        ("shili-procuratorate", "procuratorate_liaison"),
    }
    assert story.followups()[-2:] == [("referral", "deliver_packet"), ("referral", "await_receipt")]


def test_one_referral_at_a_time(story: Story) -> None:
    story.walk(*IN_CASE, "refer")

    assert "当前状态为「涉罪移送中」" in story.refused("refer")


def test_a_referral_without_a_case_falls_back_to_the_conclusion(story: Story) -> None:
    story.walk(*CONCLUDED, "refer", "referral.decline")

    assert story.state() == "concluded"
    assert story.does("file_case").state == "in_case"


def test_a_document_that_lacks_a_fact_is_refused_by_name(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")

    reasons = story.refused("referral.approve", lead_officer="niemand")

    assert "《涉嫌犯罪案件移送书》缺少「主办人」" in reasons
    assert story.does("referral.approve").documents


def test_materials_are_listed_row_by_row(story: Story) -> None:
    story.walk(*CONCLUDED)
    rows = [*MATERIALS, {"名称": "视频光盘", "份数": "2", "页数": "0"}]

    assert "第1行没有「重量」这一列" in story.refused("refer", materials=[{"重量": "2"}])
    story.does("refer", materials=rows)
    story.does("referral.approve")

    assert "视频光盘" in story.text("materials_list")
