"""Beside the main line: requests to other departments, and supervision."""

import pytest

from tests.helpers.story import ACCEPTED, IN_CASE, Story


def test_a_request_lies_with_whom_it_was_asked_of(story: Story) -> None:
    story.walk(*ACCEPTED)

    story.does("request.ask", request_due="2026-05-18")

    assert story.processes("request")[0].department_id == "shili-health"
    assert story.due("request_reply")[:10] == "2026-05-18"
    assert story.running("request_reply").owner_id == "shili-health"
    assert story.told("request.ask") == {("shili-health", "handler")}
    story.does("request.answer")
    assert story.told("request.answer") == {("shili-market", "handler")}
    assert "request_reply" not in story.open_rules()


def test_where_the_law_names_no_day_the_letter_does(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "请填写请求答复期限" in story.refused("request.ask", request_due=None)
    assert "不能早于今天" in story.refused("request.ask", request_due="2026-05-01")
    assert "不能是本部门" in story.refused("request.ask", to_department="shili-market")


def test_market_bureaus_help_each_other_in_fifteen_working_days(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does(
        "request.ask",
        to_department="shixian-market",
        request_kind="assistance",
        request_due=None,
    )
    assert story.due("cx45") == "2026-06-01T23:59"

    story.does("request.extend", by="county")

    assert story.due("cx45") == "2026-06-08T23:59"
    assert "只有市场监管部门之间" in _other_request_extended(story)


def _other_request_extended(story: Story) -> str:
    story.does("request.answer", by="county")
    story.does("request.ask")
    return story.refused("request.extend")


def test_the_procuratorate_is_consulted_in_seven_days(story: Story) -> None:
    story.walk(*ACCEPTED)

    story.does(
        "request.ask",
        to_department="shili-procuratorate",
        request_kind="consultation",
        request_due=None,
    )

    assert story.due("gj21_13")[:10] == "2026-05-18"
    assert story.does("request.answer", by="procuratorate").state == "answered"


def test_who_cannot_help_says_why(story: Story) -> None:
    story.walk(*ACCEPTED, "request.ask")

    assert "不能协助的理由" in story.refused("request.decline", reason=None)
    story.does("request.decline")
    assert ("shili-justice", "supervisor") in story.told("request.decline")


def test_only_who_holds_the_clue_asks(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "线索承办部门" in story.refused("request.ask", by="urban")


def test_two_requests_stand_side_by_side(story: Story) -> None:
    story.walk(*ACCEPTED, "request.ask")
    story.does("request.ask", to_department="shili-urban")

    story.does("request.answer", by="urban")

    assert [one.state for one in story.processes("request")] == ["asked", "answered"]
    assert "协作请求（待答复）" in _closing(story)


def _closing(story: Story) -> str:
    story.walk("verify")
    story.does("conclude", finding="unfounded")
    return story.refused("dismiss")


def test_supervision_climbs_from_a_word_to_a_letter_and_is_closed(story: Story) -> None:
    story.walk(*ACCEPTED, "supervision.urge")
    assert story.told("supervision.urge") == {("shili-market", "handler")}

    story.does("supervision.order", due_on="2026-05-20")
    assert story.state("supervision") == "ordered"
    text = story.text("supervision_order")
    assert "限期办结并书面说明" in text
    assert "示例市市场监督管理局" in text
    assert story.due("jdtl27")[:10] == "2026-05-20"
    assert "supervision_ack" in story.open_rules()

    story.does("supervision.acknowledge")
    assert "supervision_ack" not in story.open_rules()
    story.does("supervision.report")
    assert "jdtl27" not in story.open_rules()
    assert story.does("supervision.close").state == "closed"


def test_a_letter_names_its_own_day_ahead(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "督办期限" in story.refused("supervision.order", due_on=None)
    assert "应当晚于今天" in story.refused("supervision.order", due_on="2026-05-11")


def test_a_letter_lists_what_is_overdue(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits_until("2026-06-03T09:00")

    story.does("supervision.order")

    assert "线索核查与立案决定" in story.text("supervision_order")
    assert "2026年6月1日" in story.text("supervision_order")


def test_the_program_drafts_only_where_something_is_overdue(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    assert "没有逾期的办理时限" in story.refused("supervision.draft")
    story.waits_until("2026-06-03T09:00")

    story.does("supervision.draft")

    [draft] = story.processes("supervision")
    assert draft.department_id == "shili-justice"
    assert story.told("supervision.draft") == {("shili-justice", "supervisor")}
    story.does("supervision.order")
    assert [one.state for one in story.processes("supervision")] == ["ordered"]


def test_a_draft_may_be_dropped_with_a_reason(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.waits_until("2026-06-03T09:00")
    story.does("supervision.draft")

    assert "作废理由" in story.refused("supervision.drop", reason=None)
    assert story.does("supervision.drop").state == "dropped"


def test_who_does_not_obey_gets_an_opinion_then_a_decision_then_a_circular(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.does("supervision.order", due_on="2026-05-20")
    assert "督办期限尚未届满" in story.refused("supervision.give_opinion")

    story.waits_until("2026-05-21T09:00")
    story.does("supervision.give_opinion", due_on="2026-05-28")
    assert "尚未届满" in story.refused("supervision.give_decision")
    story.waits_until("2026-05-29T09:00")
    story.does("supervision.give_decision")
    assert {"jdtl27", "jdtl28"}.isdisjoint(story.open_rules())
    assert "sdj_dec" in story.open_rules()
    story.does("supervision.publicise")

    assert story.processes("supervision")[0].facts["publicised"] is True
    story.walk("supervision.report", "supervision.close")
    assert "sdj_dec" not in story.open_rules()


@pytest.mark.parametrize("action", ["supervision.urge", "supervision.order"])
def test_only_supervisors_supervise(story: Story, action: str) -> None:
    story.walk(*ACCEPTED)

    assert "只能由督办员操作" in story.refused(action, by="head")


def test_who_investigates_crimes_is_not_urged_by_this_road(story: Story) -> None:
    """行政执法监督条例 is of 行政执法机关; over the police watches the procuratorate."""
    story.walk(*ACCEPTED)

    assert "向人民检察院提出" in story.refused("supervision.urge", to_department="shili-police")


def test_the_supervised_answer_for_themselves(story: Story) -> None:
    story.walk(*ACCEPTED, "supervision.order")

    assert "您所在部门不是" in story.refused("supervision.report", by="urban_head")
