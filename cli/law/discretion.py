"""`yisong discretion`: an organ's own discretion standards entered, confirmed and ended."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import acting_user, fail, moment_of_act, office
from cli.terminal.form_values import FormError, form_lines, read_pairs
from cli.terminal.refusal import chinese_errors
from domain.limits.limit import day_of
from flows.people.user_keeping import Keeper, NotKept
from flows.site.store import reading
from flows.upkeep.standard_file import degree_rows
from flows.upkeep.standard_form import AMENDING, COLUMNS, ENDING, NEW, read_standard
from flows.upkeep.standard_keeping import confirm, enter, reject
from flows.upkeep.standard_list import newest_of, version_lines

discretion = typer.Typer(
    help="裁量基准：本机关的登记、修改、停用、核对确认。", no_args_is_help=True
)
AsUser = Annotated[str, typer.Option("--as", metavar="USER", help="办理人")]
Pairs = Annotated[list[str] | None, typer.Option("--set", metavar="项=值", help="表单内容")]
Number = Annotated[int, typer.Argument(metavar="ID", help="登记编号，见 discretion list")]
Standard = Annotated[str, typer.Argument(metavar="STANDARD", help="基准编号，见 discretion list")]


@discretion.command("list")
def list_all(
    ctx: typer.Context,
    department: Annotated[str, typer.Option(metavar="D", help="只列这一部门登记的")] = "",
) -> None:
    """列出各机关登记的裁量基准，包括待确认和从前的。"""
    found = office(ctx)
    table = Table("编号", "基准", "部门", "违法行为", "文件", "自", "状态", "登记", "核对")
    with reading(found.engine) as session:
        lines = version_lines(session, department, day_of(moment_of_act(found)))
    for one in lines:
        told = f"{one.written.title}{one.written.article}"
        ends = "" if one.written.degrees else "（停用）"
        table.add_row(
            *(str(one.row.id), one.row.standard, one.row.department_id),
            *(one.written.conduct + ends, told, one.from_day.isoformat()),
            *(one.state, one.enterer, one.judge or "—"),
        )
    terminal().print(table if lines else "还没有机关登记裁量基准。")


@discretion.command("enter")
def enter_one(
    ctx: typer.Context,
    as_user: AsUser,
    pairs: Pairs = None,
    degrees: Annotated[
        Path | None, typer.Option(metavar="FILE", help="裁量档次的 XLSX 或 CSV 文件，每档一行")
    ] = None,
    amends: Annotated[str, typer.Option(metavar="STANDARD", help="修改这一基准，不另立")] = "",
) -> None:
    """登记一项裁量基准或者它的新版本，由本机关另一人核对确认后适用；不给内容则列出各项。"""
    given = _given(pairs)
    if degrees is not None:
        if not degrees.is_file():
            raise fail(f"没有「{degrees}」这个文件，请核对路径")
        try:
            given["degrees"] = degree_rows(degrees)
        except NotKept as problem:
            raise fail("；".join(problem.complaints.values())) from problem
    if not given:
        _tell_fields(amends)
    _enter(ctx, as_user, given, amends)


@discretion.command("end")
def end_one(ctx: typer.Context, standard: Standard, as_user: AsUser, pairs: Pairs = None) -> None:
    """停用本机关的一项裁量基准，由另一人核对确认后自所填日期起不再适用。"""
    _enter(ctx, as_user, _given(pairs), standard, ends=True)


@discretion.command("confirm")
def confirm_one(ctx: typer.Context, number: Number, as_user: AsUser) -> None:
    """核对确认一次登记；登记人本人不能确认。"""
    keeper = _keeper(ctx, as_user)
    with chinese_errors():
        row = confirm(keeper, number)
    typer.echo(f"第{row.id}号登记已确认，最早自{max(row.from_day, day_of(keeper.now))}起适用。")


@discretion.command("reject")
def reject_one(
    ctx: typer.Context,
    number: Number,
    as_user: AsUser,
    reason: Annotated[str, typer.Option(help="退回的理由")],
) -> None:
    """退回一次待确认的登记；登记人本人可以这样撤回。"""
    keeper = _keeper(ctx, as_user)
    with chinese_errors():
        row = reject(keeper, number, reason)
    typer.echo(f"第{row.id}号登记已退回。")


def _enter(
    ctx: typer.Context,
    as_user: str,
    given: Mapping[str, object],
    standard: str,
    *,
    ends: bool = False,
) -> None:
    keeper = _keeper(ctx, as_user)
    with chinese_errors():
        before = None
        if standard:
            with reading(keeper.office.engine) as session:
                before = newest_of(session, standard, keeper.actor.department)
        day = day_of(keeper.now)
        read = read_standard(keeper.office.rules, given, day, before, ends=ends)
        row = enter(keeper, read, standard)
    typer.echo(
        f"已登记为第{row.id}号（{row.standard}），待本机关另一名法制人员或者机关负责人确认。"
    )


def _given(pairs: list[str] | None) -> dict[str, object]:
    try:
        return read_pairs(pairs or ())
    except FormError as problem:
        raise fail(str(problem)) from problem


def _tell_fields(amends: str) -> None:
    for line in form_lines(AMENDING if amends else NEW):
        typer.echo(line)
    typer.echo(f"裁量档次也可以用 --degrees FILE 给出，表头为{'、'.join(COLUMNS.values())}。")
    typer.echo(f"停用的各项：{'；'.join(form_lines(ENDING))}")
    raise typer.Exit(2)


def _keeper(ctx: typer.Context, as_user: str) -> Keeper:
    found = office(ctx)
    return Keeper(found, acting_user(found, as_user), moment_of_act(found))
