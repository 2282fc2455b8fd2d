"""正卷、副卷 printed as one file each: found in the register, put together in their order."""

import re
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from documents.output.joined import joined
from domain.tables.attachment import Attachment
from domain.tables.record import IssuedDocument
from flows.door.attachments import Upload, add_attachment
from flows.printing import volumes
from flows.site.store import transaction
from flows.site.stored_documents import note_pages
from tests.helpers.people import actor
from tests.helpers.scans import pdf_of
from tests.helpers.story import IN_CASE
from tests.helpers.wanted import needs_office
from tests.web.conftest import Workbench
from tests.web.papers.test_documents_register import ids_of

DECIDED = (
    *IN_CASE,
    *("case.record_facts", "case.report", "case.send_for_review", "case.pass_review"),
    *("case.notice", "case.record_statement", "case.decide", "case.serve", "case.pay"),
    *("case.record_publication", "case.enforce", "case.close"),
)
FILED = (*DECIDED, "case.archive", "close", "archive")
VOLUMES = {"main": "case_catalogue", "inner": "inner_case_catalogue"}


def _upload(workbench: Workbench, name: str, content: bytes, title: str) -> Attachment:
    file = Upload(name, content, title, "documentary")
    story = workbench.story
    return add_attachment(workbench.office, story.clue or 0, file, actor("handler"), story.now)


def _text(word: bytes) -> str:
    return "".join(one.text or "" for one in Document(BytesIO(word)).element.body.iter(qn("w:t")))


def _issued_rows(catalogue: IssuedDocument) -> list[str]:
    rows = catalogue.facts["卷内文件"]
    return sorted(
        str(row["题名"]) for row in rows if not str(row.get("备注") or "").startswith("收文")
    )


def test_a_volume_is_found_in_the_register_with_its_cover_and_catalogue(
    workbench: Workbench,
) -> None:
    """The filter shows what the catalogue of the volume lists, and nothing of the other one."""
    number = workbench.walk(*FILED)
    client, papers = workbench.at("legal"), {one.id: one for one in workbench.story.papers()}

    for volume, catalogue in VOLUMES.items():
        found = [papers[one] for one in ids_of(client, f"clue={number}&volume={volume}")]
        front = [one for one in found if one.kind.endswith(("case_cover", "case_catalogue"))]
        assert len(front) == 2, volume
        rest = sorted(one.title for one in found if one not in front)
        assert rest == _issued_rows(workbench.story.papers(catalogue)[0])
    page = client.get("/documents", params={"clue": number, "volume": "main"}).text
    assert f'href="/clues/{number}/volumes"' in page
    of_clue = [papers[one].kind for one in ids_of(client, f"clue={number}&volume=clue")]
    assert "result_reply" not in of_clue or "penalty_decision" not in of_clue
    assert {"case_cover", "case_catalogue"} <= set(of_clue)


def test_covers_and_catalogues_are_called_by_their_volume(workbench: Workbench) -> None:
    """The 正卷 says so as the 副卷 does; the file of the clue, which has one volume, does not."""
    workbench.walk(*FILED)
    story = workbench.story

    assert [one.title for one in story.papers("case_cover")] == ["卷宗封面（正卷）", "卷宗封面"]
    assert [one.title for one in story.papers("case_catalogue")] == ["卷内目录（正卷）", "卷内目录"]
    assert [one.title for one in story.papers("inner_case_cover")] == ["卷宗封面（副卷）"]


def test_a_volume_is_printed_from_its_cover_on_in_the_order_of_its_catalogue(
    workbench: Workbench,
) -> None:
    number = workbench.walk(*FILED)
    client = workbench.at("legal")

    page = client.get(f"/clues/{number}/volumes").text
    answer = client.get(f"/clues/{number}/volumes/main", params={"form": "docx"})

    assert answer.status_code == 200
    told = _text(answer.content)
    places = [told.index(one) for one in ("卷宗（正卷）", "卷内文件目录（正卷）", "立案审批表")]
    assert places == sorted(places)
    assert told.startswith("示例市市场监督管理局") or told.index("卷宗（正卷）") < 60
    titles = re.findall(r"<li>([^< ]+)", page.partition("<ol>")[2].partition("</ol>")[0])
    assert titles[:4] == ["卷宗封面（正卷）", "卷内目录（正卷）", "立案审批表", "行政处罚决定书"]
    assert "打印副卷（Word）" in page


