"""Files as hotlines really export them: nothing is lost between the cell and the clue."""

import json
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter

from domain.files.column_mapping import (
    ColumnMapping,
    UnknownColumns,
    known_headings,
    load_mappings,
    recognise,
)
from domain.files.rows import RawRow, Table, guarded, unguarded
from domain.files.spreadsheet import read_table
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.rulebook.rulebook_reading import layers

MAPPINGS = load_mappings(layers())
HOTLINE = MAPPINGS["12345"]
KNOWN = known_headings(MAPPINGS.values())
NOW = datetime(2026, 11, 29, 14, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADER = ["工单编号", "来电时间", "工单标题", "诉求内容", "联系电话", "是否保密"]
ORDER = ["GD1", "2026-09-21 10:30", "油烟扰民", "示例路8号油烟直排", "13800000001", "否"]


def read(path: Path, mapping: ColumnMapping = HOTLINE) -> tuple[list[IncomingClue], Table]:
    """The clues of a file that must hold no bad row."""
    table = read_table(path, KNOWN)
    assert MAPPINGS[recognise(table.columns, MAPPINGS)] == mapping
    fitted = mapping.model_copy(update={"starts_1904": table.starts_1904})
    found = [parse_row(row, fitted, NOW) for row in table.rows]
    assert not [one for one in found if isinstance(one, RowRejection)]
    return [one for one in found if isinstance(one, IncomingClue)], table


def write_book(path: Path, rows: list[list[object]], **options: object) -> Path:
    with xlsxwriter.Workbook(path, options) as book:
        sheet = book.add_worksheet("工单")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return path


def rewrite(path: Path, member: str, *changes: tuple[str, str]) -> Path:
    """The workbook with words of one of its parts put otherwise."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for old, new in changes:
        assert old.encode() in parts[member]
        parts[member] = parts[member].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def row_of(**cells: object) -> IncomingClue | RowRejection:
    return parse_row(RawRow(2, dict(zip(HEADER, ORDER, strict=True)) | cells), HOTLINE, NOW)  # type: ignore[arg-type]


def test_a_workbook_with_the_wrong_suffix_is_read(tmp_path: Path):
    """tafia/calamine #366: the reader goes by the name, people do not."""
    path = write_book(tmp_path / "a.xlsx", [HEADER, ORDER]).rename(tmp_path / "a.xls")

    [found], _ = read(path)

    assert found.outside_no == "GD1"


def test_a_header_of_two_rows_is_read_by_its_groups(tmp_path: Path):
    """alibaba/easyexcel #2789: the wish for secrecy stands under 诉求人."""
    top = ["工单编号", "来电时间", "工单标题", "诉求内容", "被反映单位", "", "诉求人", "", ""]
    below = ["", "", "", "", "名称", "联系电话", "姓名", "联系电话", "是否保密"]
    order = [*ORDER[:4], "示例餐馆", "0531-88881234", "王某", "13800000001", "是"]

    [found], table = read(write_book(tmp_path / "a.xlsx", [["工单导出"], top, below, order]))

    assert (found.row, found.confidential, found.reporter_name) == (4, True, "王某")
    assert (found.reporter_phone, found.subject_phone) == ("13800000001", "053188881234")
    assert found.subject_name == "示例餐馆"
    assert "被反映单位·联系电话" in table.columns


def test_the_row_with_most_known_headings_is_the_header(tmp_path: Path):
    """A filter line above it holds known words too; a group above it says whose telephone it is."""
    filters = ["受理时间：", "2026-09-01至2026-09-21", "工单状态：", "全部"]
    groups = ["工单信息", "", "", "", "被反映人", ""]
    names = [*HEADER[:4], "姓名", "电话"]
    order = [*ORDER[:4], "张某", "13900000009"]

    [filtered], _ = read(write_book(tmp_path / "a.xlsx", [filters, HEADER, ORDER]))
    [grouped], _ = read(write_book(tmp_path / "b.xlsx", [groups, names, order]))

    assert filtered.row == 3
    assert (grouped.subject_phone, grouped.reporter_phone) == ("13900000009", "")


@pytest.mark.parametrize(
    ("above", "sign"),
    [
        ("12345热线工单导出表\n", "\t"),
        ("甲,乙,丙,丁,戊,己,庚,辛\n", ";"),
        ("导出|时间\n", ","),
        ("\n", "\t"),
    ],
)
def test_a_title_above_a_text_table_does_not_part_its_cells(tmp_path: Path, above: str, sign: str):
    path = tmp_path / "a.csv"
    path.write_text(above + "\n".join(sign.join(row) for row in (HEADER, ORDER)), encoding="utf-8")

    [found], _ = read(path)

    assert (found.outside_no, found.reporter_phone) == ("GD1", "13800000001")


@pytest.mark.parametrize("shape", ["\n  [%s]", "{\n%s\n}", '{"code": 0, "data": [%s]}', "%s"])
def test_json_is_read_however_it_is_laid_out(tmp_path: Path, shape: str):
    whole = json.dumps(dict(zip(HEADER, ORDER, strict=True)), ensure_ascii=False, indent=1)
    path = tmp_path / "a.json"
    path.write_text(shape % (whole[1:-1] if shape.startswith("{\n") else whole), encoding="utf-8")

    [found], _ = read(path)

    assert found.title == "油烟扰民"


def test_numbers_that_a_program_made_decimals_are_numbers_again():
    found = row_of(工单编号="20260921004.0", 联系电话="13800000001.0", 工单标题="<NA>")

    assert isinstance(found, IncomingClue)
    assert (found.outside_no, found.reporter_phone) == ("20260921004", "13800000001")
    assert found.title == ORDER[3]
    assert isinstance(row_of(工单编号="2026092100400012345.0"), RowRejection)


def test_a_formula_without_value_asks_for_secrecy_in_any_dialect(tmp_path: Path):
    """infiniflow/ragflow PR #19737: other attributes may stand first."""
    path = write_book(tmp_path / "a.xlsx", [HEADER, ORDER])
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as book:
        start = book.read(sheet).decode().index('<c r="F2"')
        text = book.read(sheet).decode()
        cell = text[start : text.index("</c>", start) + 4]

    [found], _ = read(rewrite(path, sheet, (cell, '<c t="str" r="F2"><f>IF(A1,1,2)</f></c>')))

    assert found.confidential
    assert any("是公式或错误值" in one for one in found.warnings)


def test_hidden_rows_are_read_and_told(tmp_path: Path):
    path = write_book(tmp_path / "a.xlsx", [HEADER, ORDER, ["GD2", *ORDER[1:]]])

    found, table = read(
        rewrite(path, "xl/worksheets/sheet1.xml", ('<row r="3"', '<row hidden="1" r="3"'))
    )

    assert [one.outside_no for one in found] == ["GD1", "GD2"]
    assert table.remarks == ["第3行是隐藏的，照常读取；不应导入的请删除后再导入"]


def test_hidden_columns_are_read_and_told(tmp_path: Path):
    path = write_book(tmp_path / "a.xlsx", [HEADER, ORDER])
    hides = ("<sheetData>", '<cols><col min="1" max="2" hidden="1"/></cols><sheetData>')

    found, table = read(rewrite(path, "xl/worksheets/sheet1.xml", hides))

    assert [one.outside_no for one in found] == ["GD1"]
    assert table.remarks == [
        f"列“{name}”是隐藏的，照常读取；不应导入的请删除后再导入" for name in HEADER[:2]
    ]


def test_a_quote_against_formulas_is_taken_away_again():
    for text in ("=1+1", "＋补充", "-占道", "'-占道", "'它'", "普通", "''=x"):
        assert unguarded(guarded(text)) == text
    assert guarded("-") == "'-"
    assert unguarded("'引语'") == "'引语'"


@pytest.mark.parametrize(
    ("written", "moment", "doubt"),
    [
        ("10月26日 12:42", "2026-10-26 12:42", "没有写年份，按2026年登记"),
        ("12月3日", "2025-12-03 00:00", "没有写年份，按2025年登记"),
        ("20261026 12:42", "2026-10-26 12:42", ""),
        ("2026年10月26日上午8点", "2026-10-26 08:00", ""),
        ("2026年10月26日（周一）下午3点半", "2026-10-26 15:30", ""),
        ("26年10月26日8时", "2026-10-26 08:00", ""),
        ("2026年10月26日上午", "2026-10-26 00:00", "没有写几点"),
        ("9/21/2026 10:30", "2026-09-21 10:30", ""),
        ("21/9/2026", "2026-09-21 00:00", ""),
        ("9/8/2026", "2026-09-08 00:00", "月、日先后不明"),
    ],
)
def test_a_doubtful_day_is_registered_with_a_remark(written: str, moment: str, doubt: str):
    found = row_of(来电时间=written)

    assert isinstance(found, IncomingClue)
    assert f"{found.received_at:%Y-%m-%d %H:%M}" == moment
    assert bool(found.warnings) == bool(doubt)
    assert doubt in "".join(found.warnings)


@pytest.mark.parametrize(
    "written", ["13月26日", "2026年2月30日", "10月26日25点", "下周三", "2027-01-01"]
)
def test_an_impossible_day_is_rejected(written: str):
    assert isinstance(row_of(来电时间=written), RowRejection)


def test_serials_of_a_1904_book_are_told_and_moved(tmp_path: Path):
    serial = 44_824.4375
    rows = [HEADER, [ORDER[0], serial, *ORDER[2:]]]

    [found], table = read(write_book(tmp_path / "a.xlsx", rows, date_1904=True))

    assert f"{found.received_at:%Y-%m-%d %H:%M}" == "2026-09-21 10:30"
    assert "1904日期系统" in "".join(found.warnings) + "".join(table.remarks)


def test_a_callers_number_with_a_figure_too_few_is_kept_and_no_warning_repeats_it():
    found = row_of(联系电话="138 0000 001")

    assert isinstance(found, IncomingClue)
    assert "1380000001" in found.reporter_phone.replace(" ", "")
    assert "按原样保存" in "".join(found.warnings) and "0001" not in "".join(found.warnings)


def test_a_partys_number_with_a_figure_too_few_is_kept_too():
    found = row_of(被反映单位电话="138 0000 001")

    assert isinstance(found, IncomingClue)
    assert found.subject_phone == "1380000001"
    assert "有10位，不像电话号码" in "".join(found.warnings)


def test_an_unknown_header_is_told_with_the_nearest_columns():
    with pytest.raises(UnknownColumns, match="“工单编码”可能是“工单编号”"):
        recognise(("工单编码", "来电时间", "诉求内容"), MAPPINGS)
