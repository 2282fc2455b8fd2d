"""An uploaded or pasted calendar in whatever form it came: YAML, CSV, a workbook or plain lines."""

from collections.abc import Sequence
from datetime import date

import yaml

from domain.calendar.upload import (
    Heading,
    UnfitCalendar,
    complaints_about,
    from_rows,
    from_yaml,
    split_lines,
)
from domain.files.rows import SpreadsheetError
from domain.files.spreadsheet import workbook_rows
from domain.shapes.calendars import CalendarYear

LARGEST = 1024 * 1024
MOST_ROWS = 1000
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")

__all__ = ["Heading", "UnfitCalendar", "complaints_about", "read_calendar", "stored_year"]


def read_calendar(raw: bytes, heading: Heading) -> CalendarYear:
    """The year in a file or in pasted text; UnfitCalendar with every complaint and its line."""
    if len(raw) > LARGEST:
        raise UnfitCalendar(["文件过大：放假安排不会超过1兆字节"])
    if raw.startswith(WORKBOOKS):
        return _from_workbook(raw, heading)
    text = _decoded(raw)
    if not text.strip():
        raise UnfitCalendar(["没有内容：请选择文件，或者粘贴放假安排"])
    if text.lstrip().startswith(("year:", "#", "---")) or "holidays:" in text:
        return from_yaml(text)
    return _from_rows(heading, split_lines(text))


def stored_year(text: str) -> CalendarYear:
    """The year that the page before carried; UnfitCalendar where somebody altered it."""
    try:
        return CalendarYear.model_validate_json(text)
    except ValueError as problem:
        raise UnfitCalendar(["内容不完整，请重新上传"]) from problem


def as_yaml(year: CalendarYear) -> str:
    """The year as a file of `config/calendar/`."""
    plain = year.model_dump(mode="python")
    plain["holidays"] = {name: list(days) for name, days in year.holidays.items()}
    plain["workdays"] = list(year.workdays)
    return str(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, default_flow_style=None))


def _from_workbook(raw: bytes, heading: Heading) -> CalendarYear:
    rows: list[tuple[int, list[object]]] = []
    try:
        for number, cells in enumerate(workbook_rows(raw), start=1):
            if number > MOST_ROWS:
                raise UnfitCalendar([f"行数过多：一年的放假安排不会超过{MOST_ROWS}行"])
            plain = [one.isoformat() if isinstance(one, date) else one for one in cells]
            rows.append((number, plain))
    except SpreadsheetError as problem:
        raise UnfitCalendar(["表格文件打不开，请另存为 XLSX 后再上传"]) from problem
    return _from_rows(heading, rows)


def _from_rows(heading: Heading, rows: Sequence[tuple[int, Sequence[object]]]) -> CalendarYear:
    complaints = [] if heading.year else ["请填写年份"]
    complaints += [] if heading.notice.strip() else ["请填写放假通知的文号"]
    try:
        found = from_rows(heading, rows)
    except UnfitCalendar as problem:
        raise UnfitCalendar([*complaints, *problem.complaints]) from problem
    if complaints:
        raise UnfitCalendar(complaints)
    return found


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnfitCalendar(["文字编码无法识别，请另存为 UTF-8 再上传"])
