"""结果互认: another department's fresh result stands for a visit, and a door is saved."""

from dataclasses import replace
from pathlib import Path

import pytest

from flows.assessment.assessed import assess
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from flows.visits.visit_lists import asked_of
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.people import actor


@pytest.fixture
def story(office: Office, tmp_path: Path) -> VisitStory:
    """A roster of ten firms and six officers."""
    fill_rosters(office, tmp_path)
    return VisitStory(office)


def _inspected_by_health(story: VisitStory, **found: object) -> str:
    story.does("visit.propose", "health", officers="M3 M4")
    story.does("visit.approve", "health_principal", over_cap_reason="事项不同")
    for step in ("visit.notice", "visit.enter"):
        story.does(step, "health")
    story.does("finding.enter_result", "health", **found)
    return story.visit().no


def test_what_was_not_looked_at_is_recognised_by_nobody(story: VisitStory) -> None:
    """优化营商环境条例第五十七条: a result is one of what was inspected, and of nothing found."""
    skipped = {"检查事项": "从业人员健康证明", "结果": "未检查", "发现问题": ""}
    _inspected_by_health(story, items=[skipped])
    story.does("visit.propose")
    assert "没有其他部门" in story.refused("visit.recognise")
    source = _inspected_by_health(story)
    story.does("visit.propose")
    assert f"可以采用的：{source}" in story.refused("visit.recognise", from_visit="JC9")
    bad = [{"检查事项": "进货查验", "结果": "不合格", "发现问题": "没有进货票据"}]
    story.does("visit.approve", over_cap_reason="另案检查")
    for step in ("visit.notice", "visit.enter"):
        story.does(step)
    story.does("finding.enter_result", outcome="pending", items=bad, record="没有进货票据")

    story.does("visit.propose")

    assert "没有其他部门" in story.refused("visit.recognise", from_visit=source)


def test_a_visit_is_replaced_by_what_another_department_found_last_week(story: VisitStory) -> None:
    """优化营商环境条例第五十七条: 处理结果互认."""
    story.does("visit.propose")
    assert "没有其他部门" in story.refused("visit.recognise")
    source = _inspected_by_health(story)
    story.waits(days=7)
    story.does("visit.propose", kind="single")
    assert "个案检查" in story.refused("visit.recognise", from_visit=source)
    story.does("visit.propose")
    assert "只能由" in story.refused("visit.recognise", by="head", from_visit=source)
    assert f"可以采用的：{source}" in story.refused("visit.recognise", from_visit="JC9")
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor("principal"), story.now)
        found = [one.results for one in asked_of(session, viewer)]
    assert found[-1] == (f"示例市卫生健康委员会2026-05-11（{source}）",)
    short = story.office.rules.inspection.model_copy(update={"recognised_days": 3})
    whole = story.office
    story.office = replace(whole, rules=replace(whole.rules, inspection=short))
    assert "没有其他部门" in story.refused("visit.recognise", from_visit=source)
    story.office = whole

    story.does("visit.recognise", from_visit=source)

    row = story.visit()
    [used] = row.facts["recognised_results"]
    assert (row.state, used["编号"], used["部门"]) == ("recognised", source, "示例市卫生健康委员会")
    assert used["检查日期"] == "2026-05-11"
    assert story.findings() == {"shili-market": "called_off"}
    told = f"不再上门，采用示例市卫生健康委员会2026-05-11检查（{source}）的结果"
    assert told in story.text("visit_approval")
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor("supervisor"), story.now)
        counted = assess(session, viewer, 2026).rows
    saved = [one for one in counted if one.figure == "saved"]
    assert [(one.no, one.note) for one in saved] == [
        (row.no, f"采用示例市卫生健康委员会{source}的结果")
    ]
    assert story.chain_holds()
