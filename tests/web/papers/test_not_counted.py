"""Papers whose pages could not be counted: legal staff find them, and the reason on each."""

from pathlib import Path

import pytest

from flows.papers.page_counting import count_issued
from tests.helpers import fake_office
from tests.helpers.story import IN_CASE
from tests.web.conftest import Workbench

LIST = "/documents?state=uncounted"


def test_legal_staff_find_what_was_not_counted_with_the_reason_until_its_pdf_is_made(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_office.placed(monkeypatch, tmp_path, "立案审批表")
    workbench.walk(*IN_CASE)
    assert "没有计得页数</a>" not in workbench.at("legal").get("/documents").text

    found = count_issued(workbench.story.office, workbench.clock())

    assert found.failed == 1 and found.counted > 1
    legal = workbench.at("legal")
    assert f'<a href="{LIST}">1份文书没有计得页数</a>' in legal.get("/documents").text
    assert "1份文书没有计得页数" not in workbench.at("handler").get("/documents").text
    listed = legal.get(LIST).text
    [paper] = workbench.story.papers("filing_approval")
    assert (
        f"/documents/{paper.id}/view" in listed and "核查情况报告" not in listed.split("<tbody>")[1]
    )
    view = f"/documents/{paper.id}/view"
    assert "没有计得：LibreOffice 未能转换本文书（" in legal.get(view).text

    fake_office.placed(monkeypatch, tmp_path)
    assert legal.get(f"/documents/{paper.id}/pdf").status_code == 200
    assert "没有计得：" not in legal.get(view).text


def test_a_stack_that_cannot_be_printed_names_the_paper_that_stands_in_its_way(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake_office.placed(monkeypatch, tmp_path, "立案审批表")
    workbench.walk(*IN_CASE)
    picked = [str(one.id) for one in workbench.story.papers() if one.process_kind == "clue"]

    told = workbench.at("handler").post(
        "/documents/print", data={"pick": picked, "form": "pdf", "query": ""}
    )

    assert told.status_code == 422
    assert "立案审批表" in told.text and "合并打印所选（Word）" in told.text
