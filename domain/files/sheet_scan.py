"""One pass through the sheets of an XLSX before they are read: size, hidden rows, empty formulas.

The reader of workbooks lays a sheet out in memory from its first to its last cell: one cell in the
last corner asks for 512 gigabytes. And it gives a formula without a value as empty: a column that a
program wrote and never computed would be lost without a word.
"""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from posixpath import join, normpath
from xml.parsers.expat import ExpatError, ParserCreate

from domain.files.confined import Unreadable
from domain.files.ods_scan import CONTENT, scan_ods
from domain.files.rows import MOST_CELLS, MOST_COLUMNS, NoValue
from domain.files.sheet_notes import BookNotes, SheetNotes

FOLDER = "xl"
MOST_MEMBERS = 2000
LARGEST = 512 << 20
"""A workbook that unpacks to more bytes than this is refused unread."""
MOST_ROWS = 1_048_576
"""What a sheet can have at all."""
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, KeyError, OSError)
MOST_HIDDEN = 500
_YES = frozenset({"1", "true", "on"})
_CHUNK = 1 << 18
_LONGEST_FORMULA = 8192
Attributes = Mapping[str, str]


def scan_sheets(path: Path) -> BookNotes:
    """What an XLSX says of its sheets; other kinds of workbooks tell nothing.

    Raises Unreadable, before anything large is unpacked, for a workbook beyond the bounds.
    """
    if not zipfile.is_zipfile(path):
        return BookNotes()
    try:
        return _scanned(path)
    except (*_DAMAGE, ExpatError) as fault:
        raise Unreadable("工作簿已损坏，请用办公软件打开后另存为 XLSX 再导入") from fault


def _scanned(path: Path) -> BookNotes:
    with zipfile.ZipFile(path) as archive:
        _refuse_bomb(archive.infolist())
        names = set(archive.namelist())
        if CONTENT in names:
            return BookNotes(scan_ods(archive))
        parts, starts_1904 = _parts(archive) if f"{FOLDER}/workbook.xml" in names else ({}, False)
        scans = {name: _scan(archive, one) for name, one in parts.items() if one in names}
        # Whatever the table of contents names: the reader may find sheets by another way.
        folder = f"{FOLDER}/worksheets/"
        unnamed = [n for n in names - set(parts.values()) if n.startswith(folder)]
        others = [_scan(archive, one) for one in unnamed if one.endswith(".xml")]
    every = [*scans.values(), *others]
    _refuse_expanse(every)
    notes = {
        name: SheetNotes(one.valueless, frozenset(one.hidden), tuple(one.hidden_columns))
        for name, one in scans.items()
    }
    return BookNotes(notes, starts_1904)


def _refuse_expanse(scans: list["_Scan"]) -> None:
    largest = max(scans, key=lambda one: one.area, default=_Scan())
    impossible = any(one.rows > MOST_ROWS or one.columns > MOST_COLUMNS for one in scans)
    if impossible or sum(one.area for one in scans) > MOST_CELLS:
        raise Unreadable(
            f"工作表的区域有{largest.rows}行、{largest.columns}列，超过可以读取的范围；"
            "通常是最后的行列里残留着内容，请删除多余的行列后另存，或者分成几个文件导入"
        )


def _refuse_bomb(members: list[zipfile.ZipInfo]) -> None:
    # The sizes stand in the archive's directory, and zipfile gives no more than they say.
    if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > LARGEST:
        raise Unreadable("工作簿解压后过大，请分成几个文件导入")
    if any(one.compress_type not in PACKED for one in members):
        raise Unreadable("工作簿使用了不常见的压缩方式，请用办公软件打开后另存为 XLSX 再导入")
    if any(one.flag_bits & 1 for one in members):
        raise Unreadable("工作簿设有密码，请取消密码后再导入")


