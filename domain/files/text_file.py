"""Rows of a CSV or JSON file; a line that cannot be taken apart is a row with a problem.

All of it runs within `domain.files.confined`: a few megabytes of text can keep a reader busy for
hours, by quotes that open anew in each line or by a million columns.
"""

import csv
import json
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import cast

from domain.files.confined import Unreadable
from domain.files.encoding import encoding_of
from domain.files.headers import Header, find_header, likely_header
from domain.files.rows import (
    HEADER_WITHIN,
    MOST_CELLS,
    MOST_COLUMNS,
    Cell,
    RawRow,
    Table,
    heading,
    is_blank,
    is_total,
    portions,
)

DELIMITERS = ",\t;|"
LONGEST_RECORD = 500
"""A quoted cell runs over no more lines than this; what does is an unpaired quote."""
MOST_READ_ANEW = 1_000_000
"""So many lines of a file are read a second time, because a quote before them was unpaired."""
LONGEST_TOLD = 1000
"""So many signs of a line that is no object are told."""


def text_pieces(order: tuple[str, frozenset[str], bool]) -> Iterator[object]:
    """For a path, the known headings, and whether it is JSON: the pieces of `workbook_pieces`.

    Raises Unreadable for a file in no known encoding, without a table, or beyond the bounds.
    """
    name, known, is_json = order
    path = Path(name)
    encoding, lines = encoding_of(path)
    if encoding is None:
        raise Unreadable("文字编码无法识别，请另存为 UTF-8 或 GB18030 编码")
    read = _read_json if is_json else _read_csv
    table = read(path, (encoding, lines), known)
    _refuse_width(len(table.columns))
    yield table.columns, table.total, table.skipped, table.starts_1904
    yield from portions(_bounded(table.rows))
    yield table.remarks


