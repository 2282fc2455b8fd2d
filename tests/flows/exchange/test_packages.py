"""Data for other platforms: records with their checks, what is kept back and why, no class."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from domain.exchange.check_action import checked
from domain.shapes.inspection import Exchange
from flows.exchange.check_actions import Days
from flows.exchange.packages import MAKERS, Package, package_of
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.inspections.breaches import BreachStory
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.filled_publications import YEARLY
from tests.helpers.inspections.filled_visits import FIRM
from tests.helpers.inspections.publications import PublicationStory
from tests.helpers.inspections.visits import ENTERED, VisitStory
from tests.helpers.people import actor
from tests.helpers.rosters import DAY, code_of

ORGAN = code_of(77, "11")
CODES = Exchange.model_validate(
    {
        "items": {
            "catering": {"code": "01234567890123", "checks": {"shili-market": f"{ORGAN}1000001"}}
        },
        "institutions": {"shili-market": ORGAN},
        "areas": {"shili": "370000"},
        "source": "示例市移送系统",
        "codes": {"result": {"none": "1"}},
    }
)


def _packages(office: Office, chair: str = "supervisor") -> dict[str, Package]:
    viewer = Viewer(office, actor(chair), VisitStory(office).now)
    with reading(office.engine) as session:
        return {kind: package_of(session, viewer, kind, Days(DAY, DAY)) for kind in MAKERS}


@pytest.fixture
def inspected(office: Office, tmp_path: Path) -> Office:
    """One inspection whose result is published, and one that is exempt; a breach that stands."""
    fill_rosters(office, tmp_path)
    story = VisitStory(office)
    story.walk(*ENTERED, "finding.enter_result", "finding.publish", "visit.tell")
    story.does("visit.propose", object=code_of(2))
    story.walk("visit.approve", "visit.notice", "visit.enter")
    story.walk("finding.enter_result", "finding.exempt")
    breach = BreachStory(office)
    breach.does("breach_record.record")
    breach.does("breach_record.confirm")
    return office


def test_what_lacks_a_code_is_kept_back_with_every_reason_and_who_enters_it(
    inspected: Office,
) -> None:
    """legal/inspection.md section 9 (second-hand): 14 digits, two officers, day after day."""
    found = _packages(inspected)["check_actions"]
    assert found.records == ()
    first, second = found.kept_back
    assert "没有监管事项目录编码，请管理员登记" in first.faults
    assert "没有行政区划代码，请管理员登记" in first.faults
    assert "经批准不公示" in second.faults[-1]

    inspection = inspected.rules.inspection.model_copy(update={"exchange": CODES})
    office = replace(inspected, rules=replace(inspected.rules, inspection=inspection))
    packages = _packages(office)
    [record] = packages["check_actions"].records
    assert record["check_personnel_code"] == "M0、M1"
    assert record["administrative_cp_ui_code"] == FIRM
    assert (record["check_result"], record["check_mode"]) == ("1", "现场检查")
    assert record["check_form"] == "1"
    told = json.loads(packages["check_actions"].as_json)
    assert [len(told[one]) for one in ("records", "kept_back")] == [1, 1]
    wrong = {"supervise_item_implement_code": "12", "submitted_date": "2026-05-10"}
    faults = "；".join(checked({**record, **wrong, "check_personnel_code": "M0"}).faults)
    for one in ("不是14位数字", "报送日期早于检查日期", "检查人员不足两名"):
        assert one in faults

    [result] = packages["results"].records
    assert (result["code"], result["outcome"]) == (FIRM, "未发现问题")
    [breach] = packages["credit"].records
    assert breach["level"] == "严重"
    assert packages["plans"].records == ()
    assert _packages(office, "health_head")["check_actions"].kept_back == ()
    assert "等级" not in str([one.labels for one in packages.values()])


def test_a_plan_is_told_until_the_day_from_which_its_next_version_holds(
    office: Office,
) -> None:
    """What the published state alone would tell: the version to come, and none before its day."""
    story = PublicationStory(office)
    plan = {**YEARLY, "co_departments": None}
    story.does("publication.draft", **plan)
    _publish(story, "2026-06-01")
    first = story.publication().no
    story.does("publication.draft", **plan, replaces=first)
    _publish(story, "2026-09-01")
    second = story.publication().no

    assert story.publication().state == "published"
    assert _plans(story, date(2026, 5, 31)) == []
    assert _plans(story, date(2026, 8, 31)) == [first]
    assert _plans(story, date(2026, 9, 1)) == [second]


def _publish(story: PublicationStory, day: str) -> None:
    story.walk("publication.go_on_alone", "publication.approve")
    story.does("publication.file", filed_on="2026-05-11")
    story.does("publication.publish", in_force_on=day)


def _plans(story: PublicationStory, until: date) -> list[str]:
    viewer = Viewer(story.office, actor("supervisor"), story.now)
    with reading(story.office.engine) as session:
        found = package_of(session, viewer, "plans", Days(date(2026, 1, 1), until))
    return [one["no"] for one in found.records]
