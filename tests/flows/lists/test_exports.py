"""Registers for other programs: complete, narrowed, and no cell is ever a formula."""

import csv
import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import BinaryIO
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from documents.output import table_files
from documents.output.table_files import (
    LONGEST_CELL,
    Cell,
    Column,
    Sheet,
    as_csv,
    as_xlsx,
    write_csv,
    write_xlsx,
)
from domain.files.identifiers import unit_code
from domain.situation.situation import CHINA
from flows.lists.exports import EXPORTS, UnknownExport, export
from flows.lists.registers import Narrow
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue, void
from flows.people.visible_clues import visible
from flows.site.office import Office
from tests.helpers.circulars import CircularStory
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, RECEIVED, REVIEWED, Story

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=CHINA)
Table = list[dict[str, object]]


def _read(raw: bytes) -> Table:
    heading, *rows = CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0).to_python()
    return [dict(zip(map(str, heading), row, strict=True)) for row in rows]


def _export(story: Story, what: str, **narrow: object) -> Table:
    return _read(_exported(story, what, "xlsx", **narrow))


def _exported(story: Story, what: str, form: str, **narrow: object) -> bytes:
    made = BytesIO()
    export(story.office, what, form, Narrow(story.now, **narrow), made)  # type: ignore[arg-type]
    return made.getvalue()


def _sheet(*cells: Cell) -> Sheet:
    return Sheet("表", tuple(Column(str(place)) for place in range(len(cells))), [cells])


# --- the formats ---------------------------------------------------------------------------------