def _refuse_width(columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise Unreadable(
            f"有{columns}列，超过可以读取的{MOST_COLUMNS}列；请核对文件的分隔符号和内容"
        )


def _bounded(rows: Iterable[RawRow]) -> Iterator[RawRow]:
    cells = 0
    for one in rows:
        cells += len(one.cells)
        if cells > MOST_CELLS:
            raise Unreadable(f"超过可以读取的{MOST_CELLS}个单元格，请分成几个较小的文件")
        yield one


def _read_csv(path: Path, text: tuple[str, int], known: frozenset[str]) -> Table:
    """The table of a CSV file in the given encoding and number of lines."""
    encoding, lines = text
    delimiter, head = _best_divided(path, encoding, known)
    header = find_header(head, known) or likely_header(head)
    if header is None:
        raise Unreadable("没有表头")
    remarks = list(header.remarks)
    rows = _csv_rows(path, (encoding, delimiter), header, remarks)
    return Table(header.columns, rows, max(lines - header.last - 1, 0), remarks=remarks)


def _best_divided(path: Path, encoding: str, known: frozenset[str]) -> tuple[str, list[list[str]]]:
    """The sign that divides cells, and the first records so divided.

    The one by which a row has most known headings, else by which most rows have one number of
    cells: a title above the header may hold any other.
    """
    heads: dict[str, list[list[str]]] = {}
    for sign in DELIMITERS:
        with path.open(encoding=encoding, newline="") as stream:
            heads[sign] = [cells for cells, _ in islice(_records(stream, sign), HEADER_WITHIN)]

    def fitness(sign: str) -> tuple[int, int, int]:
        rows = [row for row in heads[sign] if not is_blank(row)]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        width, often = max(widths.items(), key=lambda one: (one[1], one[0]), default=(1, 0))
        named = (sum(heading(cell) in known for cell in row) for row in rows)
        return max(named, default=0), often, width

    best = max(DELIMITERS, key=fitness)
    return best, heads[best]


def _csv_rows(
    path: Path, text: tuple[str, str], header: Header, remarks: list[str]
) -> Iterator[RawRow]:
    encoding, delimiter = text
    with path.open(encoding=encoding, newline="") as stream:
        for number, (cells, whole) in enumerate(_records(stream, delimiter), start=1):
            if number > header.last + 1 and is_total(cells):
                remarks.append(f"第{number}行为合计行，没有登记")
            elif number > header.last + 1 and not is_blank(cells):
                yield _csv_row(number, header.columns, cells, whole)


def _records(stream: Iterable[str], delimiter: str) -> Iterator[tuple[list[str], bool]]:
    """Each record and whether its quotes pair; a stray quote costs its own line, never the rest."""
    lines, waiting, anew = iter(stream), deque[str](), 0
    while True:
        taken: list[str] = []
        feed = _fed(waiting, lines, taken)
        try:
            cells, whole = next(csv.reader(feed, delimiter=delimiter, strict=True)), True
        except StopIteration:
            return
        except csv.Error:
            # A quote that is never closed would swallow the rest of the file as one cell: its line
            # is taken alone, and the lines after it are put back to be read anew.
            waiting.extendleft(reversed(taken[1:]))
            anew += len(taken) - 1
            cells, whole = _torn(taken[0], delimiter), False
        if anew > MOST_READ_ANEW:
            raise Unreadable("引号不成对的行过多，请用办公软件打开后另存为新文件再导入")
        _refuse_width(len(cells))
        yield cells, whole


def _fed(waiting: deque[str], lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    """The lines of one record, remembered so that they can be put back."""
    while len(taken) < LONGEST_RECORD:
        line = waiting.popleft() if waiting else next(lines, None)
        if line is None:
            return
        taken.append(line)
        yield line


def _torn(line: str, delimiter: str) -> list[str]:
    """The cells of a line whose quotes do not pair, as well as they can be told."""
    try:
        return next(csv.reader([line], delimiter=delimiter))
    except csv.Error:
        return line.rstrip("\r\n").split(delimiter)


def _csv_row(number: int, columns: tuple[str, ...], cells: list[str], whole: bool) -> RawRow:
    found: dict[str, Cell] = dict(zip(columns, cells, strict=False))
    surplus = cells[len(columns) :]
    fits = whole or len(cells) == len(columns)
    if fits and is_blank(surplus):
        return RawRow(number, found)
    places = enumerate(surplus, start=len(columns) + 1)
    problem = (
        f"该行分出 {len(cells)} 列，表头为 {len(columns)} 列；含分隔符或引号的内容须加成对引号"
    )
    return RawRow(number, found | {f"第{i}列": cell for i, cell in places}, problem=problem)


def _read_json(path: Path, text: tuple[str, int], known: frozenset[str]) -> Table:
    """The table of a file with one JSON object a line, or one array of objects."""
    encoding, lines = text
    columns = {name: None for one in islice(_objects(path, encoding), 100) for name in one.cells}
    if not columns:
        raise Unreadable("没有可读的 JSON 对象，每行应为一个 {…} 对象")
    return Table(tuple(columns), _objects(path, encoding), lines)


def _objects(path: Path, encoding: str) -> Iterator[RawRow]:
    value = _one_value(path, encoding)
    if value is not None:
        for number, item in enumerate(_items(value), start=1):
            yield _told(number, item)
        return
    with path.open(encoding=encoding) as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _object(number, line.strip())


def _one_value(path: Path, encoding: str) -> object:
    """The array or object that the whole file is; None where each line is an object."""
    with path.open(encoding=encoding) as stream:
        first = next((line.strip() for line in stream if line.strip()), "")
    if not first.startswith("[") and (first.endswith("}") or not first.startswith("{")):
        return None
    try:
        return cast("object", json.loads(path.read_text(encoding=encoding)))
    except (ValueError, RecursionError) as error:
        if first.startswith("{"):
            return None
        raise Unreadable(f"不是完整的 JSON 数组：{_why(error)}") from error


def _items(value: object) -> list[object]:
    """The objects of an array, of the one list that an object holds, or the object itself."""
    if isinstance(value, dict):
        lists = [one for one in value.values() if isinstance(one, list) and _holds_objects(one)]
        return lists[0] if len(lists) == 1 else [value]
    return value if isinstance(value, list) else [value]


def _holds_objects(items: list[object]) -> bool:
    return bool(items) and all(isinstance(one, dict) for one in items)


def _object(number: int, text: str) -> RawRow:
    try:
        item = json.loads(text)
    except (ValueError, RecursionError) as error:
        problem = f"该行不是完整的 JSON：{_why(error)}"
        return RawRow(number, {"原文": text[:LONGEST_TOLD]}, problem=problem)
    return _told(number, item)


def _why(error: ValueError | RecursionError) -> str:
    """In words what is wrong with a JSON text."""
    if isinstance(error, json.JSONDecodeError):
        return f"第{error.lineno}行第{error.colno}个字符处不合格式"
    return "层次过多" if isinstance(error, RecursionError) else "有数字过长"


def _told(number: int, item: object) -> RawRow:
    if not isinstance(item, dict):
        return _untold(number, item, "应为一个 JSON 对象，如 {…}")
    try:
        return RawRow(number, dict(_flat(item)))
    except RecursionError:
        return _untold(number, item, "该行的层次过多，应为一个简单的对象")


def _untold(number: int, item: object, problem: str) -> RawRow:
    try:
        text = json.dumps(item, ensure_ascii=False)[:LONGEST_TOLD]
    except RecursionError:
        text = "（层次过多，没有列出）"
    return RawRow(number, {"原文": text}, problem=problem)


def _flat(data: Mapping[str, object], before: str = "") -> Iterator[tuple[str, Cell]]:
    """Inner objects as dotted names; lists as one text."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        elif isinstance(value, list):
            words = [
                one if isinstance(one, str) else json.dumps(one, ensure_ascii=False)
                for one in value
            ]
            yield before + name, "；".join(words)
        elif value is None or isinstance(value, str | int | float | bool):
            yield before + name, value


def _word(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
