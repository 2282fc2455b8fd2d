"""Papers whose service is open: until the act is on record and the receipt is scanned."""

import re
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.helpers.story import IN_CASE, REVIEWED
from tests.web.conftest import Workbench
from tests.web.papers.earlier_json import WAYS, as_versions_wrote

PAGE = "/documents/unserved"
DECISION = "行政处罚决定书"


def test_a_paper_is_open_until_its_service_and_its_signed_receipt_are_there(
    workbench: Workbench,
) -> None:
    """民事诉讼法第八十七条: a paper is served with a receipt."""
    story = workbench.story
    number = workbench.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")
    workbench.clock.pass_(days=3)
    client = workbench.at("handler")

    page = client.get(PAGE).text
    assert DECISION in page and "行政处罚告知书" in page
    assert "已过3天" in page
    act = f"/clues/{number}/do/case/serve/{story.processes('case')[0].id}"
    assert f'href="{act}"' in page and client.get(act).status_code == 200
    assert act not in workbench.at("legal").get(PAGE).text, "he does not serve"

    paper = next(one for one in story.papers() if one.kind == "penalty_decision")
    found = {"text": (paper.number or "").replace("〔", "[").replace("〕", "]")}
    assert DECISION in client.get(PAGE, params=found).text
    assert "行政处罚告知书" not in client.get(PAGE, params=found).text
    book = ZipFile(BytesIO(client.get(f"{PAGE}.xlsx", params=found).content))
    words = "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))
    assert paper.number and paper.number in words

    story.does("case.serve")
    assert act not in client.get(PAGE, params=found).text
    assert "没有上传" in client.get(PAGE, params=found).text
    upload = f"/clues/{number}/evidence?receipt={paper.id}"
    assert upload in client.get(PAGE, params=found).text
    form = client.get(upload).text
    assert f'name="receipt" value="{paper.id}"' in form and f"送达回证 {paper.number}" in form
    sent = client.post(
        f"/clues/{number}/evidence",
        data={"receipt": str(paper.id), "kind": "other", "title": "签收联"},
        files={"file": ("a.pdf", b"%PDF-1.4\n%%EOF")},
    )
    assert "已上传" in sent.text
    assert "登记</a>" in client.get(f"/documents/{paper.id}/view").text, "its receipt is linked"
    assert "没有待办的送达（在所选范围内）" in client.get(PAGE, params=found).text
    assert "行政处罚告知书" in client.get(PAGE).text, "another paper stays open"

    for chair in ("health", "urban"):
        assert number not in workbench.at(chair).get(PAGE).text, chair
    assert workbench.at("police").get(PAGE).status_code == 403


def test_the_act_of_service_opens_with_the_paper_that_is_to_be_served(workbench: Workbench) -> None:
    story = workbench.story
    workbench.walk(*IN_CASE, "case.record_facts")
    story.does("case.order_correction")
    workbench.walk()
    client = workbench.at("handler")

    line = next(row for row in client.get(PAGE).text.split("<tr>") if "责令改正通知书" in row)
    found = re.search(r'href="([^"]+)">登记送达', line)
    assert found is not None
    form = client.get(unescape(found[1])).text

    assert '<option value="correction_order" selected>责令改正通知书' in form


@pytest.mark.parametrize("way", WAYS)
def test_an_announced_paper_has_no_receipt_to_wait_for(workbench: Workbench, way: str) -> None:
    """民事诉讼法第九十五条: nobody signs for what is announced."""
    workbench.walk(*IN_CASE, "case.seize")
    client = workbench.at("handler")
    assert "other_document=seizure_decision" in client.get(PAGE).text

    workbench.story.does(
        "case.serve_other",
        other_document="seizure_decision",
        other_way="notice",
        announce_reason="登记住所已无人办公",
        announced_in="本机关门户网站",
    )
    as_versions_wrote(workbench.office, way)

    assert "扣押决定书" not in client.get(PAGE).text