FORMULAS = [
    "=1+1",
    "+86 010",
    "-2",
    "@SUM(A1)",
    "\tx",
    "\rx",
    "＝cmd|' /C calc'!A0",
    "=HYPERLINK()",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_becomes_a_formula(text: str) -> None:
    raw = as_xlsx(_sheet(text), NOW)

    with ZipFile(BytesIO(raw)) as file:
        page = file.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in page
        assert b"<hyperlink" not in page


def test_csv_cells_that_could_be_formulas_begin_with_a_quote() -> None:
    text = as_csv(_sheet(*FORMULAS, "好=1", -5)).decode("utf-8-sig")

    _, row = list(csv.reader(StringIO(text, newline="")))
    assert row == [*(f"'{one}" for one in FORMULAS), "好=1", "-5"]


def test_days_moments_and_amounts_are_what_they_are() -> None:
    moment = datetime(2026, 5, 11, 16, 30, tzinfo=UTC)
    moment_in_china = moment.astimezone(CHINA).replace(tzinfo=None)
    raw = as_xlsx(_sheet(date(2026, 5, 11), moment, Decimal("12.50"), 3, None, "0012345"), NOW)

    [row] = CalamineWorkbook.from_filelike(BytesIO(raw)).get_sheet_by_index(0).to_python()[1:]

    assert row[:4] == [date(2026, 5, 11), moment_in_china, 12.5, 3.0]
    assert row[4:] == ["", "0012345"]


def test_a_cell_too_long_says_that_it_was_cut() -> None:
    [row] = _read(as_xlsx(_sheet("长" * (LONGEST_CELL + 10)), NOW))

    assert len(str(row["0"])) == LONGEST_CELL
    assert str(row["0"]).endswith("（内容过长，已截断）")


def test_a_table_longer_than_a_worksheet_goes_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(table_files, "SHEET_ROWS", 4)
    rows = ((f"线索{number}",) for number in range(7))
    raw = as_xlsx(Sheet("线索台账", (Column("线索"),), rows), NOW)

    book = CalamineWorkbook.from_filelike(BytesIO(raw))
    told = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

    assert list(told) == ["线索台账", "线索台账（续2）", "线索台账（续3）"]
    assert [one[0] for one in told.values()] == [["线索"]] * 3
    found = [row for one in told.values() for row in one[1:]]
    assert found == [[f"线索{number}"] for number in range(7)]


@pytest.mark.parametrize("write", [write_csv, lambda sheet, out: write_xlsx(sheet, NOW, out)])
def test_a_long_table_takes_no_more_memory_than_a_short_one(
    write: Callable[[Sheet, BinaryIO], None], tmp_path: Path
) -> None:
    def peak(length: int) -> int:
        rows = (("XS20260001", "反映销售过期奶粉的问题" * 8, number) for number in range(length))
        columns = tuple(map(Column, ("编号", "标题", "次数")))
        with (tmp_path / "table").open("wb") as file:
            tracemalloc.start()
            write(Sheet("线索台账", columns, rows), file)
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    peak(10)
    assert peak(12_000) < peak(4_000) + 200_000


def test_the_same_rows_make_the_same_bytes() -> None:
    assert as_xlsx(_sheet("甲", 1), NOW) == as_xlsx(_sheet("甲", 1), NOW)


# --- the registers -------------------------------------------------------------------------------


def test_the_register_of_clues_names_state_holder_and_limit(story: Story) -> None:
    story.walk(*ACCEPTED)

    [row] = _export(story, "clues")

    assert row["线索编号"] == "XS2026000001"
    assert (row["状态"], row["所在部门"]) == ("已签收", "示例市市场监督管理局")
    assert isinstance(row["届满时间"], datetime)
    assert "1234" not in json.dumps(row, default=str, ensure_ascii=False).replace("12345", "")


def test_the_register_of_documents_shows_void_numbers_too(story: Story) -> None:
    story.walk(*APPROVED)
    paper = story.papers("crime_transfer")[0]
    void(story.office, paper.id or 0, Correction(actor("legal"), story.now, "罪名有误"))
    reissue(story.office, paper.id or 0, Correction(actor("principal"), story.now))

    rows = _export(story, "documents", kind="crime_transfer")

    assert [(row["文号"], row["状态"], row["作废理由"]) for row in rows] == [
        ("示市监涉罪移〔2026〕1号", "作废", "罪名有误"),
        ("示市监涉罪移〔2026〕2号", "有效", ""),
    ]
    assert rows[1]["代替编号"] == paper.id
    assert rows[1]["签发人"] == "赵局长"
    assert str(rows[1]["校验码"])[4] == "-"


def test_overdue_limits_are_told_apart(story: Story) -> None:
    story.walk(*ACCEPTED)
    assert _export(story, "clocks", overdue=True) == []

    story.waits(days=60)

    late = _export(story, "clocks", overdue=True)
    everything = _export(story, "clocks")
    assert late
    assert {row["逾期"] for row in late} == {"是"}
    assert len(everything) > len(late)
    assert any(row["情况"] == "已了结" for row in everything)


def test_the_register_of_referrals_follows_the_case_to_the_police(story: Story) -> None:
    story.walk(*RECEIVED, "referral.file")

    [row] = _export(story, "referrals")

    assert row["受移送公安机关"] == "示例市公安局"
    assert row["涉嫌罪名"] == "生产、销售伪劣产品罪"
    assert row["移送书文号"] == "示市监涉罪移〔2026〕1号"
    assert row["状态"] == "已立案侦查"
    assert all(isinstance(row[name], datetime) for name in ("批准时间", "移送时间", "接收时间"))


def test_registers_are_narrowed_by_department_and_time(story: Story) -> None:
    story.walk(*RECEIVED)

    assert _export(story, "documents", department="shili-health") == []
    assert len(_export(story, "documents", department="shili-hotline")) == 2
    assert _export(story, "documents", since=story.now + timedelta(hours=1)) == []
    assert _export(story, "referrals", state="declined") == []


def test_circulars_are_narrowed_by_sender_and_day(office: Office) -> None:
    story = CircularStory(office)
    story.does("circular.draft")
    story.does("circular.issue")

    assert len(_export(story, "circulars")) == 2
    assert len(_export(story, "circulars", department="shili-market", state="issued")) == 2
    assert _export(story, "circulars", department="shili-health") == []
    assert _export(story, "circulars", since=story.now) == []
    assert _export(story, "circulars", seen=visible(office, actor("supervisor"))) == []


@pytest.mark.parametrize("what", EXPORTS)
def test_nobody_reads_more_than_he_may_see(story: Story, what: str) -> None:
    story.walk(*RECEIVED)
    office = story.office

    assert _export(story, what, seen=visible(office, actor("county"))) == []
    if what in {"clues", "documents", "clocks", "referrals"}:
        assert _export(story, what, seen=visible(office, actor("handler"))) != []


def test_a_register_longer_than_a_portion_is_whole(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.lists.registers.PORTION", 2)
    for number in range(5):
        story.does("register", outside_no=f"N{number}")

    assert len({row["线索编号"] for row in _export(story, "clues")}) == 5
    assert len(_export(story, "documents")) == 5


def test_what_the_hotline_is_told_is_a_file_too(story: Story) -> None:
    story.does("register", outside_no="12345-0099")
    story.walk("dispatch", "accept", "verify")
    story.does("conclude", finding="unfounded")
    story.walk("dismiss")

    rows = _export(story, "write-back")
    told = json.loads(_exported(story, "write-back", "json"))

    assert [row["工单编号"] for row in rows] == [one["order"] for one in told] != []
    assert {row["已送达平台"] for row in rows} == {"否"}
    assert rows[-1]["线索编号"] == "XS2026000001"


def test_the_public_record_of_a_penalty_has_no_private_facts(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=8)
    story.walk("case.decide", "case.serve")

    rows = _export(story, "publicity")
    told = json.loads(_exported(story, "publicity", "json"))

    assert [one["决定书文号"] for one in told] == [row["决定书文号"] for row in rows]
    assert rows[0]["决定书文号"] == "示市监处罚〔2026〕1号"
    assert not {"住所", "当事人电话", "举报人"} & set(told[0])


def test_what_was_changed_under_review_is_not_published_as_it_was(story: Story) -> None:
    """行政处罚法第四十八条第二款."""
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=8)
    story.walk("case.decide", "case.serve", "remedy.register_review")
    story.does("remedy.conclude_review", outcome="changed", penalty_kinds=["fine"], fine="6000")

    assert json.loads(_exported(story, "publicity", "json")) == []


def test_an_amended_decision_is_published_as_amended(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=8)
    story.walk("case.decide", "case.serve", "case.amend_decision", "case.serve")

    [one] = json.loads(_exported(story, "publicity", "json"))

    assert one["决定书文号"] == "示市监变罚〔2026〕1号"
    assert one["罚款金额"] == "6000"


def test_an_unknown_export_names_those_there_are(story: Story) -> None:
    with pytest.raises(UnknownExport, match="clues、documents"):
        _exported(story, "secrets", "xlsx")
    with pytest.raises(UnknownExport, match="xlsx、csv、json"):
        _exported(story, "clues", "pdf")


@pytest.mark.parametrize("what", EXPORTS)
def test_both_databases_export(any_office: Office, what: str) -> None:
    story = Story(any_office)
    story.walk(*RECEIVED)

    rows = _export(story, what, seen=visible(any_office, actor("supervisor")), overdue=False)

    assert bool(rows) == (what in {"clues", "documents", "clocks", "referrals"})


@pytest.mark.parametrize(
    ("code", "published"),
    [
        ("92379900MA31583877", "92379900MA31583877"),
        ("91379900 MA3504614h", "91379900MA3504614H"),
        ("11010519491231002X", None),
        ("92379900MA31583870", None),
        (None, None),
    ],
)
def test_a_credit_code_is_published_and_an_identity_number_never(
    code: str | None, published: str | None
) -> None:
    assert unit_code(code) == published
