"""A workbook made to harm is refused in Chinese, within its budget of time, and harms nobody."""

import io
import random
import re
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from domain.files.confined import Budget, Unreadable, confined
from domain.files.rows import SpreadsheetError
from domain.files.spreadsheet import read_table, workbook_rows

SECONDS = 6.0
"""What any hostile sample may take on a machine where two others work."""
MEMORY = 200 << 10
"""By how many kilobytes the reading process itself may grow."""
BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
STANDS = re.compile("[一-鿿]{4}")


def workbook(rows: int = 3) -> bytes:
    """A sound small workbook."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw) as book:
        sheet = book.add_worksheet("工单")
        sheet.write_row(0, 0, ["工单编号", "诉求内容", "来电时间"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, [f"A{row}", "反映某店缺斤少两", "2026-09-21 10:30"])
    return raw.getvalue()


def changed(member: str, old: bytes, new: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with one piece of a member in another's place."""
    raw = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as before,
        zipfile.ZipFile(raw, "w", method) as after,
    ):
        for info in before.infolist():
            content = before.read(info)
            assert info.filename != member or old in content
            found = content.replace(old, new, 1) if info.filename == member else content
            after.writestr(info.filename, found)
    return raw.getvalue()


def with_member(size: int, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with a part of so many noughts more."""
    raw = io.BytesIO(workbook())
    with (
        zipfile.ZipFile(raw, "a", method, compresslevel=1) as archive,
        archive.open("xl/more.xml", "w") as part,
    ):
        for _ in range(size >> 20):
            part.write(bytes(1 << 20))
    return raw.getvalue()


def many_members() -> bytes:
    """The workbook with three thousand empty parts."""
    raw = io.BytesIO(workbook())
    with zipfile.ZipFile(raw, "a") as archive:
        for number in range(3000):
            archive.writestr(f"xl/{number}.xml", b"")
    return raw.getvalue()


END = b"</sheetData>"
CELLS = b"<!--" + b'<c r="A1">' * 80_000 + b"-->"
HOSTILE: dict[str, Callable[[], bytes]] = {
    "last corner": lambda: changed(
        SHEET, END, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>' + END
    ),
    "last row": lambda: changed(
        SHEET, END, b'<row r="1048576"><c r="P1048576"><v>1</v></c></row>' + END
    ),
    "impossible place": lambda: changed(
        SHEET, END, b'<row r="99999999"><c r="ZZZZ9"><v>1</v></c></row>' + END
    ),
    "many members": many_members,
    "bzip2": lambda: with_member(64 << 20, zipfile.ZIP_BZIP2),
    "lzma": lambda: with_member(16 << 20, zipfile.ZIP_LZMA),
    "bomb": lambda: with_member(600 << 20),
    "entities": lambda: changed(SHEET, b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    "cut short": lambda: changed(SHEET, END, b""),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_workbook_is_refused_within_its_budget(name: str, tmp_path: Path) -> None:
    raw = HOSTILE[name]()
    path = tmp_path / "工单.xlsx"
    path.write_bytes(raw)
    before, memory = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with pytest.raises(SpreadsheetError) as refusal:
        list(read_table(path).rows)

    assert STANDS.search(str(refusal.value))
    assert time.monotonic() - before < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < MEMORY


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        (SHEET, b"<sheetData>", CELLS + b"<sheetData>"),
        (SHEET, b"</worksheet>", b"<!--" + b"<f>" * 80_000 + b"--></worksheet>"),
        (BOOK, b"<sheets>", b"<!--" + b'<sheet name=""' * 20_000 + b"--><sheets>"),
    ],
)
def test_comments_cost_no_time(member: str, old: bytes, new: bytes, tmp_path: Path) -> None:
    """Patterns over such parts took minutes, and nobody else was answered meanwhile."""
    path = tmp_path / "工单.xlsx"
    path.write_bytes(changed(member, old, new))
    before = time.monotonic()

    rows = list(read_table(path).rows)

    assert [one.cells["工单编号"] for one in rows] == ["A1", "A2", "A3"]
    assert time.monotonic() - before < SECONDS


def test_a_calendar_in_a_hostile_workbook_is_refused_too() -> None:
    raw = HOSTILE["last corner"]()

    with pytest.raises(SpreadsheetError, match="残留"):
        list(workbook_rows(raw))


def test_an_ordinary_workbook_costs_a_blink(tmp_path: Path) -> None:
    path = tmp_path / "工单.xlsx"
    path.write_bytes(workbook(500))
    before = time.monotonic()

    assert len(list(read_table(path).rows)) == 500

    assert time.monotonic() - before < 3


@pytest.mark.parametrize("task", ["grow", "spin", "die"])
def test_a_reader_that_dies_is_a_refusal(task: str) -> None:
    with pytest.raises(Unreadable, match="无法在限定的内存和时间内读取"):
        list(confined(f"tests.helpers.bad_readers:{task}", None, Budget(1 << 30, 1)))


def test_damaged_workbooks_are_read_or_refused(tmp_path: Path) -> None:
    """Any bytes may come: two dozen mutants, each a table or a refusal in Chinese."""
    chance = random.Random(11)
    sound = workbook()
    for number in range(25):
        raw = bytearray(sound)
        for _ in range(chance.randint(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(bytes(raw))
        try:
            rows = list(read_table(path).rows)
        except SpreadsheetError as refusal:
            assert STANDS.search(str(refusal))
        else:
            assert len(rows) <= 4
