"""A row of a file as a row of a list, plan or table: what it says, what is wrong, what is right."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from domain.files.named_cells import NamedCells
from domain.files.rows import RawRow
from domain.publications.row_words import (
    KEYS,
    NEEDED,
    ORGANS,
    SHAPED,
    Known,
    article_of,
    organs_of,
)
from domain.shapes.entries import Strings

LONGEST = 1000


@dataclass(frozen=True)
class Fault:
    """What is wrong in a column of a row, as it stands there, and what would be right."""

    column: str
    wrong: str
    right: str


@dataclass(frozen=True)
class ReadLine:
    """A row as a list or plan has it; with `faults` it is set aside, `remarks` stop nothing.

    `key`: by what a row of another file is told to be the same; `name`: what it is about.
    """

    row: int
    name: str
    key: tuple[str, ...]
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


def read_line(body: str, row: RawRow, columns: Mapping[str, Strings], known: Known) -> ReadLine:
    """The row of a list, plan or table with everything that is wrong with it at once.

    What is written differently and means one thing is written in the usual way, and remarked.
    """
    found = NamedCells(row, columns)
    cells = {one: found.line(one, longest=LONGEST) for one in columns}
    faults = [Fault("", one, "请在表格中更正后再导入") for one in found.faults]
    remarks: list[str] = []
    for column in NEEDED[body]:
        if not cells[column]:
            faults.append(Fault(column, "没有填写", NEEDED[body][column]))
    for column, text in cells.items():
        if not text:
            continue
        told = _read(column, text, known)
        cells[column] = told.text
        faults += [Fault(column, f"“{text}”{told.wrong}", told.right)] if told.wrong else []
        remarks += [f"「{column}」{one}" for one in told.remarks]
    key = key_of(body, cells)
    return ReadLine(row.row, key[0], key, cells, tuple(faults), tuple(remarks))


def key_of(body: str, cells: Mapping[str, str]) -> tuple[str, ...]:
    """By what a row is told to be the same as one of another file."""
    return tuple(cells.get(one) or "" for one in KEYS[body])


@dataclass(frozen=True)
class _Told:
    text: str
    wrong: str = ""
    right: str = ""
    remarks: tuple[str, ...] = ()


def _read(column: str, text: str, known: Known) -> _Told:
    if column in ORGANS:
        found = organs_of(text, known, single=ORGANS[column])
        return _Told(found.text, found.wrong, found.right, found.remarks)
    if column == "设定依据":
        wrong, right = article_of(text)
        return _Told(text, wrong, right)
    shape: Callable[[str, Known], tuple[str, str, str]] | None = SHAPED.get(column)
    if shape is None:
        return _Told(text)
    written, wrong, right = shape(text, known)
    remarks = () if written == text or wrong else (f"“{text}”按“{written}”登记",)
    if not wrong and right:
        remarks = (*remarks, right)
    return _Told(written, wrong, right, remarks)


def told_apart(body: str, lines: Iterable[ReadLine]) -> tuple[ReadLine, ...]:
    """The same rows; one that repeats an earlier one of the file under its name is set aside."""
    first: dict[tuple[str, ...], int] = {}
    found: list[ReadLine] = []
    for one in lines:
        earlier = one.row if one.faults else first.setdefault(one.key, one.row)
        if earlier != one.row:
            fault = Fault(
                KEYS[body][0], f"与第{earlier}行重复", "合并为一行；确为两项的，写明不同的名称"
            )
            found.append(replace(one, faults=(fault,)))
        else:
            found.append(one)
    return tuple(found)
