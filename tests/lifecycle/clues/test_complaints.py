"""A complaint about one's own purchase: admitted in seven working days, mediated, never a case."""

import pytest
from sqlmodel import Session, select

from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from tests.helpers.story import Story


def _complains(story: Story, kind: str = "complaint") -> None:
    """A complaint is signed for on Monday 11 May 2026."""
    story.walk("register", "dispatch")
    story.does("accept", complaint_kind=kind)


def _admitted(story: Story) -> None:
    _complains(story)
    story.does("admit_complaint")


def _child(story: Story) -> Clue:
    """The newest clue of the office: the one that was taken off."""
    with Session(story.office.engine) as session:
        return list(session.exec(select(Clue)))[-1]


def test_a_complaint_is_decided_on_in_seven_working_days(story: Story) -> None:
    """投诉举报处理办法第十五条: no days of verification run beside."""
    _complains(story)

    assert story.due("ts15") == "2026-05-20T23:59"
    assert not story.open_rules() & {"cx18", "verify_local"}
    assert "应当先「受理投诉」" in story.refused("verify")


def test_the_platforms_word_makes_it_a_complaint_of_the_market_bureau(story: Story) -> None:
    story.does("register", category="投诉")
    story.walk("dispatch", "accept")

    assert "ts15" in story.open_rules()


def test_another_organ_does_not_rely_on_the_platforms_word(story: Story) -> None:
    """消费者权益保护法实施条例第四十六条 binds it for a consumer's complaint, not for noise."""
    story.does("register", category="投诉")
    story.does("dispatch", lead="shili-urban")
    story.does("accept", by="urban")

    assert "verify_local" in story.open_rules()
    assert not story.open_rules() & {"ts15", "xb46"}


