"""Rows of a list, plan or table by XLSX or CSV: every row's fate, and the draft they lead to."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from documents.output.table_files import Cell, Column, Sheet
from domain.files.rows import heading
from domain.limits.limit import day_of
from domain.publications.row_merging import RowFate, lines_of_text, merged, text_of_rows
from domain.publications.row_reading import ReadLine, read_line, told_apart
from domain.publications.row_words import KEYS, Known
from flows.people.user_keeping import NotKept
from flows.rosters.subject_import import roster_table
from flows.site.office import Office

MOST = 500
"""So many rows a list has at most: a form in the browser carries no more."""
TEXT = "content"
ROW, WRONG = "原表行号", "需要更正的地方"
IGNORED = ("序号", "编号")
"""Columns that say nothing of a row."""


@dataclass(frozen=True)
class RowTrial:
    """What a file does to a draft of a kind: every row's fate, and the form afterwards.

    `field`: the part of the form that the rows fill, with `value`. `told`: the file's own columns
    as the rows that are set aside bear them.
    """

    kind: str
    field: str
    fates: tuple[RowFate, ...]
    remarks: tuple[str, ...]
    value: object
    told: Mapping[int, Mapping[str, str]]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows have each fate."""
        found = Counter({"added": 0, "changed": 0, "same": 0, "aside": 0})
        found.update(one.kind for one in self.fates)
        return found

    @property
    def aside(self) -> tuple[ReadLine, ...]:
        """The rows that are set aside."""
        return tuple(one.line for one in self.fates if one.kind == "aside")


def table_of(office: Office, kind: str) -> str:
    """The table by which rows of a kind are read; empty for a kind that is only written."""
    known = office.rules.publications.get(kind)
    if known is None:
        return ""
    name = kind if known.body == TEXT else known.body
    return name if name in office.rules.publication_rows else ""


def kinds_with_rows(office: Office) -> dict[str, str]:
    """The kinds whose rows may come by file, with their names."""
    return {
        key: one.label for key, one in office.rules.publications.items() if table_of(office, key)
    }


def try_rows(
    office: Office, kind: str, path: Path, held: Mapping[str, object], now: datetime
) -> RowTrial:
    """The fate of every row, laid over what the form holds; nothing is changed.

    NotKept for a file that cannot be read, bears other headings or has too many rows.
    """
    body = table_of(office, kind)
    columns = office.rules.publication_rows[body]
    usual = "、".join(names[0] for names in columns.values())
    table = roster_table(path, columns, lambda: f"可用的列名：{usual}", KEYS[body][0])
    year = held.get("year")
    known = Known(office.rules.departments, year if isinstance(year, int) else day_of(now).year)
    raw = list(table.rows)
    if not raw:
        raise NotKept({"file": "表格里只有列名，没有可导入的行"})
    lines = told_apart(body, (read_line(body, one, columns, known) for one in raw))
    field = TEXT if office.rules.publications[kind].body == TEXT else body
    prose, rows = _held(body, field, held)
    found = merged(body, rows, lines)
    if len(found.rows) > MOST:
        raise NotKept({"file": f"导入后共{len(found.rows)}行，一份最多{MOST}行，请分成几份拟稿"})
    value = text_of_rows(prose, found.rows) if field == TEXT else [dict(one) for one in found.rows]
    strange = [one for one in table.columns if not _is_known(one, columns)]
    remarks = [*table.remarks, *([f"没有用到的列：{'、'.join(strange)}"] if strange else [])]
    told = {
        one.row: {str(name): str(cell or "") for name, cell in one.cells.items()} for one in raw
    }
    return RowTrial(kind, field, found.fates, tuple(remarks), value, told)


def _is_known(name: str, columns: Mapping[str, Sequence[str]]) -> bool:
    own = {heading(one) for names in columns.values() for one in names}
    return heading(name) in own or heading(name) in {heading(one) for one in (*IGNORED, ROW, WRONG)}


def _held(
    body: str, field: str, held: Mapping[str, object]
) -> tuple[list[str], list[Mapping[str, str]]]:
    value = held.get(field)
    if field == TEXT:
        return lines_of_text(body, str(value or ""))
    return [], list(value) if isinstance(value, list | tuple) else []


def aside_sheet(trial: RowTrial) -> Sheet:
    """The rows that were set aside as they stand in the file, with what is wrong and right.

    Corrected where they stand, the file is imported again as it is.
    """
    names = list(dict.fromkeys(name for one in trial.told.values() for name in one))
    names = [one for one in names if one not in (ROW, WRONG)]
    heads = (Column(ROW, 8), *(Column(one, 24) for one in names), Column(WRONG, 60))
    rows: list[tuple[Cell, ...]] = [
        (str(one.row), *(trial.told[one.row].get(name, "") for name in names), in_words(one))
        for one in trial.aside
    ]
    return Sheet("需要更正的行", heads, rows)


def in_words(line: ReadLine) -> str:
    """Every fault of a row: the column, what is wrong, what would be right."""
    return "；".join(
        f"「{one.column}」{one.wrong}，应为：{one.right}"
        if one.column
        else f"{one.wrong}，{one.right}"
        for one in line.faults
    )
