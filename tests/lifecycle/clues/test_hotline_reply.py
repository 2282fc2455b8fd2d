"""The hotline's five days give way to the statute's: 济南条例第二十四条、潍坊条例第二十条."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy import text as sql
from sqlmodel import col

from domain.tables.process import Clue
from domain.tables.record import Event
from flows.papers.current_facts import list_stale
from flows.reminders.daily_tasks import daily
from flows.site.store import reading
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, Story

FOLLOWING = "reply_by_statute"


def _runs_on(story: Story) -> Story:
    """A site that takes 本级约定 out of its pack."""
    region = story.office.region.model_copy(update={"reply_yields": None})
    story.office = replace(story.office, region=region)
    return story


def _in_region(story: Story, region: str) -> Story:
    story.office = replace(story.office, region=story.office.rules.regions[region])
    return story


@pytest.mark.parametrize(
    ("region", "clock"), [("jinan", "jn24"), ("weifang", "wf20"), ("shandong", "sd12_do")]
)
def test_a_filed_case_answers_its_caller_and_runs_on_with_the_case(
    story: Story, region: str, clock: str
) -> None:
    _in_region(story, region)
    story.walk(*CONCLUDED)
    assert clock in story.open_rules()

    story.does("file_case")

    assert clock not in story.open_rules()
    assert story.due(FOLLOWING) == story.due("cx64")
    assert "已于2026年5月11日立案调查" in story.text("interim_reply")
    assert "2026年8月10日前作出处理决定" in story.text("interim_reply")
    assert ("transfer", "write_back") in story.followups()[-3:]


def test_the_reply_quotes_the_article_only_where_it_binds(story: Story) -> None:
    _in_region(story, "jinan")
    story.walk(*CONCLUDED, "file_case")

    assert "《济南市12345市民服务热线条例》第二十四条" in story.text("interim_reply")


def test_elsewhere_the_reply_quotes_no_article_of_jinan(story: Story) -> None:
    story.walk(*CONCLUDED, "file_case")

    assert "济南" not in story.text("interim_reply")
    assert "潍坊" not in story.text("interim_reply")


def test_the_reply_follows_the_case_when_it_is_extended(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.extend")

    assert story.due(FOLLOWING) == story.due("cx64")


def test_the_reply_stands_still_while_the_case_does(story: Story) -> None:
    story.walk(*IN_CASE, "case.suspend")
    story.waits(days=30)
    assert story.running(FOLLOWING).paused

    story.does("case.resume")

    assert not story.running(FOLLOWING).paused
    assert story.due(FOLLOWING) == story.due("cx64")


def test_after_the_decision_the_caller_is_told_within_five_working_days(story: Story) -> None:
    story.walk(*IN_CASE)
    assert "尚未作出处理决定" in story.refused("reply_result")
    story.does("case.terminate")

    assert story.due(FOLLOWING) == "2026-05-18T23:59"
    story.does("reply_result", result="违法事实不能成立，已终止调查")
    assert FOLLOWING not in story.open_rules()
    assert "已终止调查" in story.text("result_reply")


def test_a_verification_that_takes_its_fifteen_days_answers_in_between(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")

    story.does("interim_reply", progress="已抽样送检")

    assert "sd12_do" not in story.open_rules()
    assert story.due(FOLLOWING) == story.due("cx18")
    assert "已抽样送检" in story.text("interim_reply")


def test_a_referral_without_a_case_answers_its_caller_too(story: Story) -> None:
    story.walk(*CONCLUDED, "refer", "referral.approve")

    assert "移送公安机关" in story.text("interim_reply")
    assert story.due(FOLLOWING)[:10] == story.due("310_deliver")[:10]


def test_where_the_site_set_nothing_the_hotlines_days_run_on(story: Story) -> None:
    _runs_on(story)
    story.walk(*CONCLUDED)
    assert "reply_yields" in story.refused("interim_reply")

    story.does("file_case")

    assert "sd12_do" in story.open_rules()
    assert not story.papers("interim_reply")


def test_who_never_called_is_owed_no_interim_reply(story: Story) -> None:
    story.does("register", channel="superior")
    story.walk(*CONCLUDED[1:])

    assert "没有待答复的热线工单" in story.refused("interim_reply")
    story.does("file_case")
    assert not story.papers("interim_reply")


def test_a_clue_taken_up_again_owes_its_caller_a_reply_again(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.does("dismiss")
    assert "sd12_do" not in story.open_rules()

    story.does("reopen", reopen_ground="unsatisfied", reopen_due="2026-06-30")

    assert story.due("sd12_do") == "2026-05-18T23:59"


def test_an_older_case_whose_hotline_days_still_run_can_be_answered(story: Story) -> None:
    """A home of before: filed while the hotline's clock ran on."""
    usual = story.office
    _runs_on(story).walk(*IN_CASE)
    assert "sd12_do" in story.open_rules()
    story.office = usual

    story.does("interim_reply")

    assert "sd12_do" not in story.open_rules()
    assert story.due(FOLLOWING) == story.due("cx64")


