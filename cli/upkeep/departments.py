"""`yisong department`: what a department's documents need to name and number, shown and entered."""

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import department_of, fail, moment, office, rules_in_files, settings_of
from domain.limits.limit import day_of
from domain.situation.organ import hearing_floor_of, remedies_against
from flows.people.actors import system_actor
from flows.people.user_keeping import Keeper, NotKept
from flows.site.first_start import remains
from flows.site.store import reading
from flows.upkeep.department_keeping import Entry, amount_or_none, keep_department
from flows.upkeep.number_keeping import Beginning, begin_series, series_of
from flows.upkeep.number_marks import Mark, marks_of

department = typer.Typer(help="部门：管辖法院、复议机关、听证数额、文号。", no_args_is_help=True)
FLOOR = typer.Option(help="听证数额：自然人、单位，元", metavar="自然人 单位")
Name = Annotated[str, typer.Argument(metavar="DEPARTMENT", help="部门编号，见 yisong departments")]


@department.command("show")
def show(ctx: typer.Context, department_id: Name) -> None:
    """显示一个部门的救济途径和听证数额，没有登记的写明由谁在哪里登记。"""
    found = office(ctx)
    own, rules, today = department_of(found, department_id), found.rules, day_of(moment(found))
    against = remedies_against(rules, department_id, "penalty_decision", today)
    floor = hearing_floor_of(rules, department_id, today)
    unknown = "没有登记（由管理员登记）"
    typer.echo(own.name)
    typer.echo(f"  复议机关：{'或者'.join(against.reviewers) or unknown}")
    typer.echo(f"  管辖法院：{against.court or unknown}")
    told = f"自然人{floor.person:,f}元、单位{floor.unit:,f}元" if floor else unknown
    source = f"（{floor.source}）" if floor and floor.source else ""
    typer.echo(f"  听证数额：{told}{source}")


@department.command("set")
def change(
    ctx: typer.Context,
    department_id: Name,
    short: Annotated[str | None, typer.Option(help="机关代字，文号的开头，如 示市监")] = None,
    court: Annotated[str | None, typer.Option(help="管辖法院全称")] = None,
    review_organ: Annotated[str | None, typer.Option(help="行政复议机关，法律规定之外的")] = None,
    floor: Annotated[tuple[str, str] | None, FLOOR] = None,
    floor_source: Annotated[str | None, typer.Option(help="听证数额所依据的规定")] = None,
    from_day: Annotated[str | None, typer.Option(help="生效日期，不填为今天")] = None,
) -> None:
    """登记一个部门的机关代字、管辖法院、复议机关或者听证数额，自生效之日起使用。"""
    found = office(ctx)
    now = moment(found)
    given: dict[str, object] = {"short": short, "court": court, "review_organ": review_organ}
    given["hearing_floor_source"] = floor_source
    if floor is not None:
        person, unit = (amount_or_none(one) for one in floor)
        given |= {"hearing_floor_person": person, "hearing_floor_unit": unit}
    told = {name: value for name, value in given.items() if value is not None}
    wanted = department_of(found, department_id).model_copy(update=told)
    keeper = Keeper(found, system_actor(found.settings.desk), now)
    try:
        day = date.fromisoformat(from_day) if from_day else day_of(now)
        keep_department(keeper, Entry(department_id, day, wanted))
    except ValueError as problem:
        raise fail(f"生效日期应写作2026-11-22，现为「{from_day}」") from problem
    except NotKept as problem:
        raise fail("；".join(problem.complaints.values())) from problem
    typer.echo(f"已登记：{wanted.name}，自{day:%Y年%-m月%-d日}起")


@department.command("numbers")
def numbers(
    ctx: typer.Context,
    department_id: Name,
    series: Annotated[str, typer.Argument(metavar="[SERIES]", help="文书代字，如 处罚")] = "",
    serial: Annotated[int, typer.Argument(metavar="[N]", help="本年度的起始号")] = 0,
    year: Annotated[int | None, typer.Option(help="年份，不填为今年")] = None,
) -> None:
    """列出一个部门的机关代字和各系列的下一个文号；写明系列和号数的，设定起始号。"""
    found = office(ctx)
    own, now = department_of(found, department_id), moment(found)
    chosen = year or day_of(now).year
    if series:
        keeper = Keeper(found, system_actor(found.settings.desk), now)
        try:
            begin_series(keeper, Beginning(department_id, series, chosen, serial))
        except NotKept as problem:
            raise fail("；".join(problem.complaints.values())) from problem
    with reading(found.engine) as session:
        marks = marks_of(found.rules, session, department_id)
        rows = series_of(session, found.rules, department_id, chosen)
    typer.echo(f"{own.name}：{'；'.join(_mark_in_words(one) for one in marks)}")
    table = Table("文书代字", "下一个文号", "起始号")
    for row in rows:
        if series in {"", row.series}:
            table.add_row(row.series, row.next_number, "不能再改" if row.has_begun else "可以设定")
    terminal().print(table)


def _mark_in_words(one: Mark) -> str:
    if one.until is not None:
        return f"「{one.short}」至{one.until}前"
    return f"「{one.short}」" + (f"自{one.since}起" if one.since != date.min else "")


def departments(
    ctx: typer.Context,
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="编号、名称或职能中的字词")] = "",
    area: Annotated[str, typer.Option(help="只列一个地区的，写地区编号")] = "",
) -> None:
    """列出部门：编号、名称、职能、上级；停用的注明。"""
    # Before a site is begun nothing is made for a look at its files.
    rules = office(ctx).rules if remains(settings_of(ctx)) else rules_in_files(ctx)
    areas = {one.area for one in rules.departments.values()}
    if area and area not in areas:
        raise fail(f"没有「{area}」这个地区的部门；可用：{'、'.join(sorted(areas))}")
    table = Table("编号", "名称", "职能", "上级")
    for key, one in rules.departments.items():
        label = rules.functions.get(one.function, one.function)
        told = (key, f"{one.name}{'（已停用）' if one.closed else ''}", label, one.superior or "")
        if area in {"", one.area} and any(text in word for word in (key, one.name, label)):
            table.add_row(*told)
    terminal().print(table)
    typer.echo(f"共{table.row_count}个部门。")
