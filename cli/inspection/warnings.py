"""`yisong warnings`: risk warnings listed and computed, and how bold their indicator is."""

from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import (
    in_china,
    print_clocks,
    terminal,
)
from cli.terminal.context import acting_user, fail, moment, office
from cli.terminal.undertaking_output import print_head, print_rest, undertaking_meant, viewer_of
from domain.surge.calibration import Calibration, TooLittle
from flows.lists.undertaking_list import UndertakingLine, WantedUndertakings, undertakings
from flows.lists.undertaking_sheet import undertaking_sheet
from flows.site.store import reading
from flows.warnings.calibrating import SURGE, NotSet, Trial, set_indicator, try_settings
from flows.warnings.figures import Month, clues_behind, months, standings
from flows.warnings.raising import raise_warnings

KIND = "risk_warning"
warnings = typer.Typer(
    help="风险预警：列出、查看、计算、校准；办理用 yisong do。", no_args_is_help=True
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="风险预警编号，如 YJ2026000001")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]
At = Annotated[str | None, typer.Option(metavar="TIME", help="以该时间计算（默认现在）")]


@warnings.command("list")
def list_(ctx: typer.Context, as_user: AsUser = None) -> None:
    """列出风险预警（最新的在最前，最多30件）、各月情况和各项指标。"""
    viewer = viewer_of(ctx, as_user)
    with reading(viewer.office.engine) as session:
        found = undertakings(session, viewer, WantedUndertakings(KIND))
        by_month = months(session, viewer)
        indicators = standings(session, viewer)
    console = terminal()
    console.print(_table(found.lines) if found.lines else "没有风险预警。")
    if by_month:
        console.print(_by_month(by_month))
    for one in indicators:
        console.print(f"{one.label}：{one.rule}。{one.setting}", markup=False, soft_wrap=True)


@warnings.command()
def show(ctx: typer.Context, number: Number, as_user: AsUser = None) -> None:
    """一件风险预警的全貌：计算过程、相关线索、推送和反馈、时限、可办操作、文书、经过。"""
    viewer = viewer_of(ctx, as_user)
    with reading(viewer.office.engine) as session:
        row = undertaking_meant(session, viewer, number)
        sheet = undertaking_sheet(session, viewer, row)
        behind = clues_behind(session, viewer, row)
    console = terminal()
    print_head(console, row, sheet, ("牵头部门", "承办人"))
    for clue in behind.seen:
        told = f"{clue.no}　{in_china(clue.received_at)}　{clue.title}"
        console.print(told, markup=False, soft_wrap=True)
    if behind.unseen:
        console.print(f"另有{behind.unseen}件您无权查看")
    print_clocks(console, sheet)
    for one in sheet.processes:
        console.print(f"{one.label}#{one.view.id}：{one.state}　{one.holder}")
    print_rest(console, sheet, viewer, acts=bool(as_user))


@warnings.command("compute")
def compute(ctx: typer.Context, at: At = None) -> None:
    """按各项指标计算当日预警（每日自动进行）；已经预警、了结不久的不再预警。"""
    found = office(ctx)
    done = raise_warnings(found, moment(found, at))
    typer.echo(f"新预警{done.raised}件；达到指标而已经预警或者了结不久的{done.silent}件")


@warnings.command("calibrate")
def calibrate(
    ctx: typer.Context,
    wanted: Annotated[
        float | None, typer.Option("--false-alarms", min=0, metavar="N", help="一年至多误报几次")
    ] = None,
    rounds: Annotated[int, typer.Option(min=1, max=1000, help="打乱多少次")] = 10,
    seed: Annotated[int, typer.Option(help="随机种子；同一种子结果相同")] = 1,
    as_user: Annotated[
        str | None, typer.Option("--as", metavar="USER", help="由哪位督办员设定；不写的只试算")
    ] = None,
) -> None:
    """打乱本站线索的事项，数一年会误报几次，据此设定“同类线索突增”的概率。"""
    found, now = office(ctx), moment(office(ctx))
    rule = found.rules.indicators[SURGE]
    trial = Trial(rule.false_alarms if wanted is None else wanted, rounds, seed)
    try:
        result = try_settings(found, trial, now)
    except TooLittle as problem:
        raise fail(f"还不能校准：{problem}") from problem
    terminal().print(_tried(result))
    if as_user is None:
        typer.echo("只试算，没有设定；由督办员加 --as 设定")
        return
    actor = acting_user(found, as_user)
    if "supervisor" not in actor.roles:
        raise fail("预警指标由督办员校准")
    try:
        row = set_indicator(found, trial, result, actor, now)
    except NotSet as problem:
        raise fail(str(problem)) from problem
    typer.echo(f"已设定：概率不高于{row.chance:g}，一年误报约{row.false_a_year:.1f}次")


def _tried(result: Calibration) -> Table:
    told = f"线索{result.reports}件，可计算{result.days}日，打乱{result.rounds}次"
    table = Table("概率不高于", "打乱后一年预警（误报）", "实际一年预警", "", title=told)
    for one in result.tried:
        mark = "←" if one == result.chosen else ""
        table.add_row(f"{one.chance:g}", f"{one.false_a_year:.1f}", f"{one.real_a_year:.1f}", mark)
    return table


def _table(lines: tuple[UndertakingLine, ...]) -> Table:
    table = Table("编号", "预警", "状态", "牵头部门", "反馈")
    table.columns[0].no_wrap = True
    for line in lines:
        answered = f"{line.done}/{line.asked}个已反馈" if line.asked else "—"
        table.add_row(line.row.no, line.row.title, line.state, line.holder, answered)
    return table


def _by_month(found: tuple[Month, ...]) -> Table:
    table = Table("月份", "预警", "采取措施", "发现问题", "排除", "未了结")
    for one in found:
        told = "、".join(f"{ground}{number}" for ground, number in one.dismissed.items())
        table.add_row(
            one.month, str(one.raised), str(one.acted), str(one.problems), told, str(one.open)
        )
    return table
