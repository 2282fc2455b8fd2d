"""A list from its form to the page that anybody reads, with the hash of the file he takes."""

import re
from datetime import datetime, timedelta
from hashlib import sha256

from domain.situation.situation import CHINA
from flows.reminders.plan_calls import call_plans
from tests.helpers.inspections.filled_publications import ITEM, PLAN, YEARLY
from tests.helpers.inspections.publications import PublicationStory
from tests.web.conftest import Workbench

NO = "/undertakings/GB2026000001"
SETTLES = {
    "duties": "shili-staffing",
    "enforcement": "shili-justice",
    "border": "shili-government",
}
"""Whom a department of the city may ask to settle each question (渭南方案三（二）)."""
FORM = {
    "f.kind": "matter_list",
    "f.title": "跨部门综合监管事项清单",
    **{f"f.items.0.{name}": value for name, value in ITEM.items()},
}


def test_a_list_goes_from_the_menu_to_the_page_for_everybody(workbench: Workbench) -> None:
    handler, nobody = workbench.at("handler"), workbench.nobody()
    assert 'href="/publications/new"' in handler.get("/publications").text
    law_only = {**FORM, "f.items.0.设定依据": "食品安全法"}
    assert "没有写明第几条" in handler.post("/publications/new", data=law_only).text
    assert handler.post("/publications/new/draft", data=FORM).status_code < 400
    begun = handler.post("/publications/new", data=FORM)
    assert begun.headers["location"].startswith(f"{NO}?done=")
    assert handler.post(f"{NO}/do/publication/go_on_alone").status_code == 303
    assert nobody.get("/public/GB2026000001").status_code == 404
    assert workbench.at("head").post(f"{NO}/do/publication/approve").status_code == 303
    day = {"f.in_force_on": "2026-06-01"}
    assert handler.post(f"{NO}/do/publication/publish", data=day).status_code == 303

    assert "跨部门综合监管事项清单" in nobody.get("/public").text
    shown = nobody.get("/public/GB2026000001").text
    assert "第一百零九条" in shown
    assert sha256(nobody.get("/public/GB2026000001/file").content).hexdigest() in shown
    assert "公开页面" in handler.get(NO).text

    amend = "/publications/new?replaces=GB2026000001"
    assert amend in handler.get(NO).text
    assert amend not in workbench.at("head").get(NO).text
    begun_with = handler.get(amend).text
    assert 'name="f.replaces" value="GB2026000001"' in begun_with
    assert "第一百零九条" in begun_with and 'value="matter_list" selected' in begun_with
    assert workbench.at("county").get(amend).status_code == 404

    story = PublicationStory(workbench.office, workbench.clock.now)
    story.does(
        "publication.draft", kind="minutes", items=None, content="议定事项", co_departments=None
    )
    story.walk("publication.go_on_alone", "publication.approve")
    assert "会商纪要不向社会公布，请办理「印发」" in story.refused(
        "publication.publish", in_force_on="2026-06-01"
    )
    workbench.clock.now = story.now + timedelta(minutes=1)
    page = workbench.at("handler").get(f"/undertakings/{story.publication().no}").text
    assert "/do/publication/circulate" in page and "/do/publication/publish" not in page
    story.does("publication.circulate", in_force_on="2026-06-01")
    assert "议定事项" in story.text("publication_text")
    workbench.clock.now = story.now + timedelta(minutes=1)
    assert nobody.get(f"/public/{story.publication().no}").status_code == 404
    story.does("publication.draft", kind="guide", items=None, content="指引", co_departments=None)
    story.walk("publication.go_on_alone", "publication.approve")
    story.does("publication.publish", in_force_on="2026-06-01")
    guide = nobody.get(f"/public/{story.publication().no}").text
    assert "检查责令改正的办理流程" in guide
    assert guide.count('class="life"') == 2


def test_only_who_can_settle_a_dispute_is_offered(workbench: Workbench) -> None:
    story = PublicationStory(workbench.office, workbench.clock.now)
    story.does("publication.draft")
    story.does("publication.consult")
    story.does("publication_opinion.object")
    workbench.clock.now = story.now + timedelta(minutes=1)
    form = workbench.at("handler").get(f"{NO}/do/publication/refer").text
    offered = form.split('id="f-arbiters"')[1].split("</fieldset>")[0]
    for question, organ in SETTLES.items():
        group = offered.split(f'data-applies="f.question={question}"')[1].split("</div>")[0]
        assert re.findall('value="([^"]+)"', group) == [organ]
    wrong = {"f.question": "duties", "f.arbiters": ["shili-justice"]}
    refused = workbench.at("handler").post(f"{NO}/do/publication/refer", data=wrong)
    assert "这一争议由中共示例市委机构编制委员会办公室协调" in refused.text


def test_a_memo_tells_the_border_of_every_matter_on_its_page_and_in_its_file(
    workbench: Workbench,
) -> None:
    """威海办法第十九条: 逐项明确审管衔接边界、责任主体和协作配合机制."""
    story = PublicationStory(workbench.office, workbench.clock.now)
    row = {
        "审批事项": "食品经营许可",
        "衔接边界": "发证以前由审批部门核查，发证以后由监管部门检查",
        "责任单位": "示例市市场监督管理局",
        "协作方式": "发证当日推送",
    }
    memo = {"kind": "memo", "title": "审管衔接备忘录", "items": None, "co_departments": None}
    assert "请填写「衔接事项」" in story.refused("publication.draft", **memo, content="各自负责")
    bare = [{**row, "责任单位": ""}]
    refused = story.refused("publication.draft", **memo, borders=bare)
    assert "衔接事项第1行没有填写责任单位" in refused and "第17项" in refused

    story.does("publication.draft", **memo, borders=[row], content="本备忘录一年一议")
    story.walk("publication.go_on_alone", "publication.approve")
    story.does("publication.publish", in_force_on="2026-06-01")
    workbench.clock.now = story.now + timedelta(minutes=1)
    page = workbench.nobody().get(f"/public/{story.publication().no}").text
    for told in (*row.values(), "本备忘录一年一议"):
        assert told in page and told in story.text("publication_text")


def test_a_plan_that_is_called_may_begin_with_the_rows_of_last_year(workbench: Workbench) -> None:
    story = PublicationStory(workbench.office, workbench.clock.now)
    story.does("publication.draft", **{**YEARLY, "co_departments": None})
    story.walk("publication.go_on_alone", "publication.approve")
    story.does("publication.file", filed_on="2026-05-11")
    story.does("publication.publish", in_force_on="2026-06-01")
    workbench.clock.now = datetime(2027, 1, 4, 9, tzinfo=CHINA)
    assert call_plans(workbench.office, workbench.clock.now) == 1

    handler = workbench.at("handler")
    called = "/undertakings/GB2027000001"
    based = f"{called}/do/publication/take_up?based_on=GB2026000001"
    assert based in handler.get(called).text and "以上年计划为基础" in handler.get(called).text
    form = handler.get(based).text
    assert PLAN["检查数量"] in form
    assert "2027年度抽查检查计划" in form and "2026年度抽查检查计划" not in form
    assert PLAN["检查数量"] not in handler.get(f"{called}/do/publication/take_up").text
    assert based not in workbench.at("head").get(called).text
