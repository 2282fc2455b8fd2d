"""Workbooks of the OpenDocument kind: what the reader of workbooks does not tell of them."""

import zipfile
from pathlib import Path

from tests.domain.files.test_platform_files import HEADER, ORDER, read

MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)


def ods_book(path: Path, columns: str, rows: str) -> Path:
    """A small ODS whose table has such columns and rows below its header."""
    spaces = " ".join(
        f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text")
    )
    head = "".join(_ods_cell(name) for name in HEADER)
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="工单">{columns}<table:table-row>{head}</table:table-row>{rows}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", MANIFEST)
    return path


def _ods_cell(text: str) -> str:
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


def test_an_ods_tells_what_is_hidden_and_loses_no_formula(tmp_path: Path):
    """A wish for secrecy that a program wrote as a formula and never computed is kept as a wish."""
    empty = '<table:table-cell table:formula="of:=IF([.A1]=1;&quot;是&quot;;&quot;否&quot;)"/>'
    cells = "".join(map(_ods_cell, ORDER[:5]))
    hides = '<table:table-column table:number-columns-repeated="4"/>'
    hides += '<table:table-column table:visibility="collapse"/>'
    rows = f'<table:table-row table:visibility="collapse">{cells}{empty}</table:table-row>'

    [found], table = read(ods_book(tmp_path / "a.ods", hides, rows))

    assert found.confidential
    assert any("是公式或错误值" in one for one in found.warnings)
    assert table.remarks == [
        "列“联系电话”是隐藏的，照常读取；不应导入的请删除后再导入",
        "第2行是隐藏的，照常读取；不应导入的请删除后再导入",
    ]
