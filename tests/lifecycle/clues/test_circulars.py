"""A circular from draft to archive: signed for, answered, withdrawn, and who may do what."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from domain.tables.process import Clue
from flows.site.office import Office
from tests.helpers.circulars import NO_ANSWER, CircularStory


@pytest.fixture
def circular(office: Office) -> CircularStory:
    """A circular's life that starts on a Monday morning."""
    return CircularStory(office)


def test_a_circular_is_issued_signed_for_answered_and_archived(any_office: Office) -> None:
    circular = CircularStory(any_office)

    circular.does("circular.draft")
    assert circular.circular().no == "TB2026000001"
    assert circular.receipts() == {}
    circular.does("circular.issue")
    assert circular.receipts() == {
        "shili-health": "arrived_for_answer",
        "shili-urban": "arrived_for_answer",
    }
    circular.does("circular_receipt.sign_for_answer")
    circular.does("circular_receipt.sign_for_answer", by="urban")
    circular.does("circular_receipt.answer")
    assert circular.circular().state == "issued"
    circular.does("circular_receipt.answer", by="urban_head")

    assert circular.circular().state == "completed"
    assert circular.open_rules() == set()
    circular.does("circular.archive")
    assert circular.circular().state == "archived"
    assert circular.events() == [
        "circular.draft",
        "circular.issue",
        "circular_receipt.arrive_for_answer",
        "circular_receipt.arrive_for_answer",
        "circular_receipt.sign_for_answer",
        "circular_receipt.sign_for_answer",
        "circular_receipt.answer",
        "circular_receipt.answer",
        "circular.complete",
        "circular.archive",
    ]
    assert circular.chain_holds()


def test_a_department_that_is_named_twice_signs_once(circular: CircularStory) -> None:
    circular.does("circular.draft", addressees=["shili-health", "示例市卫生健康委员会"])
    circular.does("circular.issue")

    assert list(circular.receipts()) == ["shili-health"]
    assert len(circular.processes("circular_receipt")) == 1


def test_without_an_answer_asked_it_ends_with_the_last_signature(circular: CircularStory) -> None:
    circular.does("circular.draft", **NO_ANSWER)
    circular.does("circular.issue")
    assert circular.open_rules() == {"circular_sign"}

    circular.does("circular_receipt.sign")
    assert circular.circular().state == "issued"
    circular.does("circular_receipt.sign", by="urban")
    assert circular.circular().state == "completed"


def test_the_letter_bears_its_own_number_and_what_the_draft_says_last(
    circular: CircularStory,
) -> None:
    circular.does("circular.draft")
    circular.does("circular.revise", content="改为只通报一件事。", **NO_ANSWER)
    circular.does("circular.issue")

    [letter] = circular.papers()
    text = circular.text("circular")
    assert letter.number == "示市监通报〔2026〕1号"
    assert "示例市卫生健康委员会" in text
    assert "改为只通报一件事。" in text
    assert "1个工作日内签收" in text
    assert "书面反馈" not in text


def test_the_limits_run_for_the_addressee_until_the_day_that_the_circular_states(
    circular: CircularStory,
) -> None:
    circular.does("circular.draft", addressees=["shili-health"], answer_due="2026-05-20")
    circular.does("circular.issue")

    assert circular.due("circular_sign") == "2026-05-12T23:59"
    assert circular.due("circular_answer") == "2026-05-20T23:59"
    assert circular.running("circular_answer").owner_id == "shili-health"
    circular.does("circular_receipt.sign_for_answer")
    assert circular.open_rules() == {"circular_answer"}


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ({"answer_due": "2026-05-11"}, "反馈期限应当晚于今天"),
        ({"answer_due": "2020-01-01"}, "「反馈期限」不能早于今天"),
        ({"answer_due": "2199-12-31"}, "反馈期限不能晚于一年之后，请核对年份"),
        ({"answer_due": "2026-02-30"}, "「反馈期限」应为日期"),
        ({"answer_due": None}, "要求反馈的，请填写反馈期限"),
        ({"answer_asked": None}, "请勾选或者删去期限"),
        ({"addressees": ["shili-market"]}, "收件部门不能是本部门"),
        ({"addressees": ["nowhere"]}, "没有「nowhere」这个部门"),
        ({"addressees": None}, "请填写「收件部门」"),
        ({"title": "　"}, "「通报标题」不能为空白"),
    ],
)
def test_a_draft_that_does_not_hold_is_refused_with_what_is_wrong(
    circular: CircularStory, form: dict[str, object], reason: str
) -> None:
    assert reason in circular.refused("circular.draft", **form)


