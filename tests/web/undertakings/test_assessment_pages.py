"""The yearly assessment at the browser and the command line: figures, rows, report."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from flows.site.moment import set_moment
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.visits import ENTERED, VisitStory
from tests.web.conftest import Workbench

NO = "/undertakings/PG2026000001"


def test_a_supervisor_opens_a_figures_rows_and_draws_up_the_report(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_rosters(workbench.office, tmp_path)
    story = VisitStory(workbench.office, workbench.clock.now)
    story.walk(*ENTERED, "finding.enter_result")
    workbench.clock.now = story.now + timedelta(minutes=1)
    supervisor, head = workbench.at("supervisor"), workbench.at("head")

    shown = supervisor.get("/assessments").text
    rows = "/assessments/rows?figure=visited&amp;year=2026&amp;view=department&amp;key=shili-market"
    assert f'href="{rows}"' in shown
    listed = supervisor.get(rows.replace("&amp;", "&")).text
    assert 'href="/undertakings/JC2026000001"' in listed
    assert "未发现问题" in listed
    for file in ("/assessments.xlsx?view=matter", "/assessments/rows.xlsx?figure=doors"):
        assert supervisor.get(file).content.startswith(b"PK")
    assert "拟制年度评估</a>" not in head.get("/assessments").text
    assert workbench.at("handler").get("/assessments").status_code == 403

    form = {"f.title": "2026年度评估", "f.year": "2026"}
    assert supervisor.post("/assessments/new", data=form).status_code == 303
    assert "本年录入的检查结果" in supervisor.get(NO).text
    settled = {"f.opinion": "检查一次，未发现问题。"}
    assert supervisor.post(f"{NO}/do/assessment/issue", data=settled).status_code == 303
    assert "年度评估报告" in supervisor.get(NO).text
    assert "PG2026000001" in supervisor.get("/assessments").text

    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    set_moment(workbench.office, workbench.clock.now)
    home = ["--home", str(workbench.office.settings.home)]
    table = CliRunner().invoke(app, [*home, "assessment", "figures", "--as", "supervisor"])
    assert "示例市市场监督管理局" in table.output.replace("\n", "")
    found = CliRunner().invoke(app, [*home, "assessment", "rows", "visited", "--as", "supervisor"])
    assert "JC2026000001" in found.output