def test_the_reply_moves_with_a_limit_that_is_computed_again(story: Story) -> None:
    """The daily work corrects the case's day; the caller is not told another one."""
    story.walk(*IN_CASE)
    right = story.due("cx64")
    with story.office.engine.begin() as connection:
        moment = {"due": "2026-07-01 15:59:59.000000"}
        rules = "('cx64', 'reply_by_statute')"
        connection.execute(
            sql(f"UPDATE clock SET due_at = :due, breach_at = :due WHERE rule IN {rules}"), moment
        )
        connection.execute(sql("UPDATE clock SET provisional = 1 WHERE rule = 'cx64'"))
        connection.execute(
            sql("UPDATE clock SET due_on = '2026-07-01' WHERE rule = 'reply_by_statute'")
        )
    story.waits(days=1)

    daily(story.office, story.now)

    assert story.due("cx64") == right
    assert story.due(FOLLOWING) == right


def test_the_paper_and_the_record_tell_the_day_that_was_meant_then(story: Story) -> None:
    """A later extension makes the interim reply no false paper."""
    story.walk(*IN_CASE, "case.extend")

    with reading(story.office.engine) as session:
        rows = session.exec(
            select(Event).where(col(Event.clue_id) == story.clue).order_by(col(Event.seq))
        ).scalars()
        told = {f"{one.process_kind}.{one.action}": one.detail for one in rows}
        stale = list_stale(session, story.office, session.get_one(Clue, story.clue))
    assert list(stale) == []
    opened = [one[:27] for one in told["clue.file_case"]["opened"]]
    assert "reply_by_statute 2026-08-10" in opened
    assert told["case.extend"]["followed"] == [
        f"clue {story.clue} reply_by_statute 2026-09-08T23:59:59+08:00"
    ]


# --- complaints ---


def test_a_complaint_in_mediation_is_not_red_by_the_hotlines_days(story: Story) -> None:
    """济南24(二)、潍坊20(二), 投诉举报处理办法23: sixty days for mediation, testing left out."""
    story.does("register", complaint_kind="complaint")
    story.walk("dispatch", "accept", "admit_complaint")

    assert "sd12_do" not in story.open_rules()
    assert story.due(FOLLOWING) == story.due("ts23_mediate") == "2026-07-10T23:59"
    assert "受理该投诉，正在依法组织调解" in story.text("interim_reply")
    assert "前完成调解或者终止调解" in story.text("interim_reply")

    story.walk("complaint.commission")
    story.waits(days=10)
    story.walk("complaint.record_result")
    assert story.due(FOLLOWING) == story.due("ts23_mediate") > "2026-07-19"

    story.walk("complaint.agree", "close_complaint")
    assert not {FOLLOWING, "sd12_do"} & story.open_rules()


def test_a_complaint_that_was_admitted_before_this_rule_gets_its_interim_reply(
    story: Story,
) -> None:
    story.does("register", complaint_kind="complaint")
    story.walk("dispatch", "accept")
    story.does("interim_reply")
    assert story.due(FOLLOWING) == story.due("ts15")

    story.walk("admit_complaint", "interim_reply")

    assert story.due(FOLLOWING) == story.due("ts23_mediate")
