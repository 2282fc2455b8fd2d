"""Legal staff enter their organ's 裁量基准 in the browser; the form of a penalty shows it."""

from pathlib import Path

from flows.upkeep.standard_file import degree_rows, degree_sheet
from tests.helpers.no_crime import no_crime
from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench
from tests.web.helpers.plain_html import complaints

SENT = {
    "f.conduct": "销售不合格家电",
    "f.matters": "product_quality",
    "f.title": "示例省市场监督管理行政处罚裁量基准",
    "f.issued_on": "2026-02-01",
    "f.evidence": "text",
    "f.from_day": "2026-05-11",
    "f.degrees.0.label": "从轻",
    "f.degrees.0.factors": "初次违法；主动召回",
    "f.degrees.0.least": "1",
    "f.degrees.0.most": "2",
    "f.degrees.0.times_of": "货值金额",
}


def test_from_the_empty_form_to_the_degree_beside_the_notice(workbench: Workbench) -> None:
    matter = next(
        key for key, one in workbench.office.rules.matters.items() if one.lead == "market"
    )
    sent = {**SENT, "f.matters": matter}
    legal, head = workbench.at("legal"), workbench.at("head")
    assert "登记裁量基准" in legal.get("/rules/discretion").text
    assert "登记裁量基准" not in head.get("/rules/discretion").text
    form = legal.get("/rules/discretion/new").text
    assert complaints(form) == []
    assert "货值金额" in form

    again = legal.post("/rules/discretion/new", data={**sent, "f.degrees.0.least": "3"})
    assert again.status_code == 422
    assert "罚款的下限3大于上限2" in again.text
    assert "主动召回" in again.text
    made = legal.post("/rules/discretion/new", data=sent)
    assert made.status_code == 303
    version = made.headers["location"]
    assert "须由本机关另一名法制人员或者机关负责人核对确认" in legal.get(version).text
    assert workbench.at("health_head").get(version).status_code == 404
    assert "待确认" in legal.get("/rules/discretion").text

    asked = head.get("/messages").text
    assert "待核对：裁量基准" in asked
    assert '<a href="/rules/discretion">裁量基准</a>' in asked
    assert "待核对：裁量基准" not in legal.get("/messages").text
    assert "待核对：裁量基准" not in workbench.at("health_head").get("/messages").text

    assert head.post(f"{version}/confirm").status_code == 303
    assert "第1号登记）已由王科长确认" in legal.get("/messages").text
    shown = head.get(version).text
    assert complaints(shown) == []
    assert "现行" in shown
    standards = legal.get("/rules/discretion").text
    assert complaints(standards) == []
    assert "货值金额的1倍以上2倍以下" in standards

    story = workbench.story
    workbench.walk(*IN_CASE)
    quantities = {"goods_value": "1000"}
    answers = no_crime(workbench.office, matter)
    story.does("case.record_facts", matter=matter, quantities=quantities, answers=answers)
    number = workbench.walk("case.report", "case.send_for_review", "case.pass_review")
    legal = workbench.at("legal")
    notice = workbench.at("head").get(f"/clues/{number}/do/case/notice").text
    assert "罚款1,000.00元以上2,000.00元以下" in notice
    assert "《示例省市场监督管理行政处罚裁量基准》裁量基准" in notice

    amend = legal.get(version).text.partition('href="/rules/discretion/shili-market-1/amend"')
    assert amend[1]
    assert "初次违法；主动召回" in legal.get("/rules/discretion/shili-market-1/amend").text
    ending = {"f.reason": "被新基准替代", "f.title": "新基准", "f.issued_on": "2026-05-01"}
    ended = legal.post(
        "/rules/discretion/shili-market-1/end", data={**ending, "f.from_day": "2026-06-30"}
    )
    assert ended.status_code == 303


def test_the_degrees_are_filled_in_with_a_spreadsheet(workbench: Workbench, tmp_path: Path) -> None:
    legal, template = workbench.at("legal"), tmp_path / "档次.xlsx"
    template.write_bytes(legal.get("/rules/discretion/degrees.xlsx").content)
    assert degree_rows(template) == []
    row = {"label": "从重", "factors": "拒不召回；两年内再犯", "least": "3", "most": "5"}
    made = degree_sheet([{**row, "times_of": "货值金额"}], workbench.story.now)
    sent = {"f.conduct": "销售不合格家电", "read": "1"}

    filled = {"file": ("档次.xlsx", made)}
    read = legal.post("/rules/discretion/new", data=sent, files=filled)

    assert read.status_code == 200
    assert complaints(read.text) == []
    assert "拒不召回；两年内再犯" in read.text and "销售不合格家电" in read.text
    assert "请先选择填好的表格" in legal.post("/rules/discretion/new", data=sent).text
    other = {"file": ("a.csv", "甲,乙\n1,2\n".encode())}
    wrong = legal.post("/rules/discretion/new", data=sent, files=other)
    assert "至少要有档次、适用情形两列" in wrong.text
    assert workbench.at("head").get("/rules/discretion/degrees.xlsx").status_code == 403
