"""The register of incoming papers: entered by acts, searched, with scans, in the catalogue."""

import re
from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from domain.lifecycle.plan import Refused
from flows.door.attachments import Upload, add_attachment
from tests.helpers.people import actor
from tests.helpers.scans import pdf_of
from tests.helpers.story import RECEIVED
from tests.web.conftest import Workbench

FURTHER = "商请补充调查函"
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
    assert "incoming=" in workbench.at("handler").get("/incoming").text
    watched = workbench.at("supervisor").get("/incoming").text
    assert LETTER in watched and "incoming=" not in watched, "he uploads nothing"
    for chair in ("health", "desk", "urban"):
        assert LETTER not in workbench.at(chair).get("/incoming").text, chair
    assert workbench.at("police").get("/incoming").status_code == 403


def _table(client: TestClient, query: str) -> str:
    """The words of the table to take away."""
    book = ZipFile(BytesIO(client.get(f"/incoming.xlsx{query}").content))
    return "".join(book.read(one).decode() for one in book.namelist() if one.endswith(".xml"))


def test_a_paper_whose_day_nobody_tells_came_on_the_day_it_was_entered(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk(*RECEIVED)
    story.does("referral.ask_further")
    workbench.walk()
    day = story.now.date()

    line = workbench.at("handler").get("/incoming").text.split(FURTHER)[1].split("</tr>")[0]
    assert f"{day:%Y-%m-%d}" in line and "未写明" not in line

    story.walk("referral.report_further", "referral.file", "referral.hand_over")
    story.walk("referral.close", "close", "archive")
    lists = [one.facts["卷内文件"] for one in story.papers() if "卷内文件" in one.facts]
    days = [row["日期"] for rows in lists for row in rows if row["题名"] == FURTHER]
    assert days == [day.isoformat()]


def test_a_paper_is_not_received_before_the_day_it_bears(workbench: Workbench) -> None:
    story = workbench.story
    story.walk(*RECEIVED)
    today = story.now.date()
    before = (today - timedelta(days=1)).isoformat()

    with pytest.raises(Refused, match="早于来文日期"):
        story.does(
            "incoming_paper.register",
            incoming_dated=today.isoformat(),
            incoming_received_on=before,
        )


def test_a_refused_scan_is_sent_again_with_its_pages_and_stays_tied_to_its_paper(
    workbench: Workbench,
) -> None:
    story = workbench.story
    story.walk(*RECEIVED)
    story.does("incoming_paper.register", incoming_pages="4")
    number, client = workbench.walk(), workbench.at("handler")
    line = next(row for row in client.get("/incoming").text.split("<tr>") if LETTER in row)
    found = re.search(r'incoming=(\d+)"', line)
    assert found
    sent = {"incoming": found[1], "kind": "incoming", "title": "授权书扫描件"}

    def upload(**more: str) -> str:
        files = {"file": ("a.pdf", pdf_of(3))}
        return client.post(f"/clues/{number}/evidence", data=sent | more, files=files).text

    refused = upload()
    assert "收文登记写明4页，扫描件为3页" in refused
    assert f'name="incoming" value="{found[1]}"' in refused and 'value="授权书扫描件"' in refused
    assert '<option value="incoming" selected>' in refused

    assert "已上传1件" in upload(pages="3")
    assert "授权书扫描件" in client.get("/incoming").text
