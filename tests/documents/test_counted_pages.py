"""Pages counted by LibreOffice: list, annex, receipt, catalogue and cover name the same figures."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from documents.output.page_count import count_all, count_pages
from domain.situation.situation import CHINA
from domain.tables.attachment import PagesNotCounted
from flows.papers.page_counting import Count, count_issued, count_packets, packets_counted
from flows.site.store import reading
from flows.site.stored_documents import pages_of
from tests.helpers import fake_office
from tests.helpers.scans import pdf_of
from tests.helpers.story import IN_CASE, Story
from tests.helpers.wanted import needs_office

NOW = datetime(2026, 11, 30, 8, tzinfo=CHINA)
TO_THE_POLICE = (*IN_CASE, "case.record_facts", "refer")
CLOSED = (
    "referral.deliver",
    "referral.receipt",
    "referral.file",
    "referral.hand_over",
    "referral.close",
    "case.close",
    "close",
)
WITH_IT = {"goods_list", "crime_transfer", "materials_list", "transfer_approval"}
LISTED = {"涉嫌犯罪案件情况的调查报告": "crime_investigation_report", "涉案物品清单": "goods_list"}


def counted(session: Session, story: Story) -> dict[str, int]:
    """The pages of the papers that were counted, by kind."""
    known = pages_of(session, (one.sha256 for one in story.papers()))
    return {one.kind: known[one.sha256] for one in story.papers() if one.sha256 in known}


def sum_told(story: Story, kind: str) -> tuple[str, str]:
    """Copies and pages of all materials as the foot of the list or the receipt names them."""
    told = story.text(kind).replace("\n", " ")
    form = r"共(\d+)份(\s*\d*\s*)页" if kind == "crime_transfer" else r"合计 (\d+) (\s*\d*\s*) 以下"
    copies, pages = re.search(form, told).groups()  # type: ignore[union-attr]
    return copies, pages.strip()


@needs_office
def test_counted_pages_agree_from_the_list_of_materials_to_the_cover_of_the_file(
    story: Story,
) -> None:
    story.walk(*TO_THE_POLICE)
    papers = len({one.sha256 for one in story.papers()})
    assert count_issued(story.office, NOW) == Count(papers)
    assert count_issued(story.office, NOW) == Count(), "what was counted is not converted again"

    story.walk("referral.approve")

    with reading(story.office.engine) as session:
        known = counted(session, story)
    assert "crime_investigation_report" in known
    for kind in ("materials_list", "crime_transfer"):
        rows = story.papers(kind)[-1].facts["材料清单"]
        told = {LISTED[row["名称"]]: row.get("页数") for row in rows if row["名称"] in LISTED}
        assert told == {one: known.get(one) for one in LISTED.values()}, kind
    sums = {kind: sum_told(story, kind) for kind in ("materials_list", "crime_transfer")}
    assert sums["crime_transfer"] == sums["materials_list"], "the receipt names the list's sum"

    story.walk(*CLOSED)
    count_issued(story.office, NOW)
    story.does("case.archive")

    rows = story.papers("case_catalogue")[-1].facts["卷内文件"]
    own = [row for row in rows if not str(row.get("备注") or "").startswith("收文")]
    with reading(story.office.engine) as session:
        known = counted(session, story)
    pages = {one.title: known[one.kind] for one in story.papers() if one.kind in known}
    last = 0
    for row in own:
        first, _, end = str(row["页号"]).partition("-")
        assert (int(first), int(end or first)) == (last + 1, last + pages[row["题名"]]), row
        last = int(end or first)
    assert last >= len(own) > 3


@needs_office
def test_every_hour_the_packets_under_way_are_counted_and_nothing_else(story: Story) -> None:
    """The report is counted before the principal approves the list that names its pages."""
    story.walk(*TO_THE_POLICE)
    assert count_packets(story.office, NOW) == Count(1)

    story.walk("referral.approve")

    row = story.papers("materials_list")[-1].facts["材料清单"][0]
    assert row["名称"] == "涉嫌犯罪案件情况的调查报告" and row["页数"] >= 1
    assert count_packets(story.office, NOW) == Count(len(WITH_IT))
    assert {one.kind for one in story.papers() if one.process_kind == "referral"} > WITH_IT
    assert count_packets(story.office, NOW) == Count()


def test_a_paper_that_cannot_be_converted_is_left_out_for_a_day(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The report fails at eight; the papers of the approval are counted at nine all the same."""
    fake_office.placed(monkeypatch, tmp_path, "专案组成员")
    story.walk(*TO_THE_POLICE)
    told = packets_counted(story.office, NOW)
    assert told == "1份移送材料没有计得页数，见文书登记簿的状态“没有计得页数”"

    story.walk("referral.approve")
    fake_office.placed(monkeypatch, tmp_path)
    assert count_packets(story.office, NOW + timedelta(hours=1)) == Count(len(WITH_IT))
    assert count_packets(story.office, NOW + timedelta(hours=2)) == Count()

    assert count_packets(story.office, NOW + timedelta(days=1)) == Count(1)
    with reading(story.office.engine) as session:
        assert session.exec(select(PagesNotCounted)).all() == []


def test_many_files_are_counted_at_once_and_a_damaged_one_is_left_out() -> None:
    files = {"one": pdf_of(1), "three": pdf_of(3), "damaged": b"%PDF-1.4 no file"}

    assert count_all(files) == {"one": 1, "three": 3}
    assert count_all({}) == {}


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4 no file"])
def test_what_is_no_file_has_no_count(content: bytes) -> None:
    assert count_pages("a.pdf", content) is None
