"""Who looks into the file, and what he never sees: 程序规定78, 处罚法50, 行政复议法47."""

import pytest

from tests.helpers.story import ACCEPTED, IN_CASE, REVIEWED, Story


def test_the_party_sees_what_was_sent_to_it_and_nothing_internal(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "file_access.ask", "file_access.grant")

    told = story.text("file_access_reply")

    assert story.papers("penalty_notice")[-1].number in told
    assert "立案审批表" in told
    for inner in ("调查终结报告", "审核意见", "线索登记表", "线索转办单"):
        assert inner not in told


def test_a_secret_witness_is_not_even_in_the_list(story: Story) -> None:
    story.does("register", confidential=True)
    story.walk(*IN_CASE[1:])
    story.does("record.inquiry", asked="刘小民", asked_as="witness")
    story.walk("file_access.ask", "file_access.grant")

    told = story.text("file_access_reply")

    assert "询问笔录" not in told
    assert "刘小民" not in told


def test_an_open_witness_is(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("record.inquiry", asked="孙某某", asked_as="witness")
    story.walk("file_access.ask", "file_access.grant")

    assert "询问笔录" in story.text("file_access_reply")


@pytest.mark.parametrize("who", ["agent", "third", "organ"])
def test_who_is_not_the_party_shows_what_lets_him_look(story: Story, who: str) -> None:
    story.walk(*IN_CASE)

    assert "「查阅的权限」" in story.refused("file_access.ask", access_by=who)
    story.does("file_access.ask", access_by=who, access_title="授权委托书一份")


def test_a_clue_without_a_case_has_no_file_to_look_into(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "没有可以查阅的案卷" in story.refused("file_access.ask")


def test_a_refusal_says_why(story: Story) -> None:
    story.walk(*IN_CASE, "file_access.ask")

    story.does("file_access.refuse")

    told = story.text("file_access_reply")
    assert "不同意查阅：不是当事人及其代理人、利害关系人" in told
    assert "与案件没有利害关系" in told


def test_what_was_seen_is_on_record_after_the_end_too(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=8)
    story.walk("case.decide", "case.serve", "case.pay", "case.record_publication", "case.enforce")
    story.walk("case.close", "close", "archive")

    story.walk("file_access.ask", "file_access.grant", "file_access.record")

    assert "现场笔录3页" in story.text("file_access_record")
    assert story.papers("penalty_decision")[-1].number in story.text("file_access_reply")


def test_the_reply_names_no_secret_reporter(story: Story) -> None:
    story.does("register", confidential=True)
    story.walk(*IN_CASE[1:], "file_access.ask")

    assert "要求保密的举报人" in story.refused(
        "file_access.grant", access_withheld="刘小民的举报信"
    )
