"""The way back from justice: after 不起诉, 撤案, 检察意见 or a judgement the organ goes on.

行政处罚法27、35②, 310号令13: also after closing, after archiving, and where another referred it.
"""

import pytest

from flows.door.attachments import Upload, add_attachment
from flows.site.store import transaction
from flows.site.stored_documents import note_pages
from tests.helpers.people import actor
from tests.helpers.scans import pdf_of
from tests.helpers.story import CONCLUDED, IN_CASE, RECEIVED, REVIEWED, Story

CASE_WITH_POLICE = (
    *IN_CASE,
    "case.record_facts",
    "refer",
    "referral.approve",
    "referral.deliver",
    "referral.receipt",
    "referral.file",
    "referral.hand_over",
)
CLOSED = (*CASE_WITH_POLICE, "referral.close", "case.close", "close")
ARCHIVED = (*CLOSED, "case.archive", "archive")
CONVICTED: dict[str, object] = {
    "paper_kind": "convicted",
    "paper_organ": "示例市示例区人民法院",
    "paper_no": "（2026）示0101刑初31号",
    "convicted_party": True,
    "criminal_fine": "50000",
    "judgement_effective_on": "2026-05-12",
}
REVIEW_AGAIN = ("case.report", "case.send_for_review", "case.pass_review")


# --- after closing and archiving ---


@pytest.mark.parametrize("ended", [CLOSED, ARCHIVED], ids=["closed", "archived"])
@pytest.mark.parametrize("paper", ["justice_paper.register", "justice_paper.register_opinion"])
def test_an_ended_case_is_taken_up_again(story: Story, ended: tuple[str, ...], paper: str) -> None:
    story.walk(*ended)

    story.does(paper)

    assert (story.state(), story.state("case")) == ("in_case", "investigating")
    assert "cx64" in story.open_rules()
    assert "cx77" not in story.open_rules()
    assert story.told("clue.return_to_case") >= {("shili-market", "department_head")}


@pytest.mark.parametrize("action", ["referral.cancel", "referral.non_prosecution"])
def test_police_and_procuratorate_are_heard_after_the_referral_was_closed(
    story: Story, action: str
) -> None:
    story.walk(*ARCHIVED)

    story.does(action)

    assert (story.state("referral"), story.state("case")) == ("returned", "investigating")
    assert story.state() == "in_case"
    if action == "referral.non_prosecution":
        story.does("referral.reply_opinion")
    story.does("referral.close")
    assert story.state() == "in_case"


def test_a_refused_referral_has_nothing_to_cancel(story: Story) -> None:
    story.walk(*RECEIVED, "referral.refuse", "referral.close")

    assert "公安机关没有立案" in story.refused("referral.cancel")


def test_a_clue_without_a_case_is_decided_on_anew_within_its_own_days(story: Story) -> None:
    """程序规定第十八条: 自收到材料之日起."""
    story.walk(*RECEIVED, "referral.file", "referral.hand_over", "referral.close", "close")

    story.does("justice_paper.register_opinion")

    assert story.state() == "concluded"
    assert "cx18" in story.open_rules()
    assert story.does("file_case").state == "in_case"


def test_a_paper_that_asks_nothing_is_only_filed(story: Story) -> None:
    story.walk(*ARCHIVED)

    story.does("justice_paper.register", proceeds="keep")

    assert (story.state(), story.state("case")) == ("archived", "archived")
    assert story.state("justice_paper") == "kept"


def test_a_running_referral_comes_back_by_paper_too(story: Story) -> None:
    story.walk(*CASE_WITH_POLICE)

    story.does("justice_paper.register", paper_kind="cancelled", paper_organ="示例市公安局")

    assert (story.state("referral"), story.state("case")) == ("returned", "investigating")
    story.does("referral.close")
    assert story.state() == "in_case"


def _counted(story: Story) -> None:
    """Every document so far has a page, as its PDF tells."""
    with transaction(story.office.engine) as session:
        for sha in {one.sha256 for one in story.papers()}:
            note_pages(session, sha, 1)


def test_incoming_papers_lie_in_the_file(story: Story) -> None:
    story.walk(*CLOSED)
    story.does("justice_paper.register", proceeds="keep")
    title = "示检刑不诉〔2026〕9号"
    scans = ((1, "移送材料接收回执"), (2, "示公（经）立字〔2026〕31号"), (4, title))
    files = [*((pages, name, "incoming") for pages, name in scans), (3, "现场照片", "documentary")]
    for pages, name, kind in files:
        file = Upload(f"{name}.pdf", pdf_of(pages), name, kind)
        add_attachment(story.office, story.clue or 0, file, actor("handler"), story.now)
    _counted(story)

    story.does("case.archive")

    catalogue = story.text("case_catalogue")
    assert catalogue.count(title) == 1, "its scan is no second paper"
    assert "收文，4页" in catalogue
    rows = story.papers("case_catalogue")[0].facts["卷内文件"]
    assert [row["页号"] for row in rows][-3:] == ["10", "11-12", "13-16"]
    [photos] = [row["页号"] for row in rows if "现场照片" in str(row["题名"])]
    assert photos == "2-4", "evidence lies before what police and procuratorate sent"
    assert "共16页" in story.text("case_cover")


