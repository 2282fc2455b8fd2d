"""The degrees of a discretion standard from a spreadsheet: one row each, by the form's headings."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from documents.output.table_files import Column, Sheet, as_xlsx
from domain.files.rows import SpreadsheetError, heading
from domain.files.spreadsheet import read_table
from flows.people.user_keeping import NotKept
from flows.upkeep.standard_form import COLUMNS

TITLE = "裁量档次"
HEADINGS = {heading(label): key for key, label in COLUMNS.items()}


def degree_rows(path: Path) -> list[dict[str, str]]:
    """The rows of an XLSX or CSV file as the form takes them.

    NotKept, in Chinese, where the file cannot be read or bears other headings.
    """
    try:
        table = read_table(path, frozenset(HEADINGS))
        if not {"label", "factors"} <= {HEADINGS.get(heading(one)) for one in table.columns}:
            told = "、".join(COLUMNS.values())
            raise NotKept({"file": f"表头应为：{told}；至少要有档次、适用情形两列"})
        return [
            {
                HEADINGS[heading(name)]: str(cell if cell is not None else "").strip()
                for name, cell in row.cells.items()
                if heading(name) in HEADINGS
            }
            for row in table.rows
        ]
    except SpreadsheetError as problem:
        raise NotKept({"file": str(problem)}) from problem


def degree_sheet(rows: Iterable[Mapping[str, str]], now: datetime) -> bytes:
    """The table as an Excel file to fill in: its headings, and the degrees there are."""
    columns = tuple(Column(label, 40 if key == "factors" else 14) for key, label in COLUMNS.items())
    cells = (tuple(row.get(key, "") for key in COLUMNS) for row in rows)
    return as_xlsx(Sheet(TITLE, columns, cells), now)