def test_a_day_that_passed_while_the_draft_lay_is_told_before_it_is_issued(
    circular: CircularStory,
) -> None:
    circular.does("circular.draft", answer_due="2026-05-13")
    circular.waits(days=2)

    assert "反馈期限应当晚于今天，请先修改拟稿" in circular.refused("circular.issue")
    circular.does("circular.revise", answer_due="2026-05-29")
    circular.does("circular.issue")
    assert circular.circular().state == "issued"


@pytest.mark.parametrize(
    ("action", "chair", "reason"),
    [
        ("circular.draft", "auditor", "只能由线索经办人、法制人员操作"),
        ("circular.issue", "handler", "只能由机关负责人、主要负责人操作"),
        ("circular.issue", "health_head", "您所在部门不是"),
        ("circular.revise", "health", "您所在部门不是"),
    ],
)
def test_a_draft_is_the_sending_departments_own(
    circular: CircularStory, action: str, chair: str, reason: str
) -> None:
    circular.does("circular.draft")

    assert reason in circular.refused(action, by=chair)


def test_nobody_signs_or_answers_for_another_department(circular: CircularStory) -> None:
    circular.does("circular.draft", addressees=["shili-health"])
    circular.does("circular.issue")

    assert "您所在部门不是" in circular.refused("circular_receipt.sign_for_answer", by="handler")
    circular.does("circular_receipt.sign_for_answer")
    assert "您所在部门不是" in circular.refused("circular_receipt.answer", by="county")
    assert "已签收待反馈" in circular.refused("circular_receipt.sign_for_answer", by="health")


def test_a_withdrawn_circular_asks_nothing_of_anybody_any_more(circular: CircularStory) -> None:
    circular.does("circular.draft")
    circular.does("circular.issue")
    circular.does("circular_receipt.sign_for_answer")
    circular.does("circular_receipt.answer")

    circular.does("circular.withdraw")

    assert circular.circular().state == "withdrawn"
    assert circular.receipts() == {"shili-health": "answered", "shili-urban": "recalled"}
    assert circular.open_rules() == set()
    assert circular.told("circular_receipt.recall") == {("shili-urban", None)}
    assert "「已撤回」" in circular.refused("circular.withdraw")


def test_what_has_been_answered_by_all_is_not_withdrawn(circular: CircularStory) -> None:
    circular.does("circular.draft", addressees=["shili-health"], **NO_ANSWER)
    circular.does("circular.issue")
    circular.does("circular_receipt.sign")

    assert "当前状态为「已办结」" in circular.refused("circular.withdraw")


def test_a_clue_found_in_a_circular_is_registered_with_the_same_step(any_office: Office) -> None:
    circular = CircularStory(any_office)
    circular.does("circular.draft", addressees=["shili-health"])
    circular.does("circular.issue")
    circular.does("circular_receipt.sign_for_answer")

    circular.does("circular_receipt.pass_on")

    with Session(any_office.engine) as session:
        [clue] = session.exec(select(Clue)).all()
    assert (clue.title, clue.state, clue.channel) == (
        "反映阳光幼儿园食堂使用以次充好坚果",
        "registered",
        "department",
    )
    assert clue.desk_id == any_office.settings.desk
    assert clue.id != circular.clue
    assert circular.chain_holds()


def test_a_clue_that_cannot_be_registered_leaves_the_circular_as_it_was(
    circular: CircularStory,
) -> None:
    circular.does("circular.draft", addressees=["shili-health"], **NO_ANSWER)
    circular.does("circular.issue")
    circular.does("circular_receipt.sign")

    assert "不能超过500个字" in circular.refused("circular_receipt.pass_on", clue_title="长" * 501)


def test_a_circular_takes_no_action_of_a_clue_and_a_clue_none_of_a_circular(
    circular: CircularStory,
) -> None:
    circular.does("register", by="desk")
    clue = circular.clue
    circular.does("circular.draft")

    with pytest.raises(LookupError, match="没有编号为2的线索"):
        circular.does("dispatch", by="desk")
    circular.clue = clue
    with pytest.raises(LookupError, match="没有编号为1的情况通报"):
        circular.does("circular.issue")


def test_an_act_dated_before_the_last_one_is_refused(circular: CircularStory) -> None:
    circular.does("circular.draft")
    circular.now -= timedelta(hours=3)

    assert "不能早于上一步的办理时间" in circular.refused("circular.issue")