# --- where the referral was not ours ---


def test_an_opinion_on_anothers_referral_is_an_origin_and_its_days_run(story: Story) -> None:
    """高检规定第九条; 310号令第十三条."""
    story.does(
        "register",
        channel="justice",
        paper_kind="penalty_opinion",
        paper_organ="示例市人民检察院",
        paper_no="示检行建〔2026〕4号",
        paper_received_at="2026-05-11T09:00:00+08:00",
        paper_text="建议给予行政处罚",
    )
    assert story.due("gj21_9")[:10] == "2026-07-13"
    assert story.running("gj21_9").owner_id == "shili-hotline"

    story.walk("dispatch", "accept")

    assert story.running("gj21_9").owner_id == "shili-market"
    assert story.does("justice_paper.reply").state == "replied"
    assert "示检行建〔2026〕4号" in story.text("opinion_reply")
    assert "gj21_9" not in story.open_rules()


def test_a_clue_of_the_police_bears_its_paper_and_no_days_of_the_procuratorate(
    story: Story,
) -> None:
    story.does(
        "register",
        channel="justice",
        paper_kind="no_filing",
        paper_organ="示例市公安局",
        paper_no="示公不立字〔2026〕7号",
        paper_received_at="2026-05-11T09:00:00+08:00",
        paper_text="犯罪事实显著轻微，移送行政处理",
    )

    assert story.state("justice_paper") == "kept"
    assert "gj21_9" not in story.open_rules()


def test_who_registers_it_is_told_all_that_its_paper_has_to_say(story: Story) -> None:
    reasons = story.refused("register", channel="justice")

    for label in ("来文种类", "来文机关", "来文文号", "来文收到时间", "来文主要内容"):
        assert label in reasons


# --- fines and 罚金 (行政处罚法第三十五条第二款) ---


def _convicted(story: Story) -> None:
    story.walk(*CLOSED)
    story.does("justice_paper.register", **CONVICTED)
    story.walk(*REVIEW_AGAIN)


def test_after_a_criminal_fine_no_fine_is_given(story: Story) -> None:
    _convicted(story)

    reasons = story.refused("case.notice")

    assert "判处罚金50,000.00元" in reasons
    assert "第三十五条第二款" in reasons


def test_a_licence_is_revoked_after_a_criminal_fine_all_the_same(story: Story) -> None:
    """310号令第十一条, 行政处罚法第三十五条: 资格罚 stays possible."""
    _convicted(story)

    story.does(
        "case.notice",
        planned_kinds=["licence_revoked"],
        planned_fine=None,
        planned_licence="食品经营许可证（JY1370000000001）",
        notice_right="hearing",
    )

    assert story.state("case") == "noticed"


def test_another_persons_criminal_fine_forbids_nothing(story: Story) -> None:
    story.walk(*CLOSED)
    story.does("justice_paper.register", **{**CONVICTED, "convicted_party": False})
    story.walk(*REVIEW_AGAIN)

    assert story.does("case.notice").state == "noticed"


def test_after_an_exemption_a_fine_is_possible(story: Story) -> None:
    story.walk(*CLOSED)
    story.does("justice_paper.register", paper_kind="exempted")
    story.walk(*REVIEW_AGAIN)

    assert story.does("case.notice").state == "noticed"


def test_an_earlier_fine_is_told_to_the_court(story: Story) -> None:
    """310号令第十一条第三款."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
    story.walk("case.pay", "refer", "referral.approve", "referral.deliver")

    story.does("justice_paper.register", **{**CONVICTED, "proceeds": "keep"})

    text = story.text("fine_set_off_notice")
    assert "示例市示例区人民法院" in text
    assert "罚款10,000.00元" in text
    assert "已缴纳10,000.00元" in text
    assert story.papers("penalty_decision")[-1].number in text


def test_a_fine_on_the_spot_is_told_to_the_court_too(story: Story) -> None:
    """处罚法35②, 310号令11③: what is not paid of it falls to the 罚金."""
    story.walk("register", "dispatch", "accept", "verify", "penalise_on_spot", "refer")
    story.walk("referral.approve", "referral.deliver")

    judged = {"proceeds": "keep", "judgement_effective_on": "2026-05-11"}
    story.does("justice_paper.register", **{**CONVICTED, **judged})

    text = story.text("fine_set_off_notice")
    assert "罚款200.00元" in text and "已缴纳0.00元" in text
    assert story.papers("spot_decision")[-1].number in text
    assert not {"cx72", "cx76_court"} & story.open_rules()
    story.walk("spot_penalty.file_record", "spot_penalty.close")


def _fined_and_referred(story: Story) -> None:
    """Fined 10,000 yuan, nothing of it paid, and referred after the decision."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
    story.walk("refer", "referral.approve", "referral.deliver")