@dataclass
class _Scan:
    """What one sheet told so far. `stands`: the open cell's formula, value or error as text."""

    rows: int = 0
    columns: int = 0
    is_error: bool = False
    stands: dict[str, str] = field(default_factory=dict)
    within: str = ""
    row: int = 0
    column: int = 0
    valueless: dict[int, dict[int, NoValue]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    @property
    def area(self) -> int:
        return self.rows * self.columns

    @property
    def may_hide(self) -> bool:
        """No sheet has more columns to hide, whatever a file says."""
        return len(self.hidden_columns) < MOST_HIDDEN

    def begin(self, tag: str, attributes: Attributes) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self.row, self.column = _figures(attributes.get("r", ""), self.row + 1), 0
            if attributes.get("hidden") in _YES:
                self.hidden.add(self.row - 1)
        elif name == "col" and attributes.get("hidden") in _YES and self.may_hide:
            first = _figures(attributes.get("min", ""), 1)
            self.hidden_columns.append((first - 1, _figures(attributes.get("max", ""), first) - 1))
        elif name == "c":
            self._begin_cell(attributes)
        elif name in ("f", "v"):
            self.within = name
            self.stands.setdefault(name, "")

    def _begin_cell(self, attributes: Attributes) -> None:
        place = attributes.get("r", "")
        letters = "".join(takewhile(str.isalpha, place))
        self.column = _number(letters) if letters else self.column + 1
        self.row = _figures(place[len(letters) :], self.row)
        self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)
        self.is_error, self.stands = attributes.get("t") == "e", {}

    def text(self, words: str) -> None:
        if self.within and len(self.stands[self.within]) < _LONGEST_FORMULA:
            self.stands[self.within] += words

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("f", "v"):
            self.within = ""
        elif name == "c" and self.stands and (stands := self._valueless()):
            cells = self.valueless.setdefault(self.row - 1, {})
            cells[self.column - 1] = NoValue(stands)

    def _valueless(self) -> str:
        formula, value = self.stands.get("f", ""), self.stands.get("v", "")
        if value:
            return value if self.is_error else ""
        return f"={formula}" if formula else ""


def _scan(archive: zipfile.ZipFile, member: str) -> _Scan:
    found = _Scan()
    _walk(archive, member, found.begin, found)
    return found


def _walk(
    archive: zipfile.ZipFile,
    member: str,
    begin: Callable[[str, Attributes], None],
    scan: _Scan | None = None,
) -> None:
    """Tells of each element's beginning; comments and character data are passed over."""
    parser = ParserCreate()
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = _refuse_declaration
    if scan is not None:
        parser.EndElementHandler, parser.CharacterDataHandler = scan.end, scan.text
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_declaration(*_: object) -> None:
    raise Unreadable("工作簿含有 DTD 或者实体声明，不能读取")


def _parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """The member of the archive that holds each sheet; whether serials count from 1904."""
    sheets: list[Attributes] = []
    years: list[str] = []
    targets: dict[str, str] = {}

    def sheet(tag: str, attributes: Attributes) -> None:
        if tag.rpartition(":")[2] == "sheet":
            sheets.append(attributes)
        elif tag.rpartition(":")[2] == "workbookPr":
            years.append(attributes.get("date1904", ""))

    def relation(tag: str, attributes: Attributes) -> None:
        if tag.rpartition(":")[2] == "Relationship":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    _walk(archive, f"{FOLDER}/workbook.xml", sheet)
    told = f"{FOLDER}/_rels/workbook.xml.rels"
    if told in archive.namelist():
        _walk(archive, told, relation)
    members = {one.get("name", ""): _member(targets.get(_key(one), "")) for one in sheets}
    return members, not _YES.isdisjoint(years)


def _key(sheet: Attributes) -> str:
    return next((value for name, value in sheet.items() if name.endswith(":id")), "")


def _member(target: str) -> str:
    return normpath(join(FOLDER, target)).removeprefix("/")


def _figures(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else otherwise


def _number(letters: str) -> int:
    number = 0
    for one in letters[:4].upper():
        number = number * 26 + ord(one) - ord("A") + 1
    return max(number, 1)
