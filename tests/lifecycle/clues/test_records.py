"""Records made where things happen, a hearing decided on its record, and a correction looked at."""

import pytest
from sqlmodel import Session, select

from domain.lifecycle.plan import Refused
from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.record import IssuedDocument
from flows.door.steps import perform
from tests.helpers.story import ACCEPTED, IN_CASE, REVIEWED, Story

HEARING = ("case.request_hearing", "case.schedule_hearing", "case.serve_hearing_notice")


def _held(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.walk(*HEARING)
    story.waits(days=25)
    story.does("case.hold_hearing")


def _ready_to_decide(story: Story) -> None:
    _held(story)
    story.walk("case.send_hearing_for_review", "case.pass_hearing_review", "case.discuss")


def test_records_are_made_by_two_officers_who_show_their_cards(story: Story) -> None:
    """处罚法第四十二条、第五十五条."""
    story.walk(*ACCEPTED)

    for kind in ("scene", "inquiry", "inspection"):
        told = story.refused(f"record.{kind}", case_officers=["handler"], cards_shown=False)
        assert "不得少于2人" in told
        assert "应当主动出示执法证件" in told


def test_every_record_of_a_clue_stands_by_itself(story: Story) -> None:
    story.walk(*ACCEPTED, "record.inquiry")
    story.does("record.inquiry", asked="王某", asked_as="witness")

    assert [one.state for one in story.processes("record")] == ["made", "made"]
    assert len(story.papers("inquiry_record")) == 2
    text = story.text("inquiry_record")
    assert "王某" in text
    assert "问：奶粉从哪里来？" in text
    assert "张经办（SL" in text


def test_what_a_record_says_goes_into_no_other_paper(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("record.scene", party_said="录音证明是他人所为")
    story.walk("case.record_facts", "case.report")

    assert "录音证明是他人所为" not in story.text("investigation_closing_report")


def test_a_scene_without_the_party_has_a_witness(story: Story) -> None:
    """行政强制法第十八条第（八）项."""
    story.walk(*ACCEPTED)

    assert "应当邀请见证人到场" in story.refused("record.scene", party_present="absent")
    story.does("record.scene", party_present="absent", witness="社区工作人员吴某")
    assert "社区工作人员吴某" in story.text("scene_record")


def test_a_question_has_its_answer(story: Story) -> None:
    """处罚法第五十五条第二款."""
    story.walk(*ACCEPTED)

    told = story.refused("record.inquiry", questions=[{"问": "货从哪里来？", "答": ""}])

    assert "第1行须写明问和答" in told


def test_nobody_records_before_he_has_signed_for_the_clue(story: Story) -> None:
    story.walk("register", "dispatch")

    assert "线索签收后" in story.refused("record.scene")


def test_who_destroys_does_not_watch(story: Story) -> None:
    story.walk(*IN_CASE)

    assert "监销人不能是销毁人员" in story.refused("record.destruction", watcher="李协办")


def test_a_hearing_has_its_record_beside_its_report(story: Story) -> None:
    """处罚法第六十四条第（八）项."""
    _held(story)

    text = story.text("hearing_record")
    assert "主持人：听证开始" in text
    assert "书记小曹" in text
    assert "听证认为事实清楚" in story.text("hearing_report")


def test_the_recorder_of_a_hearing_is_no_investigator(story: Story) -> None:
    """处罚法第六十四条第（四）项: nor is its presider."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.does("case.request_hearing")

    told = story.refused("case.schedule_hearing", recorder="李协办", presider="colleague")

    assert "听证的记录由非本案调查人员担任" in told
    assert "听证由非本案调查人员主持" in told
    assert "第六十四条第（四）项" in told


def test_who_ever_investigated_neither_presides_nor_records_nor_reviews(story: Story) -> None:
    """处罚法第六十四条第（四）项，程序规定第四十九条: replaced officers, and who took a record."""
    more = {"third": "尤第三", "fourth": "岳第四"}
    with Session(story.office.engine) as session:
        for one, name in more.items():
            user = User(id=one, name=name, department_id="shili-market", phone="0")
            user.roles, user.certificate_no = ["handler", "legal_reviewer"], f"SL9{one}"
            session.add(user)
        session.commit()
    story.walk(*IN_CASE, "case.record_facts")
    story.does("record.inquiry", case_officers=["handler", "colleague"])
    story.does("case.replace_officers", case_officers=["handler", "third"])
    story.does("case.replace_officers", case_officers=["handler", "fourth"])
    story.walk("case.report", "case.send_for_review")
    reviewer = Actor("third", "尤第三", frozenset({"legal_reviewer"}), "shili-market")
    with pytest.raises(Refused, match="尤第三是本案办案人员"):
        perform(story.office, story.command("case.pass_review"), reviewer, story.now)
    story.does("case.pass_review")
    story.does("case.notice", notice_right="hearing")
    story.does("case.request_hearing")

    for replaced in ("colleague", "third"):
        assert "是本案调查人员" in story.refused("case.schedule_hearing", presider=replaced)
    beside = story.refused("case.schedule_hearing", hearing_members="钱法制、尤第三（听证员）")
    assert "「听证员」中的尤第三" in beside and "钱法制" not in beside
    story.does("case.schedule_hearing", presider="head", hearing_members="尤第三郎")
    story.does("case.replace_officers", case_officers=["handler", "head"])
    assert "王科长是本案调查人员" in story.refused("case.hold_hearing")


def test_a_decision_after_a_hearing_says_what_it_made_of_the_record(story: Story) -> None:
    """处罚法第六十五条."""
    _ready_to_decide(story)

    assert "请填写「听证意见采纳情况」" in story.refused("case.decide", hearing_followed=None)
    story.does("case.decide", hearing_followed="听证意见予以采纳")

    assert "本机关根据听证笔录作出决定：听证意见予以采纳。" in story.text("penalty_decision")


def test_a_case_heard_before_there_were_records_gets_one_and_goes_on(story: Story) -> None:
    """An earlier home has heard cases without a record: nobody is stranded."""
    _ready_to_decide(story)
    with Session(story.office.engine) as session:
        [paper] = session.exec(
            select(IssuedDocument).where(IssuedDocument.kind == "hearing_record")
        ).all()
        session.delete(paper)
        session.commit()

    assert "请先办理「补制听证笔录」" in story.refused("case.decide")
    story.walk("case.write_hearing_record", "case.decide")

    assert story.state("case") == "decided"


def test_a_hearing_given_up_in_writing_leaves_its_paper(story: Story) -> None:
    """处罚法第六十四条第（一）项."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.does("case.record_statement", hearing_waived=True)

    number = story.papers("penalty_notice")[0].number
    assert number is not None
    assert number in story.text("hearing_waiver")
    assert "自愿放弃要求听证的权利" in story.text("hearing_waiver")


def test_a_statement_alone_prints_no_waiver(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement")

    assert story.papers("hearing_waiver") == []


# --- the order to correct ------------------------------------------------------------------------


def test_a_case_orders_correction_and_looks_again_before_it_closes(story: Story) -> None:
    """处罚法第二十八条第一款."""
    story.walk(*IN_CASE, "case.order_correction")
    assert story.due("correction") == "2026-05-18T23:59"
    assert "第二十八条第一款" in story.text("correction_order")

    story.walk("case.terminate")
    assert "责令改正尚未复查" in story.refused("case.close")
    story.does("case.check_correction", correction_outcome="not_done")
    assert "复查结果为没有改正" in story.refused("case.close")
    story.walk("case.check_correction", "case.close")

    assert story.state("case") == "closed"


def test_the_order_leaves_the_facts_that_were_told(story: Story) -> None:
    """处罚法第四十四条: what was told with the notice is decided, whatever is ordered beside."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement")
    story.does("case.order_correction", correct_facts="门店没有公示许可证")
    assert "门店没有公示许可证" in story.text("correction_order")

    story.does("case.decide")

    assert "门店没有公示许可证" not in story.text("penalty_decision")


def test_without_a_penalty_the_article_on_penalties_is_no_ground(story: Story) -> None:
    """处罚法第二十八条第一款 orders correction 实施行政处罚时, not beside it."""
    story.walk(*ACCEPTED, "verify", "conclude")
    form = {
        "means": "correct",
        "facts_found": "标签没有标明日期",
        "nature_ground": "食品安全法第六十七条",
        "correct_by": "2026-06-30",
    }

    told = story.refused(
        "govern", order_ground="《中华人民共和国行政处罚法》第二十八条第一款", **form
    )

    assert "是实施处罚时责令改正的依据" in told
    story.does("govern", order_ground="食品安全法第一百二十五条", **form)
