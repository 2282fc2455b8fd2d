"""The register of incoming papers: entered by acts, searched, with scans, in the catalogue."""

import re
from io import BytesIO
from zipfile import ZipFile

from starlette.testclient import TestClient

from flows.door.attachments import Upload, add_attachment
from tests.helpers.people import actor
from tests.helpers.scans import pdf_of
from tests.helpers.story import RECEIVED
from tests.web.conftest import Workbench

LETTER, FILING = "授权委托书", "立案决定书（立案告知）"


def test_what_came_in_is_registered_by_the_act_that_enters_it(workbench: Workbench) -> None:
    """程序规定第七十八条: what others wrote lies in the file, with number, day, sender, scan."""
    story = workbench.story
    story.walk(*RECEIVED)
    story.does("incoming_paper.register")
    story.does("referral.file", filing_no="示公（经）立字〔2026〕31号")
    number = workbench.walk()
    client = workbench.at("handler")

    page = client.get("/incoming").text
    assert all(one in page for one in (LETTER, "鑫授〔2026〕1号", FILING, "移送材料接收回执"))
    assert "示例市公安局" in page, "who sent it"
    assert "没有上传" in page
    scan = Upload("a.pdf", b"%PDF-1.4\n%%EOF", f"{LETTER}扫描件", "incoming")
    add_attachment(workbench.office, story.clue or 0, scan, actor("handler"), workbench.clock.now)
    assert f"{LETTER}扫描件" in client.get("/incoming").text

    line = next(row for row in page.split("<tr>") if FILING in row)
    address = re.search(r'href="([^"]+incoming=\d+)"', line)
    assert address and f"上传扫描件：{FILING}" in client.get(address[1].replace("&amp;", "&")).text
    sent = client.post(
        f"/clues/{number}/evidence",
        data={"incoming": address[1].rpartition("=")[2], "kind": "incoming", "title": "公安来文"},
        files={"file": ("b.pdf", pdf_of(3))},
    )
    assert "已上传" in sent.text and " · 3页" in sent.text
    assert "公安来文" in client.get("/incoming").text, "linked, whatever its name"

    only = client.get("/incoming", params={"text": "立字〔2026〕31号"}).text
    assert FILING in only and LETTER not in only
    for typed in ("立字［２０２６］31号", "示例市公安局", "立案告知", number.lower()):
        assert FILING in client.get("/incoming", params={"text": typed}).text, typed
    for unseen in ("referral", "filing_no", "received_from", "incoming_paper", "form"):
        assert FILING not in client.get("/incoming", params={"text": unseen}).text, unseen
    assert FILING in _table(client, "") and LETTER in _table(client, "")
    assert FILING not in _table(client, f"?text={LETTER}")
    assert number in page


def test_the_register_is_the_organs_own(workbench: Workbench) -> None:
    workbench.story.walk("register", "dispatch", "accept")
    workbench.story.does("verify", cooperating=["shili-health"])
    workbench.story.does("incoming_paper.register")
    workbench.walk()

    assert LETTER in workbench.at("handler").get("/incoming").text
    assert LETTER in workbench.at("supervisor").get("/incoming").text
    for chair in ("health", "desk", "urban"):
        assert LETTER not in workbench.at(chair).get("/incoming").text, chair
    assert workbench.at("police").get("/incoming").status_code == 403


def _table(client: TestClient, query: str) -> str:
    """The words of the table to take away."""
    book = ZipFile(BytesIO(client.get(f"/incoming.xlsx{query}").content))
    return "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))