def _judged(story: Story, imposed: str, effective: str) -> None:
    form = {**CONVICTED, "proceeds": "keep", "criminal_fine": imposed}
    story.does("justice_paper.register", **{**form, "judgement_effective_on": effective})


def test_an_unpaid_fine_that_the_criminal_fine_takes_up_is_collected_no_more(story: Story) -> None:
    """The judgment takes effect within the days for paying: nothing is owed, the case ends."""
    _fined_and_referred(story)
    story.waits_until("2026-05-20T09:00")

    _judged(story, "50000", "2026-05-19")

    assert not {"cx72", "qz54", "cx76_court"} & story.open_rules()
    story.waits(days=60)
    assert "没有未缴的罚没款" in story.refused("case.urge_payment")
    assert story.does("case.enforce").state == "enforced"


def test_the_surcharge_stops_with_the_judgment_and_what_had_grown_stays_owed(story: Story) -> None:
    """Due on 26 May, late for ten days by 5 June: 3 % a day of 10,000 yuan."""
    _fined_and_referred(story)
    assert story.due("cx72")[:10] == "2026-05-26"
    story.waits_until("2026-06-20T09:00")

    _judged(story, "50000", "2026-06-05")
    story.waits(days=30)

    assert "尚有3,000.00元未缴纳" in story.refused("case.enforce")
    story.does("case.pay", paid="3000")
    assert story.does("case.enforce").state == "enforced"


def test_of_a_fine_beyond_the_criminal_fine_the_rest_is_collected_and_its_papers_say_so(
    story: Story,
) -> None:
    _fined_and_referred(story)
    story.does("case.pay_part", paid="1000")
    story.waits_until("2026-05-20T09:00")

    _judged(story, "4000", "2026-05-19")

    assert "cx72" in story.open_rules()
    assert "尚有6,000.00元未缴纳" in story.refused("case.enforce")
    story.waits_until("2026-05-27T09:00")
    story.does("case.urge_payment")
    text = story.text("demand_notice")
    assert "已缴数额：1,000.00元；已折抵人民法院判处的罚金：3,000.00元" in text
    assert "应缴合计：6,180.00元" in text


def test_what_was_set_off_is_not_paid_back_when_the_decision_falls(story: Story) -> None:
    _fined_and_referred(story)
    story.does("case.pay_part", paid="1000")
    _judged(story, "50000", "2026-05-12")

    story.does("case.revoke_decision")

    assert "应退还1,000.00元" in story.refused("case.return_payment", returned="10000")


def test_a_judgment_is_set_off_from_the_day_on_which_it_took_effect(story: Story) -> None:
    _fined_and_referred(story)
    form = {**CONVICTED, "proceeds": "keep", "judgement_effective_on": None}

    assert "判决生效日期" in story.refused("justice_paper.register", **form)


def test_a_conviction_says_what_was_imposed(story: Story) -> None:
    story.walk(*CLOSED)
    bare = {**CONVICTED, "criminal_fine": None}

    assert "没有判处罚金的填0" in story.refused("justice_paper.register", **bare)
    unsaid = {**CONVICTED, "convicted_party": None}
    assert "被判刑的是本案当事人" in story.refused("justice_paper.register", **unsaid)


# --- the procuratorate has the organ refer (高检规定第七条、环境办法第十四条) ---


def test_an_opinion_to_refer_is_answered_once_the_principal_decided(story: Story) -> None:
    story.walk(*CONCLUDED)
    story.does("justice_paper.register_opinion", paper_kind="transfer_opinion")

    assert "请先办理移送" in story.refused("justice_paper.reply")

    story.walk("refer", "referral.approve", "referral.deliver")
    assert story.does("justice_paper.reply").state == "replied"


def test_an_environmental_bureau_has_three_days_for_it(story: Story) -> None:
    story.walk("register")
    story.does("dispatch", lead="shili-ecology", matter="industrial_pollution")
    story.does("accept", by="ecology")

    story.does("justice_paper.register_opinion", by="ecology", paper_kind="transfer_opinion")

    due = story.running("hj_jcyj")
    assert (due.due_at.date() - due.started_at.date()).days == 3
    assert due.owner_id == "shili-ecology"
    assert "gj21_9" not in story.open_rules()
