"""An inspection at the workbench: proposed, approved in a list, found today, read by everybody."""

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import app
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.filled_visits import FIRM
from tests.helpers.inspections.visits import VisitStory
from tests.helpers.rosters import code_of
from tests.web.conftest import Workbench

NO = "/undertakings/JC2026000001"
FORM = {
    "f.title": "示例市1号餐饮有限公司检查",
    "f.object": FIRM,
    "f.kind": "daily",
    "f.ground": "年度计划第3项",
    "f.matters": ["catering"],
    "f.officers": ["M0", "M1"],
    "f.way": "on_site",
    "f.why_on_site": "需要查看后厨操作",
}


def test_an_inspection_goes_from_its_form_to_the_public_page(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_rosters(workbench.office, tmp_path)
    handler, principal = workbench.at("handler"), workbench.at("principal")
    assert 'href="/visits/new"' in handler.get("/visits").text
    assert "情况紧急" in handler.get("/visits/urgent").text
    picks = handler.get("/visits/new").text
    assert '<input type="checkbox" name="f.officers" value="M1">' in picks
    assert "甲1（M1，有效期至2027-01-01）" in picks and 'value="M3"' not in picks
    assert "监管名录中没有" in handler.post("/visits/new", data={**FORM, "f.object": "91X"}).text
    begun = handler.post("/visits/new", data=FORM)
    assert begun.headers["location"].startswith(f"{NO}?done=")
    listed = principal.get("/visits/approvals").text
    assert "示例市1号餐饮有限公司检查" in listed
    assert handler.get("/visits/approvals").status_code == 403
    approved = principal.post("/visits/approvals", data={"pick": "JC2026000001-0"}).text
    assert "已批准" in approved and "没有等待批准的检查" in approved

    story = VisitStory(workbench.office, workbench.clock.now, clue=1)
    today = story.now + timedelta(hours=1)
    story.does("visit.notice", visit_on=today.isoformat())
    workbench.clock.now = story.now + timedelta(minutes=1)
    change = workbench.at("head").get(f"{NO}/do/visit/change_officer").text
    goes, takes_over = change.split('name="f.replaced_by"')
    assert '<option value="M1">甲1（M1）</option>' in goes.split('name="f.certificate"')[1]
    assert 'value="M2"' in takes_over and 'value="M3"' not in takes_over
    handler = workbench.at("handler")
    going = handler.get("/visits/today").text
    assert "登记现场检查" in going
    assert "示例路1号" in going
    code = story.papers("visit_notice")[-1].code
    verdict = handler.get(f"/v/{code}").text
    assert "M0" in verdict
    assert "餐饮服务" in verdict
    story.does("visit.enter")
    workbench.clock.now = story.now + timedelta(minutes=1)
    form = workbench.at("handler").get(f"{NO}/do/finding/enter_result").text
    assert ">餐饮服务与网络订餐监督检查</textarea>" in form and '<option value="合理缺项">' in form
    story.walk("finding.enter_result", "visit.tell", "finding.publish")
    workbench.clock.now = story.now + timedelta(minutes=1)
    shown = workbench.at("handler").get(NO).text
    assert "未发现问题" in shown
    assert "本机关1次" in shown
    supervisor = workbench.at("supervisor")
    assert "示例市1号餐饮有限公司" in supervisor.get("/visits/calendar?month=2026-05").text
    assert "有上限的机关1个，另有" in supervisor.get("/visits/caps").text
    pages = [workbench.at("handler").get(f"/visits/{one}") for one in ("calendar", "caps")]
    assert [one.status_code for one in pages] == [403, 403]
    public = supervisor.get("/public/results").text
    assert "示例市市场监督管理局" in public and "分级" not in public

    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    home = str(workbench.office.settings.home)
    for words, told in (
        (("visit", "list"), "JC2026000001"),
        (("visit", "show", "JC2026000001", "--as", "handler"), "甲0（M0）"),
        (("visit", "times", FIRM), "共上门1次"),
    ):
        assert told in CliRunner().invoke(app, ["--home", home, *words]).output


def test_a_subject_is_found_in_the_roster_by_its_name(workbench: Workbench, tmp_path: Path) -> None:
    fill_rosters(workbench.office, tmp_path)
    form = workbench.at("handler").get("/visits/new").text
    named = form.split('<datalist id="f-object-list">')[1].split("</datalist>")[0]
    assert f'<option value="{FIRM}">示例市1号餐饮有限公司</option>' in named
    assert 'list="f-object-list"' in form
    assert "本地区名录共10个对象。" in form

    typed = {"f.object": "示例市1号餐饮有限公司", "f.title": "检查"}
    told = workbench.at("handler").post("/visits/new", data={**FORM, **typed}).text
    assert f"名录中“示例市1号餐饮有限公司”的代码是{FIRM}" in told


def test_any_subject_of_a_long_roster_is_looked_up_as_one_types(
    workbench: Workbench, tmp_path: Path
) -> None:
    """What is not among the first hundred is found by words of its name or the code's beginning."""
    fill_rosters(workbench.office, tmp_path, firms=120)
    handler = workbench.at("handler")
    form = handler.get("/visits/new").text
    assert 'data-search="/rosters/named"' in form
    assert "本地区名录共120个对象，这里先列出按名称排列的前100个" in form
    last = "示例市99号餐饮有限公司"
    assert last not in form

    found = handler.get("/rosters/named", params={"q": "99号 餐饮"})

    assert found.text.split() == ["<option", f'value="{code_of(99)}">{last}</option>']
    assert found.headers["X-Total"] == "1"
    assert last in handler.get("/rosters/named", params={"q": code_of(99)[:17].lower()}).text
    assert handler.get("/rosters/named", params={"q": "9_号"}).headers["X-Total"] == "0"
    assert workbench.at("county").get("/rosters/named", params={"q": "99号"}).text.strip() == ""
    assert workbench.at("police").get("/rosters/named").status_code == 403
