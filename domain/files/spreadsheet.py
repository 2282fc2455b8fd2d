"""The rows of any file that a platform exports, told by its content rather than by its name."""

from pathlib import Path

from domain.files.encoding import encoding_of
from domain.files.rows import SpreadsheetError, Table
from domain.files.text_file import read_csv, read_json
from domain.files.workbook import read_workbook

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}


def read_table(path: Path, known: frozenset[str] = frozenset()) -> Table:
    """The table in a file; its header is the first row with two `known` headings, else the first.

    Workbooks (XLSX, XLS, ODS), CSV in UTF-8, UTF-16 or GB18030, JSON lines and JSON arrays are
    read, told by their first bytes. Rows are read as they are asked for. Raises SpreadsheetError
    for a file that is empty, locked, broken or of no such kind.
    """
    start = _start_of(path)
    if start.startswith(WORKBOOKS):
        return read_workbook(path, known)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    # Many platforms export an HTML table under the name .xls, which Excel opens with a warning.
    if text.startswith(b"<"):
        raise SpreadsheetError(
            f"文件 {path} 实为网页格式，请用表格软件打开后另存为 XLSX 或 CSV 再导入"
        )
    encoding, lines = encoding_of(path)
    if encoding is None:
        raise SpreadsheetError(f"文件 {path} 的文字编码无法识别，请另存为 UTF-8 或 GB18030 编码")
    if path.suffix.lower() in JSON_SUFFIXES or text.startswith((b"{", b"[")):
        return read_json(path, encoding, lines)
    return read_csv(path, (encoding, lines), known)


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            start = stream.read(2048)
    except OSError as error:
        raise SpreadsheetError(f"无法打开文件 {path}：{error.strerror}") from error
    if not start.strip():
        raise SpreadsheetError(f"文件 {path} 为空，没有可导入的行")
    return start
