"""The list of penalty cases: from filing to the end, for whoever may read the file."""

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from flows.workbench import case_list
from tests.helpers.story import REVIEWED
from tests.web.conftest import Workbench

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide")


def test_cases_of_who_has_few_are_found_behind_those_of_others(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = workbench.walk(*DECIDED)
    before = {one: workbench.at(one).get("/cases").text for one in ("handler", "health_head")}

    monkeypatch.setattr(case_list, "NEWEST", 0)

    after = {one: workbench.at(one).get("/cases").text for one in before}
    assert number in after["handler"] and "共1件" in after["handler"]
    assert number not in before["health_head"] + after["health_head"]


def test_a_case_is_listed_with_its_decision_for_who_may_read_its_file(workbench: Workbench) -> None:
    number = workbench.walk(*DECIDED)
    paper = workbench.story.papers("penalty_decision")[-1].number
    fine = f"{int(workbench.story.processes('case')[-1].facts['fine']):,}.00元"
    handler = workbench.at("handler")

    text = handler.get("/cases").text
    assert all(one in text for one in (number, paper, f"罚款{fine}", "共1件"))
    for asked in (paper, paper.replace("〔", "[").replace("〕", "]"), "鑫源", number.lower()):
        assert number in handler.get("/cases", params={"q": asked}).text, asked
    assert "没有符合条件的案件" in handler.get("/cases?kind=spot_penalty").text
    assert number not in handler.get("/cases?ended=yes").text
    assert number in workbench.at("supervisor").get("/cases?sort=due").text
    assert number not in workbench.at("health_head").get("/cases").text
    assert workbench.at("desk").get("/cases").status_code == 403
    taken = handler.get("/cases.xlsx?sort=oldest")
    rows = CalamineWorkbook.from_filelike(BytesIO(taken.content)).get_sheet_by_index(0).to_python()
    assert any(number in row and paper in row for row in rows)
