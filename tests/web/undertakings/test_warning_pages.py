"""A risk warning at the browser: the list with its arithmetic, the page of one, the interface."""

from datetime import timedelta
from pathlib import Path

from sqlmodel import select

from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.site.store import transaction
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.filled_visits import FIRM
from tests.helpers.inspections.risk_warnings import WarningStory
from tests.web.conftest import Workbench

NO = "/undertakings/YJ2026000001"


def test_a_warning_is_read_assessed_and_pushed_at_the_browser(
    workbench: Workbench, tmp_path: Path
) -> None:
    story = WarningStory(workbench.office, workbench.clock.now)
    story.reports(3)
    story.computes()
    workbench.clock.now = story.now + timedelta(minutes=1)
    handler, head = workbench.at("handler"), workbench.at("head")

    listed = handler.get("/risk_warnings").text
    assert "近30日3件，3名不同的人反映" in listed
    assert f'href="{NO}/do/risk_warning/assess"' in listed
    assert "尚不计算：基线不足" in listed
    assert "有案不移 0件" not in listed
    assert "有案不移 0件" in head.get("/risk_warnings").text
    form = {"f.assessment": "集中反映过期原料"}
    assert handler.post(f"{NO}/do/risk_warning/assess", data=form).status_code == 303
    page = handler.get(NO).text
    assert "<dt>预警对象编码</dt>" not in page
    assert '<dt>预警指标</dt><dd class="pre">同一当事人被多人反映</dd>' in page
    fill_rosters(workbench.office, tmp_path)
    visit = {
        **{"f.visit_object": FIRM, "f.visit_matters": "catering", "f.visit_officers": ["M0", "M1"]},
        "f.visit_reason": "需要查看后厨",
    }
    assert 'value="M1"' in handler.get(f"{NO}/do/risk_warning/to_visit").text
    done = handler.post(f"{NO}/do/risk_warning/to_visit", data=visit)
    assert done.status_code == 303
    assert 'href="/undertakings/JC2026000001"' in handler.get(NO).text
    asked = {
        "f.addressees": "shili-health",
        "f.demands": "请核查留样",
        "f.respond_by": "2026-06-01",
    }
    assert head.post(f"{NO}/do/risk_warning/push", data=asked).status_code == 303
    shown = head.get(NO).text
    assert "风险预警通知书" in shown
    assert "您无权查看" in shown
    assert "示例市卫生健康委员会" in shown
    health = workbench.at("health")
    assert "请核查留样" in health.get(NO).text
    answer = {"f.finding": "none", "f.answer": "留样齐全"}
    assert health.post(f"{NO}/do/risk_response/answer", data=answer).status_code == 303
    assert "留样齐全" in head.get(NO).text
    assert "已反馈待了结" in workbench.at("supervisor").get("/risk_warnings").text


def test_a_warnings_limit_is_watched_whatever_else_bears_its_number(workbench: Workbench) -> None:
    """Its process has the id of the dossier, which a process of another kind may bear as well."""
    story = WarningStory(workbench.office, workbench.clock.now)
    story.reports(3)
    story.computes()
    workbench.clock.now = story.now + timedelta(minutes=1)
    with transaction(workbench.office.engine) as session:
        warning = session.exec(select(Undertaking)).one()
        part = {"kind": "part", "state": "asked", "department_id": "shili-health"}
        session.add(Process(id=warning.id, clue_id=1, opened_at=workbench.clock.now, **part))

    supervisor = workbench.at("supervisor")
    assert "YJ2026000001" in supervisor.get("/board/limits").text
    workbench.clock.pass_(days=60)
    assert "YJ2026000001" in workbench.at("supervisor").get("/overdue").text


def test_a_dismissed_warning_says_for_what_ground(workbench: Workbench) -> None:
    story = WarningStory(workbench.office, workbench.clock.now)
    story.reports(3)
    story.computes()
    workbench.clock.now = story.now + timedelta(minutes=1)
    head = workbench.at("head")

    form = {"f.ground": "handled", "f.reason": "已并入专项处置"}
    assert head.post(f"{NO}/do/risk_warning/dismiss", data=form).status_code == 303

    page = head.get(NO).text
    assert "<dt>排除理由</dt><dd>已在处置</dd>" in page
    assert "已并入专项处置" in page
