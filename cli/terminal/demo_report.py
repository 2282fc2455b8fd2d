"""The report of a rehearsal beside its time line: the import, and the closing table."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer
from python_calamine import CalamineWorkbook
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from flows.imports.import_result import ImportResult
from flows.rehearsal.outcomes import Closing, Row
from flows.reminders.sweep import SweepResult

if TYPE_CHECKING:
    from flows.rehearsal.runs import Runs


def print_import(result: ImportResult) -> None:
    """How many clues came in, and every rejected row with its reason."""
    typer.echo(
        f"导入：登记{result.registered}件，已有{result.already_there}件，"
        f"退回{result.rejected}行，疑似重复{result.suspected}件"
    )
    if result.rejections is None:
        return
    typer.echo(f"退回的行另存于 {result.rejections}")
    sheet = CalamineWorkbook.from_path(str(result.rejections)).get_sheet_by_index(0)
    for number, _, column, reason, *_ in sheet.to_python()[1:]:
        typer.echo(f"  第{number:.0f}行 {column}：{reason}")


def print_closing(
    closing: Closing, runs: "Runs", swept: Sequence[SweepResult], told: int
) -> list[str]:
    """The closing table; whatever is not as it should be, also as a list.

    `told`: how many steps Prefect was told of.
    """
    table = Table(
        "结果",
        "线索",
        "文书",
        "时限按时",
        "时限逾期",
        "提醒",
        title="演练结果",
        title_justify="left",
    )
    for row in closing.rows:
        table.add_row(*_cells(row))
    table.add_section()
    table.add_row(*_cells(closing.total))
    terminal().print(table)
    typer.echo(
        f"Prefect流程运行：完成{runs.completed}次，重试{runs.retried}次，"
        f"失败{runs.failed}次，未结束{runs.unfinished}次；按线索编号记录{told}步"
    )
    typer.echo(f"后续事项：完成{closing.follow_ups}项，定时待办{closing.waiting}项")
    failed = sum((one.failed for one in swept), Counter[str]())
    if closing.verdict.holds:
        typer.echo(f"办理记录核验通过：共{closing.verdict.events}条")
    troubles = [*closing.troubles]
    troubles += [f"提醒失败{count}次：{reason}" for reason, count in failed.items()]
    if runs.failed or runs.unfinished:
        troubles.append(f"Prefect流程运行失败{runs.failed}次、未结束{runs.unfinished}次")
    for trouble in troubles:
        typer.echo(f"✕ {trouble}", err=True)
    return troubles


def print_year(lines: Sequence[tuple[str, str]]) -> None:
    """What became of the inspections, in one table; nothing where there were none."""
    if not lines:
        return
    table = Table("事项", "情况", title="检查的一年", title_justify="left")
    for one in lines:
        table.add_row(*one)
    terminal().print(table)


def _cells(row: Row) -> tuple[str, ...]:
    figures = (row.clues, row.documents, row.on_time, row.late, row.reminders)
    return (row.outcome, *(str(one) for one in figures))
