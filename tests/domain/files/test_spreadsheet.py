"""Files as platforms export them: every row arrives with its number, whatever the file is like."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from domain.files.rows import NoValue, SpreadsheetError, heading
from domain.files.spreadsheet import read_table

KNOWN = frozenset({heading("工单编号"), heading("诉求内容")})
HEADER = "工单编号,诉求内容\r\n"


def write_sheets(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlsxwriter.Workbook(path)
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(number, place, cell, moment)
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_reads_the_same_in_every_usual_encoding(tmp_path: Path, encoding: str):
    path = tmp_path / "a.csv"
    path.write_bytes((HEADER + "1,超市卖过期牛奶\r\n").encode(encoding))

    rows = list(read_table(path, KNOWN).rows)

    assert [(one.row, dict(one.cells)) for one in rows] == [
        (2, {"工单编号": "1", "诉求内容": "超市卖过期牛奶"})
    ]


def test_utf8_is_never_taken_for_gb18030(tmp_path: Path):
    """Most UTF-8 text decodes as GB18030 too, into rubbish."""
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "1,鑫源食品涉嫌掺假\n" * 50, encoding="utf-8")

    assert next(iter(read_table(path, KNOWN).rows)).cells["诉求内容"] == "鑫源食品涉嫌掺假"


def test_a_file_in_no_known_encoding_is_refused_with_advice(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n\xff\xff\xff,1\n")

    with pytest.raises(SpreadsheetError, match="UTF-8"):
        read_table(path)


def test_cells_of_several_lines_stay_one_row(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + '1,"第一行\n第二行"\n2,后一件\n', encoding="utf-8")

    rows = list(read_table(path, KNOWN).rows)

    assert [one.cells["诉求内容"] for one in rows] == ["第一行\n第二行", "后一件"]
    assert [one.row for one in rows] == [2, 3]


def test_a_stray_quote_costs_its_own_row_only(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + '1,好\n"2,坏\n3,好\n4,好\n', encoding="utf-8")

    rows = list(read_table(path, KNOWN).rows)

    assert [bool(one.problem) for one in rows] == [False, True, False, False]
    assert rows[3].cells == {"工单编号": "4", "诉求内容": "好"}


def test_a_row_with_too_many_cells_says_so_and_keeps_them(tmp_path: Path):
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "1,油烟,很大\n", encoding="utf-8")

    row = next(iter(read_table(path, KNOWN).rows))

    assert "3 列" in row.problem
    assert "很大" in row.cells.values()


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_the_separator_is_told_from_the_header(tmp_path: Path, sign: str):
    path = tmp_path / "a.txt"
    path.write_text(f"工单编号{sign}诉求内容\n7{sign}漏气\n", encoding="utf-8")

    assert dict(next(iter(read_table(path, KNOWN).rows)).cells) == {
        "工单编号": "7",
        "诉求内容": "漏气",
    }


def test_titles_above_the_header_and_blank_rows_do_not_shift_row_numbers(tmp_path: Path):
    rows: list[list[object]] = [
        ["九月工单"],
        [],
        ["工单编号", "诉求内容"],
        ["1", "a"],
        [],
        ["2", "b"],
    ]
    path = write_sheets(tmp_path / "a.xlsx", {"数据": rows})

    table = read_table(path, KNOWN)

    assert [one.row for one in table.rows] == [4, 6]
    assert table.total == 3


def test_sheets_with_the_same_header_are_read_on_and_others_named(tmp_path: Path):
    head: list[object] = ["工单编号", "诉求内容"]
    sheets: dict[str, list[list[object]]] = {
        "说明": [["请勿修改"]],
        "一": [head, ["1", "a"]],
        "二": [head, ["2", "b"]],
    }

    table = read_table(write_sheets(tmp_path / "a.xlsx", sheets), KNOWN)

    assert [(one.sheet, one.row) for one in table.rows] == [("一", 2), ("二", 2)]
    assert table.skipped == ("说明",)


def test_a_midnight_moment_arrives_as_a_date(tmp_path: Path):
    rows: list[list[object]] = [["工单编号", "诉求内容"], ["1", datetime(2026, 9, 21)]]  # noqa: DTZ001

    row = next(iter(read_table(write_sheets(tmp_path / "a.xlsx", {"a": rows}), KNOWN).rows))

    assert row.cells["诉求内容"] == date(2026, 9, 21)


def test_a_workbook_is_known_by_its_content_whatever_its_name(tmp_path: Path):
    path = write_sheets(tmp_path / "a.xlsx", {"a": [["工单编号", "诉求内容"], ["1", "x"]]})

    table = read_table(path.rename(tmp_path / "a.csv"), KNOWN)

    assert table.columns == ("工单编号", "诉求内容")


def test_json_lines_become_rows_and_inner_objects_dotted_columns(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    first = {"线索编号": "R1", "主体": {"名称": "鑫源"}, "附件": ["a", "b"]}
    path.write_text(json.dumps(first, ensure_ascii=False) + "\n{坏\n\n[1]\n", encoding="utf-8")

    rows = list(read_table(path).rows)

    assert rows[0].cells == {"线索编号": "R1", "主体.名称": "鑫源", "附件": "a；b"}
    assert [(one.row, bool(one.problem)) for one in rows] == [(1, False), (2, True), (4, True)]


def test_a_json_array_is_read_too(tmp_path: Path):
    path = tmp_path / "a.json"
    path.write_text('[\n {"线索编号": 1},\n {"线索编号": 2}\n]', encoding="utf-8")

    assert [one.cells["线索编号"] for one in read_table(path).rows] == [1, 2]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "为空"), (b"<html><table>", "网页"), (b"PK\x03\x04broken", "损坏"), (b"[1, ", "JSON")],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: bytes, words: str):
    path = tmp_path / "a.xls"
    path.write_bytes(content)

    with pytest.raises(SpreadsheetError, match=words):
        read_table(path)


def test_a_missing_file_is_named(tmp_path: Path):
    with pytest.raises(SpreadsheetError, match=r"nowhere\.xlsx"):
        read_table(tmp_path / "nowhere.xlsx")


def test_cells_merged_downwards_hold_for_every_row_and_it_is_said(tmp_path: Path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["工单编号", "被反映单位"])
        sheet.write_column(1, 0, ["A1", "A2", "A3", "A4"])
        sheet.merge_range(1, 1, 3, 1, "鲁丰食品")

    table = read_table(path)

    assert [row.cells["被反映单位"] for row in table.rows] == ["鲁丰食品"] * 3 + [""]
    assert table.remarks == ["“被反映单位”第2至4行为合并单元格，各行按同一内容读取"]


def test_a_formula_without_a_value_is_told_from_an_empty_cell(tmp_path: Path):
    path = tmp_path / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["工单编号", "来电时间", "诉求内容"])
        sheet.write_row(1, 0, ["A1", ""])
        sheet.write_formula(1, 1, "=NOW()", value="")
        sheet.write_formula(1, 2, '="路灯"&"坏了"', value="路灯坏了")
        sheet.write_formula(2, 0, "=A9", value="#REF!")

    first, second = (row.cells for row in read_table(path).rows)

    assert (first["来电时间"], first["诉求内容"]) == (NoValue("=NOW()"), "路灯坏了")
    assert second["工单编号"] == NoValue("#REF!")


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_sums_and_repeated_headings_are_remarked_on(tmp_path: Path, name: str):
    rows = [["工单编号", "联系人", "联系人"], ["A1", "甲", "乙"], ["合计", "1条", ""]]
    path = tmp_path / name
    if name.endswith("csv"):
        path.write_text("\n".join(",".join(row) for row in rows), encoding="utf-8")
    else:
        write_sheets(path, {"表": rows})

    table = read_table(path)

    assert [row.row for row in table.rows] == [2]
    assert table.remarks == [
        "表头“联系人”有2列，只读取第一列，其余各列没有读取",
        "第3行为合计行，没有登记",
    ]
