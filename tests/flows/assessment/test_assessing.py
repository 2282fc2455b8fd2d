"""A year assessed: every figure from rows, by every view, and the report whose annex lists them."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from domain.assessment.figures import FIGURES
from domain.shapes.inspection import Pilot
from flows.assessment.assessed import VIEWS, Assessed, assess, year_meant
from flows.assessment.assessment_sheets import lines_sheet, rows_sheet
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.inspections.assessments import AssessmentStory
from tests.helpers.inspections.draws import DrawStory, fill_rosters
from tests.helpers.inspections.filled_publications import PLAN, YEARLY
from tests.helpers.inspections.filled_visits import BAD
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.people import actor

PILOT = Pilot(label="餐饮综合查一次试点", matters=("catering",), since=date(2026, 1, 1))


@pytest.fixture
def worked(office: Office, tmp_path: Path) -> Office:
    """A year's work: a plan, a draw, a joint inspection with a problem, an off-site one."""
    pilots = {"once": PILOT, "later": PILOT.model_copy(update={"since": date(2027, 1, 1)})}
    inspection = office.rules.inspection.model_copy(update={"pilots": pilots})
    office = replace(office, rules=replace(office.rules, inspection=inspection))
    fill_rosters(office, tmp_path)
    plan = PublicationStory(office)
    named = {**PLAN, "监管事项": office.rules.matters["catering"].name}
    plan.does("publication.draft", **{**YEARLY, "plan": [named], "co_departments": None})
    plan.walk("publication.go_on_alone", "publication.approve")
    today = plan.now.date().isoformat()
    plan.does("publication.file", filed_on=today)
    plan.does("publication.publish", in_force_on=today)
    draw = DrawStory(office, plan.now)
    draw.does("draw.prepare")
    draw.does("draw_part.decline")
    story = VisitStory(office, draw.now)
    story.does("visit.propose", departments=["shili-health"])
    story.walk("visit.approve", "finding.agree", "visit.notice", "visit.enter")
    story.does("finding.enter_result", items=[BAD], outcome="pending")
    story.does("finding.pass_on")
    story.does("finding.publish")
    story.does("visit.propose", way="papers", why_on_site=None)
    story.does("visit.approve", over_cap_reason="核对报送的台账")
    story.walk("visit.begin_off_site")
    story.does("finding.enter_result", signed="none")
    return office


def _assessed(office: Office, chair: str = "supervisor", year: int = 2026) -> Assessed:
    now = VisitStory(office).now
    with reading(office.engine) as session:
        return assess(session, Viewer(office, actor(chair), now), year)


def test_every_figure_is_the_sum_of_its_rows_and_divides_by_department_matter_plan_and_pilot(
    worked: Office,
) -> None:
    """国办发〔2023〕1号（十五）、（十八）；渭南方案四（四）."""
    found = _assessed(worked)

    whole = {one.id: found.whole.of(one.id) for one in FIGURES if found.whole.of(one.id)}
    assert whole == {
        **{"planned": 1, "visited": 2, "doors": 1, "saved": 1, "off_site": 1, "found": 1},
        **{"passed_on": 1, "due": 2, "kept": 1, "declined": 1},
    }
    for figure, number in whole.items():
        assert sum(one.number for one in found.behind(figure)) == number
        lines = found.lines("department")
        assert sum(one.of(figure) for one in lines) == number
        behind = [found.behind(figure, "department", one.key) for one in lines]
        assert sum(one.number for rows in behind for one in rows) == number
    by = {view.id: {one.label: one for one in found.lines(view.id)} for view in VIEWS}
    market, health = (
        by["department"][f"示例市{one}"] for one in ("市场监督管理局", "卫生健康委员会")
    )
    assert (market.of("visited"), market.of("declined"), health.of("declined")) == (2, 0, 1)
    assert by["matter"][worked.rules.matters["catering"].name].of("found") == 1
    assert by["county"]["示例市"].of("doors") == 1
    [plan] = by["plan"].values()
    assert (plan.of("planned"), plan.of("visited"), plan.of("saved")) == (1, 2, 1)
    assert set(by["pilot"]) == {"餐饮综合查一次试点"}
    [clue] = found.behind("passed_on")
    assert clue.note.startswith("XS2026")
    [declined] = found.behind("declined")
    assert declined.note == "本季度已检查过同一批对象"
    assert len(list(rows_sheet(found, "visited", "matter", "catering").rows)) == 2
    assert list(lines_sheet(found, "county").rows)[-1][0] == "合计"

    assert _assessed(worked, year=2025).rows == ()
    assert {one.department for one in _assessed(worked, "health_head").rows} == {"shili-health"}
    assert _assessed(worked, "county_head").rows == ()
    assert year_meant("2030", VisitStory(worked).now) == 2026


def test_the_report_freezes_the_figures_and_lists_the_rows_of_each(worked: Office) -> None:
    story = AssessmentStory(worked, VisitStory(worked).now)
    assert "年度应在2019至2026之间" in story.refused("assessment.draw_up", "supervisor", year=2027)
    story.does("assessment.draw_up")
    row = story.row()
    assert row.no == "PG2026000001"
    assert row.facts["by_pilot"][0]["检查"] == "2"
    assert row.facts["row_count"] == 12
    story.does("assessment.recount")
    story.does("assessment.issue")

    told = story.text("assessment_report")
    assert _printed(story) == [list(one.values()) for one in story.row().facts["by_department"]]
    figures = row.facts["figures"]
    assert [one["指标"] for one in figures if f"{one['附表']} {one['指标']}" not in told] == []
    for one in ("本季度已检查过同一批对象", "JC2026000001", "餐饮综合查一次试点", "共12件"):
        assert one in told
    assert story.row().state == "issued"
    assert story.chain_holds()


def _printed(story: AssessmentStory) -> list[list[str]]:
    """The lines of the departments as the issued report prints them."""
    content = story.office.shelf.get(story.papers("assessment_report")[-1].sha256)
    tables = Document(BytesIO(content)).tables
    [found] = [one for one in tables if one.rows[0].cells[0].text == "部门"]
    return [[cell.text for cell in row.cells] for row in found.rows[1:]]