def test_a_volume_that_is_ticked_in_the_register_begins_with_its_cover(
    workbench: Workbench,
) -> None:
    """Filter, select all, print; papers of several volumes stay in the order of their issue."""
    number = workbench.walk(*FILED)
    client = workbench.at("legal")
    main = ids_of(client, f"clue={number}&volume=main")
    both = [*main, *ids_of(client, f"clue={number}&volume=inner")]

    one, two = (
        _text(
            client.post("/documents/print", data={"query": "", "form": "word", "pick": ids}).content
        )
        for ids in (main, both)
    )

    assert one.index("卷宗（正卷）") < one.index("卷内文件目录") < one.index("立案审批表")
    assert two.index("立案审批表") < two.index("卷宗（正卷）")


def test_what_is_not_in_the_file_is_named_with_its_reason(workbench: Workbench) -> None:
    """A PDF goes into the PDF; a picture, and an incoming paper without a scan, are named."""
    workbench.walk(*DECIDED)
    contract = _upload(workbench, "合同.pdf", pdf_of(3), "购销合同")
    _upload(workbench, "照片.png", _PICTURE, "现场照片")
    number = workbench.walk("case.archive")
    client = workbench.at("legal")

    page = client.get(f"/clues/{number}/volumes").text

    apart = page.partition("不在合成的文件中")[2].partition("</ul>")[0]
    assert "现场照片" in apart
    assert "不是 PDF 文件" in apart
    assert "没有上传扫描件" in apart
    assert contract.title not in apart


def test_a_long_volume_is_printed_in_portions(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = workbench.walk(*FILED)
    client = workbench.at("legal")
    monkeypatch.setattr(volumes, "MOST_PRINTED", 4)

    page = client.get(f"/clues/{number}/volumes").text
    second = client.get(f"/clues/{number}/volumes/main", params={"form": "docx", "portion": 2})
    beyond = client.get(f"/clues/{number}/volumes/main", params={"form": "docx", "portion": 99})

    assert "打印正卷第2部分（Word）" in page
    assert len(Document(BytesIO(second.content)).sections) >= 4
    assert beyond.status_code == 422
    assert "没有第99部分" in beyond.text


def test_before_it_is_filed_a_volume_has_no_cover_and_that_is_said(workbench: Workbench) -> None:
    number = workbench.walk(*IN_CASE)

    page = workbench.at("handler").get(f"/clues/{number}/volumes").text

    assert "尚未归档，还没有封面和目录" in page
    assert "立案审批表" in page


def test_only_who_may_take_the_whole_file_prints_it(workbench: Workbench) -> None:
    number = workbench.walk(*FILED)

    for chair in ("police", "health"):
        client = workbench.at(chair)
        assert client.get(f"/clues/{number}/volumes").status_code == 404, chair
        assert client.get(f"/clues/{number}/volumes/main").status_code == 404, chair
    assert workbench.at("legal").get(f"/clues/{number}/volumes/other").status_code == 404


def test_pages_counted_after_the_filing_are_told_for_the_pen(workbench: Workbench) -> None:
    """The issued catalogue stays as it is; the page tells what to write into it."""
    number = workbench.walk(*FILED)
    inner = {one.sha256 for one in workbench.story.papers()}
    with transaction(workbench.office.engine) as session:
        for sha256 in sorted(inner):
            note_pages(session, sha256, 2)

    page = workbench.at("legal").get(f"/clues/{number}/volumes").text

    part = page.partition('id="volume-inner"')[2].partition("</ol>")[0]
    rows = workbench.story.papers("inner_case_catalogue")[0].facts["卷内文件"]
    assert all(row["页号"] is None for row in rows)
    assert f"卷内共{2 * len(rows)}页" in part
    assert "第1-2页" in part
    assert f"第{2 * len(rows) - 1}-{2 * len(rows)}页" in part


@needs_office
def test_the_pdf_of_a_volume_holds_the_uploaded_pdf_too(workbench: Workbench) -> None:
    workbench.walk(*DECIDED)
    _upload(workbench, "合同.pdf", pdf_of(3), "购销合同")
    number = workbench.walk("case.archive")

    answer = workbench.at("legal").get(f"/clues/{number}/volumes/main")

    assert answer.headers["content-type"] == "application/pdf"
    assert len(joined([answer.content])) > len(pdf_of(3))


_PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
