"""Service: each way takes effect on its own day, and nothing follows before."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from domain.tables.process import Process
from flows.afterwards.expiry import end_announcement
from flows.afterwards.outbox import Job, Later, claim
from tests.helpers.health_story import HealthStory
from tests.helpers.story import ACCEPTED, IN_CASE, REVIEWED, Story

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide")
ANNOUNCED = {
    "announce_reason": "登记住所已无人办公，邮寄送达被退回",
    "announced_in": "示例市市场监督管理局门户网站",
}


def _job(story: Story) -> Job:
    """The follow-up that ends an announcement, once it may be taken up."""
    jobs = claim(story.office, story.now, "test", limit=50)
    [job] = [one for one in jobs if one.task == "end_announcement"]
    return job


def _announces(story: Story, action: str, way: str, **form: object) -> None:
    story.does(action, **{way: "notice", **ANNOUNCED, **form})


# --- the decision --------------------------------------------------------------------------------


def test_an_announced_decision_is_served_thirty_days_later(story: Story) -> None:
    """程序规定第八十二条第（五）项: the days for payment count from the end of the thirty."""
    story.walk(*DECIDED)

    _announces(story, "case.serve", "service_way", recipient=None)

    assert story.due("cx82") == "2026-06-10T23:59"
    assert story.due("cx72") == "2026-06-25T23:59"
    assert "即至2026年6月10日期满，视为送达" in story.text("service_announcement")
    assert "登记住所已无人办公" in story.text("service_announcement")


def test_nothing_follows_from_an_announced_decision_before_its_day(story: Story) -> None:
    story.walk(*DECIDED)
    _announces(story, "case.serve", "service_way", recipient=None)

    for action in ("case.enforce", "case.put_off_payment"):
        refusal = story.refused(action)
        assert "公告期至2026年6月10日届满，期满才视为送达" in refusal
        assert "《中华人民共和国民事诉讼法》第九十五条" in refusal
    assert "缴款期限尚未届满" in story.refused("case.urge_payment")
    story.waits_until("2026-06-11T09:00")
    assert "公告期" not in story.refused("case.enforce")


def test_another_organ_serves_by_the_civil_procedure_law(story: Story) -> None:
    story = HealthStory(story.office)
    story.walk(*DECIDED)

    _announces(story, "case.serve", "service_way", recipient=None)

    assert story.due("ms95") == "2026-06-10T23:59"
    assert story.due("cf67") == "2026-06-25T23:59"
    assert "cx82" not in story.open_rules()
    assert "《中华人民共和国民事诉讼法》第九十五条" in story.text("service_announcement")
    assert "程序规定" not in story.text("service_announcement")


@pytest.mark.parametrize("way", ["direct", "lien", "entrusted", "post", "passed_on"])
def test_every_other_way_takes_effect_on_the_day_written(story: Story, way: str) -> None:
    """民诉法第八十七至九十四条: signature, refusal, receipt of the letter."""
    story.walk(*DECIDED)
    story.waits(days=3)
    left = {"lien_refusal": "店长拒绝签收", "lien_witness": "居委会孙某"} if way == "lien" else {}

    story.does("case.serve", service_way=way, served_on="2026-05-12T10:00", **left)

    assert story.due("cx72") == "2026-05-27T23:59"


def test_the_act_of_service_fills_in_the_receipt(story: Story) -> None:
    """民诉法第八十七条、第八十九条: who took it, where and when, or how it was left behind."""
    story.walk(*DECIDED)
    assert "店长" not in story.text("service_receipt"), "it goes along to be signed"

    story.does(
        "case.serve",
        recipient_relation="店长",
        service_place="示例市海滨路12号",
        servers=["handler", "colleague"],
    )

    text = story.text("service_receipt")
    decision = story.papers("penalty_decision")[0]
    assert decision.number and decision.number in text
    for told in ("林某", "与受送达人的关系：店长", "示例市海滨路12号", "☑直接送达", "李协办"):
        assert told in text, told
    receipts = [one for one in story.papers("service_receipt") if one.serves_id == decision.id]
    assert len(receipts) == 1


def test_a_paper_beside_the_case_is_served_and_left_behind_on_record(story: Story) -> None:
    """民诉法第八十九条: refused, it is left behind before a witness or on film, not otherwise."""
    story.walk(*ACCEPTED, "measure.seize")
    seized = story.papers("seizure_decision")[0]
    lien: dict[str, object] = {"paper": seized.id, "paper_served_by": "lien", "recipient": None}

    refusal = story.refused("service.record", **lien)
    assert "「拒收事由」和「留置见证人」" in refusal and "第八十九条" in refusal
    assert "请填写「收件人」" in story.refused("service.record", paper=seized.id, recipient=None)
    other = story.papers("matter_approval")[0]
    assert "不用送达回证" in story.refused("service.record", paper=other.id)

    story.does("service.record", **lien, lien_refusal="店长拒收", lien_recorded=True)
    text = story.text("service_receipt")
    assert "受送达人拒绝接收：店长拒收；已拍照、录像记录送达过程" in text
    assert "☑留置送达" in text and "场所、设施、财物清单" in text


def test_a_paper_of_the_case_is_served_by_the_act_of_the_case(story: Story) -> None:
    """Its days count from there."""
    story.walk(*DECIDED)
    decision = story.papers("penalty_decision")[0]

    assert "请在案件中办理「送达决定书」" in story.refused("service.record", paper=decision.id)


def test_electronic_service_needs_the_party_s_signed_consent(story: Story) -> None:
    """行政处罚法第六十一条第二款."""
    story.walk(*DECIDED)
    refusal = story.refused("case.serve", service_way="electronic")
    assert "登记送达地址确认书" in refusal
    assert "第六十一条第二款" in refusal
    assert "请填写「电子送达地址」" in story.refused(
        "case.confirm_address", electronic_consent=True
    )
    story.does("case.confirm_address", electronic_consent=True, electronic_address="13900000000")

    assert story.does("case.serve", service_way="electronic").state == "served"
    assert "☑同意" in story.text("address_confirmation")


def test_an_announcement_says_why_and_where(story: Story) -> None:
    story.walk(*DECIDED)

    refusal = story.refused("case.serve", service_way="notice", recipient=None)

    assert "「公告送达的原因和经过」、「公告刊登处」" in refusal
    assert "请填写「收件人」" in story.refused("case.serve", recipient=None)


# --- the notice before a penalty -----------------------------------------------------------------


def test_a_notice_may_be_served_later_than_it_was_written(story: Story) -> None:
    """行政处罚法第四十四条、第六十二条: no decision on a notice that the party has not got."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_served_on=None)
    assert "处罚告知书尚未送达" in story.refused("case.decide")
    assert "cf64_apply" not in story.open_rules()
    story.waits_until("2026-05-14T09:00")

    story.does("case.serve_notice")

    assert story.due("cf64_apply") == "2026-05-21T23:59"
    assert "不必再登记" in story.refused("case.serve_notice")


