"""A draw at the workbench and the command line: from its form to the record that replays."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from tests.helpers.inspections.draws import DrawStory, fill_rosters
from tests.helpers.inspections.filled_draws import DRAWS
from tests.web.conftest import Workbench

NO = "/undertakings/CQ2026000001"
FORM = {
    "f.title": "第一批联合抽查",
    "f.matters": ["catering", "public_place_hygiene"],
    "f.participants": ["shili-health"],
    "f.shares.0.类别": "未分级",
    "f.shares.0.比例": "20%",
    "f.witnesses": ["shili-justice", "shili-staffing"],
}


def test_a_draw_goes_from_the_menu_to_the_replayed_record(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_rosters(workbench.office, tmp_path)
    handler, head, health = (workbench.at(one) for one in ("handler", "head", "health"))
    assert 'href="/draws/new"' in handler.get("/draws").text
    assert "还没有封存过抽取" in workbench.nobody().get("/public/draws").text
    shares = {**FORM, "f.shares.0.比例": "0.2"}
    assert "请写明百分号" in handler.post("/draws/new", data=shares).text

    begun = handler.post("/draws/new", data=FORM)
    assert begun.headers["location"].startswith(f"{NO}?done=")
    assert "同意参加" in health.get(NO).text
    assert health.post(f"{NO}/do/draw_part/agree/1").status_code == 303
    assert head.post(f"{NO}/do/draw/freeze").status_code == 303
    sealed = handler.get(NO).text
    assert "此后谁也不能改动" in sealed
    assert handler.get(f"{NO}/draw.json").status_code == 404
    open_seals = workbench.nobody().get("/public/draws").text
    [shown] = re.findall(r"[0-9a-f]{64}", open_seals)
    assert shown not in sealed and "已封存待见证" in open_seals

    story = DrawStory(workbench.office, workbench.clock.now, clue=1)
    story.does("draw_witness.give")
    workbench.clock.now = story.now + timedelta(minutes=1)
    given = {f"f.{key}": value for key, value in DRAWS["draw_witness"]["give"].items()}
    given |= {"f.witness": "韩编办"}
    handler, health, staffing = (workbench.at(one) for one in ("handler", "health", "staffing"))
    answer = staffing.post(f"{NO}/do/draw_witness/give/3", data=given)
    assert answer.status_code == 303, answer.text

    assert "抽中对象（" in handler.get(NO).text
    assert "与记录完全一致" in workbench.at("legal").get(NO).text
    assert "与记录完全一致" not in handler.get(NO).text
    assert handler.get(f"{NO}/draw.json?edition=whole").status_code == 404
    assert "未分级" not in handler.get(f"{NO}/draw.json").text
    assert "import hashlib" in health.get(f"{NO}/verify_draw.py").text
    after = workbench.nobody().get("/public/draws").text
    drawn = json.loads(handler.get(f"{NO}/draw.json").text)
    kept = [name for name, one in drawn.items() if isinstance(one, str) and len(one) == 64]
    assert [one for one in kept if drawn[one] in after] == [] and shown in after
    assert "抽取待下发" in handler.get("/draws?view=sent").text

    yisong = _command(workbench, monkeypatch)
    assert "CQ2026000001" in yisong("draw", "list").output
    assert "名单封存值：" in yisong("draw", "show", "CQ2026000001", "--as", "handler").output
    taken = yisong("draw", "record", "CQ2026000001", tmp_path, "--whole")
    assert taken.exit_code == 0, taken.output
    path = tmp_path / "draw-CQ2026000001-whole.json"
    yisong("draw", "record", "CQ2026000001", tmp_path)
    public = yisong("draw", "verify", tmp_path / "draw-CQ2026000001.json").output
    assert "公开版，所列对象的签号一致；有没有漏列" in public
    verified = yisong("draw", "verify", path).output
    assert "全部重新抽取，结果一致" in verified and f"公开值 {shown}" in verified
    record = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**record, "numbers": ["1111", "2222"]}), encoding="utf-8")
    assert yisong("draw", "verify", path).exit_code == 1


def test_what_would_be_drawn_from_is_told_while_the_form_is_filled_in(
    workbench: Workbench, tmp_path: Path
) -> None:
    """Sizes first, quotas with the shares; whatever would refuse the draw is told beforehand."""
    fill_rosters(workbench.office, tmp_path)
    handler, typing = workbench.at("handler"), {"HX-Request": "true"}

    def told(**more: object) -> str:
        return handler.post("/draws/new/preview", data=more, headers=typing).text

    assert 'list="f-shares-1"' in handler.get("/draws/new").text
    assert "按今天的名录试算" not in told()
    named = {"f.matters": ["catering", "public_place_hygiene"]}
    begun = told(**named)
    assert "名录中有未分级类的对象，没有写明抽查比例" in begun
    assert '<td data-label="名录中" class="num">10</td>' in begun
    assert '<td data-label="应抽" class="num">未写明比例</td>' in begun
    shared = named | {"f.shares.0.类别": "未分级", "f.shares.0.比例": "30%"}
    assert '<td data-label="应抽" class="num">3</td>' in told(**shared)
    assert "两个以上部门可以联合检查的4户" in told(**shared)
    assert "没有F这一类别，本地区的类别为A、B" in told(**(shared | {"f.shares.0.类别": "F"}))
    assert "请写明百分号" in told(**(shared | {"f.shares.0.比例": "0.3"}))


def test_objects_and_officers_of_a_draw_are_offered_to_be_replaced(
    workbench: Workbench, tmp_path: Path
) -> None:
    fill_rosters(workbench.office, tmp_path)
    story = DrawStory(workbench.office, workbench.clock.now)
    story.drawn()
    workbench.clock.now = story.now + timedelta(minutes=1)
    gone, *others = story.draw().facts["drawn"]
    story.does("draw.replace_object", object=gone["对象"], ground="cancelled")
    workbench.clock.now = story.now + timedelta(minutes=1)

    form = workbench.at("handler").get(f"{NO}/do/draw/replace_officer").text

    objects = form.split('<datalist id="f-object-list">')[1].split("</datalist>")[0]
    assert gone["对象"] not in objects
    assert all(f'value="{one["对象"]}">{one["名称"]}<' in objects for one in others)
    sent = form.split('<datalist id="f-certificate-list">')[1].split("</datalist>")[0]
    named = {f"M{one}" for one in range(6) for row in others if f"（M{one}）" in row["人员"]}
    assert named and all(f'<option value="{one}">甲{one[1:]}</option>' in sent for one in named)


def _command(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr("cli.terminal.context.prepare", lambda engine: None)
    home = str(workbench.office.settings.home)
    return lambda *words: CliRunner().invoke(app, ["--home", home, *map(str, words)])