def test_another_organ_has_the_seven_working_days_of_the_state_council(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", lead="shili-urban", complaint_kind="complaint")
    story.does("accept", by="urban")
    assert "xb46" in story.open_rules()

    story.does("admit_complaint", by="urban")

    assert "xb46_60" in story.open_rules()
    text = story.text("complaint_admission")
    assert "消费者权益保护法实施条例" in text
    assert "投诉举报处理办法" not in text


def test_silence_takes_a_complaint_on_as_well(story: Story) -> None:
    story.does("register", category="投诉")
    story.walk("dispatch")
    story.waits(days=3)
    story.does("deem_accepted")

    assert "ts15" in story.open_rules()


def test_a_complaint_is_admitted_and_mediated_in_sixty_days(story: Story) -> None:
    """投诉举报处理办法第二十三条第一款第（五）项: natural days, testing not counted."""
    _admitted(story)

    assert story.state() == "in_complaint"
    assert story.due("ts23_mediate") == "2026-07-10T23:59"
    assert not story.open_rules() & {"cx64", "cf60", "cx18"}
    assert "2026年7月10日" in story.text("complaint_admission")

    story.does("complaint.commission")
    story.waits(days=10)
    story.does("complaint.record_result")

    assert story.due("ts23_mediate") == "2026-07-20T23:59"


def test_an_agreement_is_written_and_the_complaint_closed(story: Story) -> None:
    _admitted(story)
    story.walk("complaint.summon", "complaint.agree")

    assert "退还货款268元" in story.text("mediation_agreement")
    assert "ts23_mediate" not in story.open_rules()
    story.walk("close_complaint", "archive")
    assert story.state() == "archived"


def test_an_agreement_performed_at_once_needs_no_paper(story: Story) -> None:
    _admitted(story)

    story.does("complaint.agree", agreement_paper="waived")

    assert story.papers("mediation_agreement") == []


def test_mediation_without_agreement_is_ended_and_told_within_seven_working_days(
    story: Story,
) -> None:
    """投诉举报处理办法第二十三条第二款."""
    _admitted(story)
    story.does("complaint.end")

    assert story.due("ts23_notify") == "2026-05-20T23:59"
    assert "第二十三条第一款" in story.text("mediation_end")
    assert "第（五）项" not in story.text("mediation_end")
    assert "向人民法院提起诉讼" in story.text("mediation_end")
    assert "投诉调解（终止调解待告知）" in story.refused("close_complaint")

    story.walk("complaint.tell", "close_complaint")
    assert story.state() == "closed"


def test_mediation_ends_for_want_of_time_when_its_time_is_over(story: Story) -> None:
    _admitted(story)

    assert "调解期限尚未届满" in story.refused("complaint.end", ending_ground="time")
    story.waits(days=61)
    story.does("complaint.end", ending_ground="time")

    assert "第二十三条第一款第（五）项" in story.text("mediation_end")


def test_a_rejected_complaint_tells_why_and_where_else_to_turn(story: Story) -> None:
    """投诉举报处理办法第十五、十六条; 消费者权益保护法第三十九条."""
    _complains(story)
    story.does("reject_complaint")

    text = story.text("complaint_rejection")
    assert "消费者协会已经受理同一争议" in text
    assert "《市场监督管理投诉举报处理办法》第十五条、第十六条" in text
    assert "提请仲裁机构仲裁" in text
    assert "申请行政复议" in text
    assert story.open_rules() == set()


def test_an_organ_without_a_rule_of_its_own_states_the_ground(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", lead="shili-urban", complaint_kind="complaint")
    story.does("accept", by="urban")

    assert "请填写「不予受理依据」" in story.refused("reject_complaint", by="urban")
    story.does("reject_complaint", by="urban", rejection_basis="《示例办法》第九条")
    assert "《示例办法》第九条" in story.text("complaint_rejection")


def test_a_letter_with_both_is_split_in_one_click_and_both_remember(story: Story) -> None:
    """投诉举报处理办法第九条: the report goes the clue's road, the complaint is mediated."""
    _complains(story, "both")
    assert story.open_rules() >= {"ts15", "cx18"}
    assert "请先办理「拆出举报」" in story.refused("admit_complaint")
    assert "请先办理「拆出举报」" in story.refused("verify")

    story.does("split_report")

    report, complaint = _child(story), story.row()
    assert report.facts["complaint_kind"] == "report"
    assert report.facts["split_from"] == complaint.no
    assert complaint.facts["split_into"] == [report.no]
    assert report.reporter_sealed is not None
    assert "cx18" not in story.open_rules()
    with Session(story.office.engine) as session:
        assert list(session.exec(select(Suspicion))) == []
    assert story.does("admit_complaint").state == "in_complaint"


def test_a_filed_case_that_is_a_mere_complaint_leads_to_the_complaint_line(story: Story) -> None:
    """投诉举报处理办法3、9: one click, and the case ends for want of facts (行政处罚法57①(三))."""
    story.does("register", category="举报")
    story.walk("dispatch", "accept", "verify", "conclude", "file_case", "case.assign_officers")

    story.does("split_complaint")

    complaint, case = _child(story), story.row()
    assert complaint.facts["complaint_kind"] == "complaint"
    assert complaint.facts["split_from"] == case.no
    assert complaint.reporter_sealed is not None
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    story.does(
        "case.decide_no_penalty",
        no_penalty_kind="unfounded",
        no_penalty_ground="经查没有违法行为，属消费权益争议",
        **dict.fromkeys(("corrected", "harm", "first_time", "education")),
    )
    story.walk("case.serve", "case.enforce", "case.close")
    assert story.does("close").state == "closed"


def test_what_the_desk_splits_leaves_the_other_half(story: Story) -> None:
    story.does("register", category="投诉举报")
    story.does("split", parts=[{"title": "举报卖过期奶粉", "content": "货架", "category": "举报"}])
    story.walk("dispatch", "accept")

    assert "ts15" in story.open_rules()
    assert "cx18" not in story.open_rules()


def test_a_report_taken_for_a_complaint_gets_no_new_days(story: Story) -> None:
    """程序规定第十八条: the days of verification count from the transfer."""
    _complains(story)
    story.waits(days=5)
    story.does("recognise_report")

    assert "ts15" not in story.open_rules()
    assert story.due("cx18") == "2026-06-01T23:59"
    assert "不是投诉" in story.refused("admit_complaint")
    story.does("verify")


def test_a_complaint_taken_for_a_report_gets_no_new_days_either(story: Story) -> None:
    _complains(story, "report")
    story.waits(days=5)
    story.does("recognise_complaint")

    assert story.due("ts15") == "2026-05-20T23:59"
    assert "cx18" not in story.open_rules()


def test_a_second_letter_starts_no_verification_of_a_complaint(story: Story) -> None:
    """投诉举报处理办法第三十五条第二款 is about reports."""
    _complains(story)
    master = story.row().no
    mediated, story.clue = story.clue, None
    story.does("register")
    story.does("merge", master=master, new_facts="has_new")

    story.clue = mediated
    assert story.open_rules() & {"ts35_restart", "cx18"} == set()
    assert "ts15" in story.open_rules()


def test_a_complaint_taken_up_again_is_mediated_again(story: Story) -> None:
    _admitted(story)
    story.walk("complaint.agree", "close_complaint")
    story.does("reopen", reopen_ground="unsatisfied", reopen_due="2026-06-30")

    story.does("admit_complaint")

    assert "reopen_local" not in story.open_rules()
    assert "ts23_mediate" in story.open_rules()


def test_what_mediation_brings_to_light_is_verified_from_that_day(story: Story) -> None:
    """投诉举报处理办法第二十七条: fifteen working days from the discovery; no reporter is named."""
    _admitted(story)
    story.does("complaint.find_clue")
    found, mediated = _child(story), story.clue

    story.clue = found.id
    story.waits(days=2)
    story.walk("dispatch", "accept")

    assert found.channel == "inspection"
    assert found.reporter_sealed is None
    assert story.due("cx18") == "2026-06-01T23:59"
    story.clue = mediated
    assert story.state("complaint") == "admitted"


def test_the_other_side_learns_the_name_and_nothing_else(story: Story) -> None:
    """投诉举报处理办法第三十七条."""
    _admitted(story)

    told = story.refused("complaint.summon", complainant="刘小民 13800001234")
    assert "「投诉人」只写姓名" in told
    story.does("complaint.summon")

    text = story.text("mediation_notice")
    assert "刘小民" in text
    assert "13800001234" not in text
    assert "1234" not in story.text("complaint_admission")


def test_who_asked_for_secrecy_is_named_with_his_consent_only(story: Story) -> None:
    story.does("register", confidential=True)
    story.walk("dispatch")
    story.does("accept", complaint_kind="complaint")
    story.does("admit_complaint")

    assert "须征得其同意" in story.refused("complaint.summon")
    story.does("complaint.summon", complainant_agrees=True)


@pytest.mark.parametrize("state", ["accepted", "verifying"])
def test_a_clue_signed_for_under_the_earlier_tables_goes_on(story: Story, state: str) -> None:
    """Nothing was said then about what it is: it is verified as it was begun."""
    story.does("register", category="投诉")
    story.walk("dispatch")
    story.does("accept", complaint_kind="report")
    with Session(story.office.engine) as session:
        row = session.get_one(Clue, story.clue)
        row.facts = {name: one for name, one in row.facts.items() if name != "complaint_kind"}
        session.add(row)
        session.commit()

    story.does("verify")
    if state == "verifying":
        story.does("conclude")