def test_an_announced_notice_gives_the_party_its_days_after_the_thirty(story: Story) -> None:
    story.walk(*REVIEWED)

    _announces(story, "case.notice", "notice_way")

    assert story.due("cx82") == "2026-06-10T23:59"
    assert story.due("cf64_apply") == "2026-06-17T23:59"
    refusal = story.refused("case.decide")
    assert "处罚告知书公告送达，公告期至2026年6月10日届满" in refusal
    assert "不得作出决定" in refusal


def test_the_case_s_limit_stands_still_while_a_notice_is_announced(story: Story) -> None:
    """程序规定第六十四条: the days of an announcement do not count."""
    story.walk(*REVIEWED)
    _announces(story, "case.notice", "notice_way")
    assert story.running("cx64").paused
    story.waits_until("2026-06-11T09:00")

    story.does("case.end_announcement")

    assert not story.running("cx64").paused
    assert story.due("cx64") == "2026-09-08T23:59"
    assert "cx82" not in story.open_rules()


def test_who_turns_up_during_an_announcement_is_served_at_once(story: Story) -> None:
    story.walk(*REVIEWED)
    _announces(story, "case.notice", "notice_way")
    story.waits_until("2026-05-18T09:00")

    story.does("case.serve_notice", notice_way="direct")

    assert story.due("cf64_apply") == "2026-05-25T23:59"
    assert "cx82" not in story.open_rules()


def test_a_new_notice_ends_what_the_last_one_had_begun(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=1)

    story.does("case.notice", notice_served_on=None)

    assert "cf64_apply" not in story.open_rules()
    assert "处罚告知书尚未送达" in story.refused("case.decide")


# --- hearing, demand, other papers ---------------------------------------------------------------


def test_an_announced_hearing_notice_counts_from_its_effect(story: Story) -> None:
    """行政处罚法第六十四条第（二）项: seven working days lie between its effect and the day."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.does("case.request_hearing")
    story.does("case.schedule_hearing", hearing_at="2026-06-15T09:00")
    _announces(story, "case.serve_hearing_notice", "hearing_notice_way")
    story.waits_until("2026-06-15T12:00")

    refusal = story.refused("case.hold_hearing")

    assert "听证通知2026年6月10日送达，迟于2026年6月3日" in refusal


def test_a_demand_gives_its_ten_days_from_its_service(story: Story) -> None:
    """行政强制法第五十四条."""
    story.walk(*DECIDED, "case.serve")
    story.waits_until("2026-05-27T10:00")
    story.does("case.urge_payment", demand_served_on=None)
    assert "催告书尚未送达" in story.refused("case.apply_for_enforcement")
    story.waits_until("2026-06-01T10:00")

    story.does("case.serve_demand")

    assert story.due("qz54") == "2026-06-15T23:59"
    assert "不必再登记" in story.refused("case.serve_demand")


def test_the_service_of_a_measure_is_on_record(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize")
    _announces(story, "case.serve_other", "other_way", other_document="seizure_decision")

    services = story.processes("case")[0].facts["services"]

    assert services["seizure_decision"].startswith("2026-06-10T23:59")
    assert "《扣押决定书》" in story.text("service_announcement")


# --- the end of an announcement ------------------------------------------------------------------


def test_the_end_of_an_announcement_is_recorded_by_the_program(story: Story) -> None:
    story.walk(*DECIDED)
    _announces(story, "case.serve", "service_way", recipient=None)
    assert "尚未期满" in story.refused("case.end_announcement")
    story.waits_until("2026-06-11T00:10")
    job = _job(story)

    early = end_announcement(story.office, job, story.now - timedelta(days=2))
    assert isinstance(early, Later)
    assert end_announcement(story.office, job, story.now) is None
    assert end_announcement(story.office, job, story.now) is None

    assert story.events().count("case.end_announcement") == 1
    assert "cx82" not in story.open_rules()


def test_a_case_announced_under_the_old_table_goes_on(story: Story) -> None:
    """What was recorded as announced before this rule is not taken for served on the same day."""
    story.walk(*DECIDED, "case.serve")
    [case] = story.processes("case")
    facts = {**case.facts, "service_way": "notice"}
    facts.pop("decision_effective_at")
    with Session(story.office.engine) as session:
        session.get_one(Process, case.id).facts = facts
        session.commit()

    assert "公告期至2026年6月10日届满" in story.refused("case.enforce")
    story.waits_until("2026-06-11T09:00")
    assert "公告期" not in story.refused("case.enforce")
