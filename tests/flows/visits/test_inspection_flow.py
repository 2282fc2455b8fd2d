"""The stage of inspections: notices handed on, results public in their limit, reminders."""

import json
from pathlib import Path

import pytest

from flows import followups
from flows.site.office import Office
from flows.visits.visit_reminders import remind_of_visits
from tests.helpers.by_hand import inbox, to, work_off
from tests.helpers.inspections.draws import DrawStory, fill_rosters
from tests.helpers.inspections.filled_publications import PLAN
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.visits import VisitStory

PLANNED = ("publication.consult", "publication_opinion.agree", "publication.approve")
MARKET, HEALTH = "shili-market", "shili-health"


@pytest.fixture
def story(office: Office, tmp_path: Path) -> VisitStory:
    """A roster of ten firms and six officers."""
    fill_rosters(office, tmp_path)
    return VisitStory(office)


def _public(story: VisitStory) -> list[dict[str, object]]:
    folder = story.office.settings.home / "publicity"
    return [json.loads(one.read_text()) for one in sorted(folder.glob("*.json"))]


def test_notice_and_results_reach_who_goes_there_and_a_result_is_public_in_its_limit(
    story: VisitStory,
) -> None:
    """威海办法第十三条；渭南方案三（十）；企业信息公示暂行条例第六条第二款."""
    assert "inspection" in followups.STAGES
    story.does("visit.propose", departments=[HEALTH])
    story.walk("visit.approve", "finding.agree")
    story.does("visit.notice", visit_on="2026-05-13T09:30+08:00")
    story.does("visit.postpone", visit_on="2026-05-14T14:00+08:00")
    work_off(story)
    letters = inbox(story, "visit.letter")
    assert [to(one) for one in letters] == [(MARKET, "handler"), (HEALTH, "handler")]
    assert letters[0].title == "检查通知（改期）：JC2026000001"
    assert "检查时间：2026年5月14日14:00" in letters[0].body
    assert "送达检查对象" in letters[0].body and "送达检查对象" not in letters[1].body
    assert "甲3（M3）" in letters[1].body and "行政检查通知书" in letters[1].body

    story.waits_until("2026-05-14T08:00")
    assert remind_of_visits(story.office, story.now) == 2
    assert remind_of_visits(story.office, story.now) == 0
    story.waits_until("2026-05-15T08:00")
    assert remind_of_visits(story.office, story.now) == 2
    assert "还没有登记进入" in inbox(story, "visit.reminder")[-1].body
    story.does("visit.enter", back_entry_reason="当日网络不通", entered_at="2026-05-14T14:00+08:00")
    story.does("finding.enter_result")
    story.waits_until("2026-05-20T08:00")
    assert remind_of_visits(story.office, story.now) == 2
    assert to(inbox(story, "visit.reminder")[-1]) == (HEALTH, "department_head")
    story.does("finding.enter_result", by="health")
    story.does("visit.tell")
    work_off(story)
    told = inbox(story, "visit.results")
    assert [to(one) for one in told] == [(MARKET, "handler"), (HEALTH, "handler")]
    assert "企业信息公示暂行条例" in told[0].body and "《检查结果告知书》" in told[0].body

    story.does("finding.publish")
    work_off(story)
    [own] = _public(story)
    assert (own["检查机关"], own["检查结果"]) == ("示例市市场监督管理局", "未发现问题")
    assert not {"等级", "比例", "签号"} & set(own)
    story.waits_until("2026-06-16T08:30")
    work_off(story)
    assert story.findings() == {MARKET: "published", HEALTH: "entered"}
    story.waits_until("2026-06-17T09:30")
    work_off(story)
    work_off(story)
    assert story.findings() == {MARKET: "published", HEALTH: "published"}
    assert story.open_rules() == set()
    assert [one["检查机关"] for one in _public(story)][1:] == ["示例市卫生健康委员会"]
    assert story.chain_holds()


def test_what_was_not_told_or_was_exempted_is_not_made_public_by_the_program(
    story: VisitStory,
) -> None:
    """渭南方案三（十）."""
    story.walk("visit.propose", "visit.approve", "visit.notice", "visit.enter")
    story.does("finding.enter_result")
    story.waits_until(story.due("publicity_qy6"))
    work_off(story)
    [asked, head] = inbox(story, "visit.results")
    assert "尚未告知检查对象，不能公示" in asked.body and to(head)[1] == "department_head"
    story.does("finding.exempt")
    story.waits(days=5)
    work_off(story)
    assert story.findings() == {MARKET: "exempt"}
    assert _public(story) == []


def test_a_draw_keeps_the_days_of_its_plan_and_rows_with_nothing_begun_are_reminded_of(
    story: VisitStory,
) -> None:
    """渭南方案附件2: 检查起止时间; how early a draw may be is 本级约定."""
    plan = PublicationStory(story.office, story.now)
    rows = [
        {**PLAN, "起止时间": "2026年7月至9月"},
        {**PLAN, "监管事项": "公共场所卫生监督检查", "起止时间": "择期"},
    ]
    plan.does("publication.draft", kind="annual_plan", year=2026, items=None, plan=rows)
    plan.walk(*PLANNED)
    plan.does("publication.file", filed_on=f"{plan.now:%Y-%m-%d}")
    plan.does("publication.publish", in_force_on=f"{plan.now:%Y-%m-%d}")
    draw = DrawStory(story.office, plan.now)

    early = draw.refused("draw.prepare")

    assert "2026年7月至9月" in early and plan.publication().no in early
    assert "公共场所卫生" not in early
    draw.waits_until("2026-06-05T09:00")
    draw.does("draw.prepare")
    draw.does("draw_part.agree")
    draw.waits_until("2026-10-08T09:00")
    assert "今天不在其中" in draw.refused("draw.freeze")
    draw.does("draw.drop")

    assert remind_of_visits(story.office, plan.now) == 0
    plan.waits_until("2026-09-15T08:00")
    assert remind_of_visits(story.office, plan.now) == 1
    plan.waits_until("2026-10-08T08:00")
    assert remind_of_visits(story.office, plan.now) == 2
    assert [one.title for one in inbox(plan, "visit.reminder")] == [
        "计划的检查尚未开始：GB2026000001",
        *["计划的检查没有开展：GB2026000001"] * 2,
    ]
