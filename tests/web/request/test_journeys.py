"""The main journeys in a real browser, from the first click to the file in one's hands."""

import json
from datetime import datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from domain.situation.situation import CHINA
from flows.rehearsal.work_orders import read_work_orders
from tests.helpers.wanted import needs_browser
from tests.web.conftest import PASSWORD
from tests.web.helpers.browsing import Person, Site, tab_to
from tests.web.helpers.template_files import KIND, changed

pytestmark = [pytest.mark.slow, needs_browser]


AFTER_THE_ORDERS = datetime(2026, 9, 25, 9, 0, tzinfo=CHINA)


def test_from_a_work_order_to_the_referral_packet(site: Site, tmp_path: Path) -> None:
    site.workbench.clock.now = AFTER_THE_ORDERS
    with site.at("desk") as desk:
        number = _imports(site, desk, tmp_path)
        desk.click("link", "分办转办")
        desk.fills(site.workbench, "dispatch")
        desk.confirms()
        desk.sees("《线索转办单》")
    with site.at("handler") as handler:
        for action, label in (("accept", "签收"), ("verify", "启动核查")):
            site.passes(minutes=20)
            handler.open("/")
            handler.click("link", label)
            while suggested := handler.page.locator('[name="f.cooperating"]:checked').all():
                suggested[0].uncheck()  # this one is verified alone
            handler.fills(site.workbench, action)
            handler.confirms()
        for action in ("conclude", "refer"):
            site.passes(minutes=20)
            handler.open(f"/clues/{number}/do/clue/{action}")
            handler.fills(site.workbench, action)
            handler.confirms()
    site.passes(minutes=20)
    with site.at("principal") as principal:
        principal.open("/approvals")
        principal.click("link", "批准移送")
        principal.fills(site.workbench, "referral.approve")
        principal.confirms()
        principal.sees("《涉嫌犯罪案件移送书》")
    with site.at("handler") as handler:
        handler.open("/referrals")
        handler.page.locator('main table a[href^="/referrals/"]').first.click()
        with handler.page.expect_download() as download:
            handler.click("link", "下载全部移送材料")
        packet = tmp_path / "packet.zip"
        download.value.save_as(packet)

    with ZipFile(packet) as files:
        names = files.namelist()
    assert any("移送书" in one and one.endswith(".docx") for one in names), names


def _imports(site: Site, desk: Person, folder: Path) -> str:
    """One work order, looked at before it is registered; the clue's number."""
    order = next(one for one in read_work_orders().orders if one.cells.get("诉求内容"))
    file = folder / "工单.jsonl"
    file.write_text(json.dumps(order.cells, ensure_ascii=False), encoding="utf-8")
    desk.open("/clues/import")
    desk.page.set_input_files("#file", file)
    desk.click("button", "上传并预览")
    desk.sees("会登记1行")
    desk.click("button", "确认导入")
    desk.sees("登记1条")
    desk.click("link", "去我的待办")
    return "XS2026000001"


def test_from_an_overdue_limit_to_the_answer(site: Site) -> None:
    number = site.workbench.walk("register", "dispatch", "accept")
    site.passes(days=40)
    with site.at("supervisor") as supervisor:
        supervisor.open("/overdue")
        supervisor.sees(number)
        supervisor.click("link", "发督办函")
        supervisor.page.fill('[name="f.due_on"]', "2026-07-03")
        supervisor.confirms()
        supervisor.sees("《行政执法监督督办函》")
    with site.at("head") as head:
        for action in ("acknowledge", "report"):
            site.passes(minutes=20)
            head.open("/supervision")
            head.page.locator('main table a[href^="/supervision/"]').first.click()
            label = site.workbench.office.rules.lifecycles["supervision"].actions[action].label
            head.click("link", label)
            head.fills(site.workbench, f"supervision.{action}")
            head.confirms()

    assert site.workbench.story.state("supervision") == "reported"


def test_a_template_is_refused_with_reasons_and_approved_by_a_second_person(
    site: Site, tmp_path: Path
) -> None:
    bad, good = tmp_path / "有误.docx", tmp_path / "合格.docx"
    bad.write_bytes(changed("{{ 线索编好 }}"))
    good.write_bytes(changed("本局转办{{ 线索编号 }}"))
    with site.at("legal") as legal:
        legal.open("/templates")
        legal.page.locator(f'a[href="/templates/{KIND}"]').first.click()
        legal.page.set_input_files("#file", bad)
        legal.click("button", "检查并试填")
        legal.sees("是否指“线索编号”")
        legal.page.set_input_files("#file", good)
        legal.click("button", "检查并试填")
        legal.sees("检查合格，尚未上传")
        legal.click("button", "上传，等待审核")
        place = legal.page.url.removeprefix(site.address)
        legal.sees("待审核")
    with site.at("administrator") as second:
        second.open("/templates")
        second.page.locator(f'a[href="{place}"]').first.click()
        second.click("button", "启用")
        second.sees("使用中")

    text = site.workbench.at("legal").get(f"/templates/{KIND}").text
    assert "还没有上传" not in text and place in text


def test_keyboard_alone_is_enough(site: Site) -> None:
    site.workbench.walk("register", "dispatch")
    with site.at() as handler:
        handler.open("/")
        tab_to(handler.page, what="用户编号")
        handler.page.keyboard.type("handler")
        tab_to(handler.page, what="密码")
        handler.page.keyboard.type(PASSWORD)
        handler.page.keyboard.press("Enter")
        handler.page.get_by_role("heading", name="我的待办").wait_for()
        tab_to(handler.page, what="签收")
        handler.page.keyboard.press("Enter")
        handler.page.locator("#action-form").wait_for()
        tab_to(handler.page, what="确认签收")
        handler.page.keyboard.press("Enter")
        handler.page.locator(".alert-success").wait_for()

    assert site.workbench.story.state() == "accepted"


def test_the_same_works_without_scripts(site: Site) -> None:
    site.workbench.walk("register", "dispatch")
    with site.at(scripts=False) as handler:
        handler.open("/")
        handler.page.fill('[name="account"]', "handler")
        handler.page.fill('[name="password"]', PASSWORD)
        handler.page.keyboard.press("Enter")
        handler.click("link", "签收")
        handler.page.get_by_role("button", name="确认签收").click()
        handler.page.locator(".alert-success").wait_for()

    assert site.workbench.story.state() == "accepted"
