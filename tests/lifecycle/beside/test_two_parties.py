"""Two parties of one act: each has a case, a fine and a debt of its own."""

from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from domain.tables.process import Clue
from tests.helpers.story import ACCEPTED, IN_CASE, REVIEWED, Story

TWO = "林海生、赵建国"


@pytest.mark.parametrize("name", [TWO, "林海生，赵建国", "甲公司；乙公司（经营者：王海、李江）"])
def test_nothing_is_filed_against_two_at_once(story: Story, name: str) -> None:
    story.does("register", subject_name=name)
    story.walk(*ACCEPTED[1:], "verify", "conclude")

    told = story.refused("file_case")

    assert "写有几个当事人" in told
    assert "另行登记线索" in told
    story.does("file_case", subject_name="林海生")


@pytest.mark.parametrize("name", ["甲公司（经营者：王海、李江）", "Example Co., Ltd."])
def test_one_party_may_have_a_long_name(story: Story, name: str) -> None:
    story.does("register", subject_name=name)
    story.walk(*IN_CASE[1:])

    assert story.state("case") == "investigating" or story.state("case") == "filed"


def test_no_second_name_is_added_on_the_way(story: Story) -> None:
    story.walk(*REVIEWED)

    assert "写有几个当事人" in story.refused("case.name_party", subject_name=TWO)


def test_nobody_is_fined_on_the_spot_with_another(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert "写有几个当事人" in story.refused("penalise_on_spot", subject_name=TWO)


def _fined(story: Story, name: str) -> None:
    story.walk(*IN_CASE[1:5])
    story.does("file_case", subject_name=name)
    story.walk(*IN_CASE[6:], *REVIEWED[len(IN_CASE) :], "case.notice")
    story.waits(days=8)
    story.walk("case.decide", "case.serve")


def test_one_pays_and_the_other_is_urged_for_its_own_debt_only(story: Story) -> None:
    story.does("register", subject_name=TWO)
    part = {"title": "赵建国的部分", "content": "同一事实", "category": "举报"}
    story.does("split", parts=[part])
    with Session(story.office.engine) as session:
        other = session.exec(select(Clue.id).where(col(Clue.id) != story.clue)).one()
    second = replace(story, clue=other)
    _fined(story, "林海生")
    second.now = story.now
    _fined(second, "赵建国")
    story.now = second.now

    story.does("case.pay")
    story.walk("case.record_publication", "case.enforce", "case.close")
    second.waits(days=30)
    second.does("case.urge_payment")

    assert story.state("case") == "closed"
    demand = second.text("demand_notice")
    assert "赵建国" in demand and "林海生" not in demand
    assert "已缴数额：0.00元" in demand
    assert second.state("case") == "served"
