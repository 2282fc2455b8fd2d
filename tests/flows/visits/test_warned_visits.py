"""A risk warning becomes an inspection or a special plan, in the transaction of its own step."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Refused
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.site.office import Office
from flows.warnings.figures import led_to_action
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.helpers.office import snapshot
from tests.helpers.people import actor


def _does(story: WarningStory, action: str, **form: object) -> None:
    story.now += timedelta(hours=1)
    act(story.office, story.command(action, **form), actor("handler"), story.now)


def _made(story: WarningStory) -> list[Undertaking]:
    with Session(story.office.engine) as session:
        query = select(Undertaking).where(col(Undertaking.parent_id) == story.clue)
        return list(session.exec(query.order_by(col(Undertaking.id))))


def test_a_warning_leads_to_an_inspection_and_to_a_special_plan(
    office: Office, tmp_path: Path
) -> None:
    """威海办法第十七条；四十一问第二十一问."""
    story = WarningStory(office)
    story.reports(3)
    story.computes()
    assert "待研判" in story.refused("risk_warning.to_visit")
    story.walk("risk_warning.assess")
    assert "warning_assess" in story.open_rules()
    before = snapshot(office)
    with pytest.raises(Refused, match="名录中没有证号M0"):
        act(office, story.command("risk_warning.to_visit"), actor("handler"), story.now)
    assert snapshot(office) == before

    fill_rosters(office, tmp_path)
    _does(story, "risk_warning.to_visit")
    _does(story, "risk_warning.to_special")

    visit, plan = _made(story)
    number = story.warning().no
    assert (visit.kind, visit.state, visit.facts["kind"]) == ("visit", "planned", "single")
    assert visit.title == f"示例市1号餐饮有限公司检查（{number}）"
    assert visit.facts["ground"].startswith(f"风险预警{number}：同一当事人被多人反映")
    assert [one["证号"] for one in visit.facts["team"]] == ["M0", "M1"]
    assert (plan.kind, plan.state, plan.facts["kind"]) == (
        *("publication", "drafted"),
        "special_plan",
    )
    assert plan.facts["co_departments"] == ["shili-health"]
    assert story.warning().facts["led_to"] == [visit.no, plan.no]
    assert led_to_action(story.warning())
    assert story.open_rules() == set()
    assert story.chain_holds()
