"""The register of documents: found, read, taken together; and nobody reads what is not his."""

from hashlib import sha256
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook
from starlette.testclient import TestClient

from documents.output import pdf
from flows.papers import document_zip
from tests.helpers.office import on_the_shelf
from tests.web.conftest import Workbench

REFERRED = (
    "register",
    "dispatch",
    "accept",
    "verify",
    "conclude",
    "refer",
    "referral.approve",
    "referral.deliver",
)


def unzipped(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def ids_of(client: TestClient, query: str = "") -> list[int]:
    text = client.get(f"/documents?{query}").text
    return [int(one.split('"')[0]) for one in text.split('name="pick" value="')[1:]]


def test_documents_are_found_by_kind_number_organ_day_clue_and_state(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    [slip] = workbench.story.papers("dispatch_slip")
    client = workbench.at("handler")
    everything = ids_of(client)

    assert len(everything) == len(workbench.story.papers())
    assert everything == sorted(everything, reverse=True)
    for query in (
        "kind=dispatch_slip",
        f"number={slip.number}",
        f"number={str(slip.number).replace('〔', '[').replace('〕', ']')}",
    ):
        assert ids_of(client, query) == [slip.id]
    assert slip.id in ids_of(client, f"clue={number.lower()}&organ={slip.organ}&state=issued")
    assert slip.id in ids_of(client, "since=2026-05-11&until=2026-05-11")
    for query in ("until=2026-05-10", "since=2026-05-12", "state=void", "clue=XS2025"):
        assert ids_of(client, query) == []


def test_a_day_that_is_none_is_told_and_what_was_typed_stays(workbench: Workbench) -> None:
    text = workbench.at("handler").get("/documents?since=gestern&number=9").text

    assert "制发时间起应为日期" in text
    assert 'name="number" value="9"' in text


def test_the_register_is_read_page_by_page(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.papers.document_list.PAGE", 2)
    workbench.walk("register", "dispatch", "accept", "verify", "conclude")
    client = workbench.at("handler")
    seen: list[int] = []
    link = "/documents?"
    while link:
        text = client.get(link).text
        seen += [int(one.split('"')[0]) for one in text.split('name="pick" value="')[1:]]
        after = text.split('rel="next" href="')
        link = after[1].split('"')[0].replace("&amp;", "&") if len(after) > 1 else ""

    ids = [one.id for one in workbench.story.papers()]
    assert len(ids) > 2
    assert sorted(seen) == sorted(one for one in ids if one)


def test_another_department_sees_neither_line_nor_document(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept")
    [slip] = workbench.story.papers("dispatch_slip")
    other = workbench.at("health")

    assert ids_of(other) == []
    for path in ("view", "file", "pdf", "qr", "correct"):
        assert other.get(f"/documents/{slip.id}/{path}").status_code == 404, path
    for path in ("void", "reissue"):
        answer = other.post(f"/documents/{slip.id}/{path}", data={"reason": "错了"})
        assert answer.status_code == 404, path
    taken = other.post("/documents/zip", data={"pick": [str(slip.id)]})
    assert taken.status_code == 422
    assert "1份没有找到，或者您无权查看" in taken.text


def test_police_read_papers_of_the_referral_only(workbench: Workbench) -> None:
    number = workbench.walk(*REFERRED)
    police = workbench.at("police")

    kinds = {one.id: one.process_kind for one in workbench.story.papers()}
    assert {kinds[one] for one in ids_of(police)} == {"referral"}
    packet = unzipped(police.get(f"/clues/{number}/packet").content)
    assert any("涉嫌犯罪案件移送书" in name for name in packet)
    assert "SHA256SUMS" in packet
    assert police.get(f"/clues/{number}/case-file").status_code == 404
    assert workbench.at("urban").get(f"/clues/{number}/packet").status_code == 404


def test_police_get_no_packet_before_delivery(workbench: Workbench) -> None:
    number = workbench.walk(*REFERRED[:-1])

    assert workbench.at("police").get(f"/clues/{number}/packet").status_code == 404
    assert workbench.at("handler").get(f"/clues/{number}/packet").status_code == 200


def test_the_whole_case_file_proves_itself(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")

    answer = workbench.at("handler").get(f"/clues/{number}/case-file")
    files = unzipped(answer.content)

    assert f"{number} 案卷.zip" in unquote(answer.headers["content-disposition"])
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert {name: sha256(one).hexdigest() for name, one in files.items() if name in sums} == sums
    for paper in workbench.story.papers():
        assert paper.sha256 in sums.values()


def test_ticked_documents_come_as_one_zip_equal_every_time(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch", "accept")
    papers = workbench.story.papers()
    chosen = [str(papers[0].id), str(papers[1].id)]
    client = workbench.at("handler")

    first = client.post("/documents/zip", data={"pick": chosen})
    again = client.post("/documents/zip", data={"pick": [*reversed(chosen), chosen[0]]})
    files = unzipped(first.content)

    assert first.content == again.content
    words = {sha256(one).hexdigest() for name, one in files.items() if name.endswith(".docx")}
    assert words == {papers[0].sha256, papers[1].sha256}
    assert all(number in name for name in files if name.endswith(".docx"))
    catalogue = files["00 目录.txt"].decode()
    assert papers[0].title in catalogue
    assert "没有放入本压缩包的：\n　　无" in catalogue


def test_a_zip_says_what_is_left_out(workbench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_zip, "MOST", 2)
    workbench.walk("register", "dispatch", "accept", "verify", "conclude")
    papers = workbench.story.papers()
    client = workbench.at("handler")

    ticked = client.post("/documents/zip", data={"pick": [str(one.id) for one in papers[:3]]})
    fitting = client.post("/documents/zip", data={"fitting": "yes", "query": ""})

    told = unzipped(ticked.content)["00 目录.txt"].decode()
    assert f"{papers[0].title}" in told.split("没有放入")[1]
    assert "一次最多打包2份" in told
    told = unzipped(fitting.content)["00 目录.txt"].decode()
    assert "只打包最近制发的2份" in told


def test_a_missing_file_is_left_out_and_told(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")
    papers = workbench.story.papers()
    shelf = on_the_shelf(workbench.office)
    (shelf / papers[0].sha256[:2] / papers[0].sha256).unlink()

    answer = workbench.at("handler").post("/documents/zip", data={"fitting": "yes", "query": ""})

    told = unzipped(answer.content)["00 目录.txt"].decode()
    assert "文书存储中没有" in told.split("没有放入")[1]


def test_nothing_ticked_is_told(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch")

    answer = workbench.at("handler").post("/documents/zip", data={})

    assert answer.status_code == 422
    assert "请先勾选" in answer.text


def test_the_table_to_take_away_holds_what_is_narrowed_to(workbench: Workbench) -> None:
    workbench.walk("register", "dispatch", "accept")
    [slip] = workbench.story.papers("dispatch_slip")

    answer = workbench.at("handler").get("/documents.xlsx?kind=dispatch_slip&after=garbage")
    other = workbench.at("health").get("/documents.xlsx")

    heading, *rows = (
        CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    )
    assert [row[heading.index("文号")] for row in rows] == [slip.number]
    rows = CalamineWorkbook.from_filelike(BytesIO(other.content)).get_sheet_by_index(0).to_python()
    assert len(rows) == 1


def test_a_table_beyond_the_limit_asks_for_a_narrower_one(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.papers.document_list.MOST_ROWS", 1)
    workbench.walk("register", "dispatch")

    answer = workbench.at("handler").get("/documents.xlsx")

    assert answer.status_code == 422
    assert "请按文书种类或者制发时间缩小范围" in answer.text


def test_without_a_converter_there_is_no_pdf_and_the_page_says_why(
    workbench: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    workbench.walk("register", "dispatch")
    [slip] = workbench.story.papers("dispatch_slip")
    client = workbench.at("handler")

    register = client.get("/documents").text

    assert f"/documents/{slip.id}/pdf" not in register
    assert "本机没有安装 LibreOffice" in register
    answer = client.get(f"/documents/{slip.id}/pdf")
    assert answer.status_code == 503
    assert "本机没有安装 LibreOffice" in answer.text


def test_the_page_of_a_document_shows_its_text_and_its_address(workbench: Workbench) -> None:
    number = workbench.walk("register", "dispatch")
    [slip] = workbench.story.papers("dispatch_slip")
    client = workbench.at("handler")

    text = client.get(f"/documents/{slip.id}/view").text

    assert '<h2 class="doc-center doc-large">' in text
    assert f"/v/{slip.code}" in text
    assert f'href="/clues/{number}"' in text
    assert client.get(f"/documents/{slip.id}/qr").content.startswith(b"\x89PNG")
