"""A work order: a platform's row as a clue, or rejected with all that is wrong with it at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from domain.files.cells import WrongCell, line_of
from domain.files.column_mapping import ColumnMapping
from domain.files.moments import MOMENT_AS, Dating, read_moment
from domain.files.row_reading import Complaint, RowReading
from domain.files.rows import Cell, RawRow

TITLE_FROM_CONTENT = 30
"""A clue without a title is called by this many signs of its content."""
_WRITTEN = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class RowRejection:
    """A row that did not become a clue, with all complaints and its cells as they stood."""

    row: int
    outside_no: str
    complaints: tuple[Complaint, ...]
    cells: Mapping[str, Cell]
    sheet: str = ""

    def __str__(self) -> str:
        place = f"工作表“{self.sheet}”第 {self.row} 行" if self.sheet else f"第 {self.row} 行"
        return f"{place} " + "。".join(str(one) for one in self.complaints)


@dataclass(frozen=True)
class IncomingClue:
    """A clue as it comes from outside, checked and tidied; `warnings` go with it to the desk.

    `received_at` is aware. The reporter is in clear here, and is sealed when it is registered.
    """

    row: int
    channel: str
    channel_label: str
    outside_no: str
    received_at: datetime
    title: str
    content: str
    category: str = ""
    place: str = ""
    subject_name: str = ""
    subject_code: str = ""
    subject_phone: str = ""
    subject_address: str = ""
    reporter_name: str = ""
    reporter_account: str = ""
    reporter_phone: str = ""
    reporter_address: str = ""
    urgency: str = "normal"
    wants_reply: bool = True
    confidential: bool = False
    area: str = ""
    named_department: str = ""
    replies: str = ""
    warnings: tuple[str, ...] = ()


def parse_row(row: RawRow, mapping: ColumnMapping, now: datetime) -> IncomingClue | RowRejection:
    """The clue of a row, or its rejection with every complaint at once.

    `now` is the moment of the import: what was received after it, but for the minutes that the
    mapping allows for clocks that differ, is a complaint.
    """
    reading = RowReading(mapping, row)
    outside_no = reading.number("outside_no")
    if row.problem:
        complaint = Complaint("", "整行", "", row.problem, "请改正后重新导入该行")
        return RowRejection(row.row, outside_no, (complaint,), row.cells, row.sheet)
    received_at = _received_at(reading, now)
    clue = _clue(reading, outside_no, received_at or now)
    reading.complain_of_missing(clue.title, clue.content)
    if reading.complaints or received_at is None:
        return RowRejection(row.row, outside_no, tuple(reading.complaints), row.cells, row.sheet)
    return clue


def title_of(content: str) -> str:
    """What a clue without a title is called: the opening of its first line."""
    first = content.split("\n", 1)[0]
    return first[:TITLE_FROM_CONTENT] + "…" * (len(first) > TITLE_FROM_CONTENT)


def number_by_content(parts: Iterable[str]) -> str:
    """An order number for a row that has none, equal whenever its words are equal."""
    digest = blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()
    return f"无编号-{digest}"


def _clue(reading: RowReading, outside_no: str, received_at: datetime) -> IncomingClue:
    mapping = reading.mapping
    title, content = _title_and_content(reading)
    wants_reply = reading.choice("wants_reply", "true") == "true"
    phone = reading.phone("reporter_phone")
    account = reading.line("reporter_account")
    if wants_reply and not phone and not account:
        reading.warn("要求回访，但没有可用的联系电话")
    return IncomingClue(
        row=reading.row.row,
        channel=mapping.channel,
        channel_label=mapping.channel_label,
        outside_no=outside_no or number_by_content((received_at.isoformat(), title, content)),
        received_at=received_at,
        title=title,
        content=content,
        category=reading.line("category"),
        place=reading.line("place"),
        subject_name=reading.line("subject_name"),
        subject_code=reading.code("subject_code"),
        subject_phone=reading.phone("subject_phone"),
        subject_address=reading.line("subject_address"),
        reporter_name=reading.line("reporter_name"),
        reporter_account=account,
        reporter_phone=phone,
        reporter_address=reading.line("reporter_address"),
        urgency=reading.choice("urgency", "normal"),
        wants_reply=wants_reply,
        confidential=reading.confidential(),
        area=reading.area(),
        named_department=reading.line("named_department"),
        replies=reading.block("replies"),
        warnings=tuple(reading.warnings),
    )


def _received_at(reading: RowReading, now: datetime) -> datetime | None:
    """The moment of receipt: a real one, neither before the platform began nor after today."""
    mapping = reading.mapping
    dating = Dating(mapping.zone, mapping.date_formats, now, mapping.starts_1904)
    try:
        found = read_moment(reading.cell("received_at"), dating)
    except WrongCell as fault:
        reading.complain("received_at", fault.wrong, fault.right)
        return None
    moment = found.at
    if found.doubt:
        column, said = reading.column("received_at"), line_of(reading.cell("received_at"))
        reading.warn(f"“{column}”“{said}”{found.doubt}，请核对")
    local = moment.astimezone(mapping.zone)
    if moment > now + timedelta(minutes=mapping.future_minutes):
        reading.complain("received_at", f"{local:{_WRITTEN}} 尚未到来", "应不晚于导入的时刻")
    elif local.date() < mapping.not_before:
        earliest = f"应不早于 {mapping.not_before:%Y-%m-%d}，如 {MOMENT_AS}"
        reading.complain("received_at", f"{local:{_WRITTEN}} 过早", earliest)
    else:
        return moment
    return None


def _title_and_content(reading: RowReading) -> tuple[str, str]:
    """Title and content; a title that is missing or too long is made from what was written."""
    content, title = reading.block("content"), reading.line("title", cut=False)
    longest = reading.mapping.longest.get("title")
    if longest is not None and len(title) > longest:
        reading.warn(f"标题超过{longest}字，已截短，全文置于内容之首")
        return title[: longest - 1] + "…", f"{title}\n{content}"
    if not title and content and "title" not in reading.mapping.required:
        return title_of(content), content
    return title, content
