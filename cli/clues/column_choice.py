"""`yisong intake --map`: what the columns of an unknown file are, proposed, corrected and kept."""

from collections.abc import Sequence
from pathlib import Path

import typer
from rich.markup import escape
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from domain.files.cells import text_of
from domain.files.column_mapping import CLUE_FIELDS, ClueField
from domain.files.column_proposal import LABELS, missing
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import Unusable
from flows.imports.own_mappings import Proposal, keep_mapping, propose_for

LONGEST_CELL = 30


def settle_columns(clerk: Clerk, file: Path, name: str, given: Sequence[str]) -> None:
    """Shows the proposal with ten rows and keeps it under a name; Unusable says what is missing.

    `given` are corrections, each `field=column`; `field=` takes a column away.
    """
    if not file.is_file():
        raise Unusable(f"没有「{file}」这个文件，请核对路径")
    found = propose_for(clerk, file)
    chosen = {**found.chosen, **dict(map(_corrected, given))}
    _show(found, chosen)
    if lacks := missing(chosen):
        raise Unusable(
            f"还没有选定列：{'、'.join(lacks)}；请用 --column 项=列 指定，"
            f"项的写法：{'、'.join(f'{one}（{label}）' for one, label in LABELS.items())}"
        )
    keep_mapping(clerk, name, chosen, found.columns)
    typer.echo(f"已保存列对照表「{name}」，列名相同的文件可以直接导入：yisong intake {file.name}")


def _corrected(text: str) -> tuple[ClueField, str]:
    field, sign, column = text.partition("=")
    for one in CLUE_FIELDS:
        if sign and field in (one, LABELS[one]):
            return one, column
    raise Unusable(f"「{text}」应写作 项=列，项为 {'、'.join(CLUE_FIELDS)} 之一")


def _show(found: Proposal, chosen: dict[ClueField, str]) -> None:
    fields = Table("项", "列", "理由")
    for one, label in LABELS.items():
        if column := chosen.get(one):
            own = one in found.proposed and found.proposed[one].column == column
            fields.add_row(label, escape(column), found.proposed[one].why if own else "指定")
    rows = Table("行", *map(escape, found.columns))
    for row in found.rows:
        cells = (text_of(row.cells.get(one))[:LONGEST_CELL] for one in found.columns)
        rows.add_row(str(row.row), *map(escape, cells))
    terminal().print(fields)
    terminal().print(rows)
