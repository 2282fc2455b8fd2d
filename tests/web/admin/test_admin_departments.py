"""Departments kept in the browser, and what everybody else sees of it."""

import pytest

from tests.web.conftest import Workbench
from tests.web.watch.test_supervision import Inline

FORM = {
    "name": "示例市市场监督管理局",
    "short": "示市监",
    "superior": "shandong-market",
    "aliases": "市监局，工商局、质监局",
    "places": "海滨街道、凤林镇",
    "phone": "0000-1",
    "from_day": "2026-05-11",
}
NEW = {
    "name": "示例县海洋发展局",
    "short": "示县海",
    "area": "shixian",
    "level": "county",
    "function": "ocean",
    "kind": "enforcement",
    "from_day": "2026-05-11",
}


def test_departments_are_shown_by_area(workbench: Workbench) -> None:
    told = workbench.at("administrator").get("/admin/departments").text

    found = Inline()
    found.feed(told)
    assert (found.refused, found.tables - found.captions) == ([], 0)
    for words in ("山东省", "示例市", "示例县的部门", "示市监"):
        assert words in told


def test_departments_are_found_by_a_word_of_their_name(workbench: Workbench) -> None:
    administrator = workbench.at("administrator")

    found = administrator.get("/admin/departments", params={"q": "示市监"}).text
    none = administrator.get("/admin/departments", params={"q": "没有这个部门"}).text

    assert "示例市市场监督管理局" in found and "示例市卫生健康委员会" not in found
    assert "没有符合的部门" in none


def test_a_new_name_is_on_every_page_from_now_on(workbench: Workbench) -> None:
    client, handler = workbench.at("administrator"), workbench.at("handler")

    done = client.post(
        "/admin/departments/shili-market", data={**FORM, "name": "示例市市场监管委员会"}
    )

    assert done.status_code == 303
    told = client.get(done.headers["location"]).text
    assert "已保存" in told
    assert "更改历史" in told
    assert "市监局、工商局、质监局" in told
    assert "海滨街道、凤林镇" in told
    assert "示例市市场监管委员会" in handler.get("/").text


def test_a_closed_department_is_offered_no_more_but_found_in_lists(workbench: Workbench) -> None:
    number = workbench.walk("register")
    day = workbench.clock.now.date().isoformat()
    client, desk = workbench.at("administrator"), workbench.at("desk")
    path = f"/clues/{number}/do/clue/dispatch"
    assert 'value="shili-market"' in desk.get(path).text

    client.post("/admin/departments/shili-market", data={**FORM, "closed": "true", "from_day": day})

    assert 'value="shili-market"' not in desk.get(path).text
    assert "示例市市场监督管理局（已停用）" in workbench.at("supervisor").get("/clues").text


def test_a_new_department_can_be_chosen_and_gets_users(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    done = client.post("/admin/departments/new", data=NEW)

    assert done.headers["location"] == "/admin/departments/shixian-ocean?said=kept"
    user = {"id": "hai", "name": "海员", "department": "shixian-ocean", "roles": ["handler"]}
    assert client.post("/admin/users/new", data=user).status_code == 200
    assert "示例县海洋发展局" in workbench.at("hai").get("/account").text


def test_every_complaint_stands_at_its_field(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    wrong = {**FORM, "name": "", "email": "x", "from_day": "2026-05-01"}
    answer = client.post("/admin/departments/shili-market", data=wrong)
    again = client.post("/admin/departments/new", data={**NEW, "function": "market"})
    empty = client.post("/admin/departments/new", data={})

    assert (answer.status_code, again.status_code, empty.status_code) == (422, 422, 422)
    for words in ("请填写名称", "邮箱应写作", "不得早于今天"):
        assert words in answer.text
    assert 'value="x"' in answer.text
    assert "已有编号为" in again.text
    assert "请填写生效日期" in empty.text


def test_a_later_change_is_announced(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    client.post("/admin/departments/new", data={**NEW, "from_day": "2026-09-01"})

    assert "将要生效的更改" in client.get("/admin/departments").text
    assert "将生效" in client.get("/admin/departments/shixian-ocean").text
    assert client.get("/admin/departments/nowhere").status_code == 404


@pytest.mark.parametrize("chair", ["handler", "auditor", "head"])
def test_other_chairs_keep_no_departments(workbench: Workbench, chair: str) -> None:
    client = workbench.at(chair)

    assert client.get("/admin/departments").status_code == 403
    assert client.post("/admin/departments/shili-market", data=FORM).status_code == 403
    assert client.post("/admin/departments/new", data=NEW).status_code == 403


def test_areas_and_functions_are_told_in_chinese(workbench: Workbench) -> None:
    client = workbench.at("administrator")

    new = client.get("/admin/departments/new").text
    own = client.get("/admin/departments/shixian-police").text

    assert '<option value="police">与山东省公安厅相同</option>' in new
    assert "（如" not in new
    assert "<dt>地区</dt><dd>示例县</dd><dt>职能</dt><dd>与山东省公安厅相同</dd>" in own
    assert "shixian</code>" not in own
