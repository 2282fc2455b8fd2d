"""`yisong routing`: how routing did on the site's own record, and what the record teaches."""

import typer
from rich.table import Table

from cli.terminal.clue_sheet import in_china, terminal
from cli.terminal.context import moment, office
from domain.rulebook.rulebook import Rulebook
from flows.matching.routing_lessons import Kept, learn_anew
from flows.matching.routing_report import Line, Report, routing_report
from flows.site.store import reading

routing = typer.Typer(help="转办推荐：准确情况、从本站记录中学习。", no_args_is_help=True)


@routing.command()
def report(ctx: typer.Context) -> None:
    """近12个月的推荐情况：推荐率、按推荐签收、退回，学习的效果，以及与词典判断不同的线索。"""
    found = office(ctx)
    with reading(found.engine) as session:
        told = routing_report(session, found, moment(found, None))
    console = terminal()
    if not told.registered:
        console.print("近12个月没有登记线索。")
    else:
        console.print(_months(told))
        console.print(_lines(told.lines, found.rules))
    console.print(_lessons(told.kept), markup=False, soft_wrap=True)
    for one in told.differing:
        said = (_function(found.rules, key) for key in (one.dictionary, one.lessons, one.taken))
        console.print("{}　词典：{}　学习：{}　实际：{}".format(one.clue, *said), markup=False)


@routing.command()
def learn(ctx: typer.Context) -> None:
    """按本站的签收、退回、协商和指定管辖记录重新学习（每日自动进行）；只在优于词典时使用。"""
    found = office(ctx)
    typer.echo(_lessons(learn_anew(found, moment(found, None))))


def _months(told: Report) -> Table:
    table = Table("月份", "登记（件）", "有推荐（件）", "推荐率")
    for month, count in sorted(told.registered.items(), reverse=True):
        named = told.named.get(month, 0)
        table.add_row(month, str(count), str(named), f"{named / count:.1%}")
    return table


def _lines(lines: tuple[Line, ...], rules: Rulebook) -> Table:
    table = Table("月份", "推荐的部门", "推荐", "由其签收", "由他部门承办", "退回过", "未签收")
    for one in lines:
        department = rules.departments.get(one.department)
        counts = (one.proposed, one.taken, one.by_another, one.returned, one.waiting)
        name = department.name if department else one.department
        table.add_row(one.month, name, *map(str, counts))
    return table


def _lessons(kept: Kept | None) -> str:
    if kept is None:
        return "还没有从本站记录中学习（每日自动进行，也可执行 yisong routing learn）。"
    told = kept.evidence
    state = "已用于推荐" if kept.in_use else "尚未优于词典，不用于推荐"
    return (
        f"{in_china(kept.made_at)}学习了{told.lessons}件线索的签收、退回、协商和指定管辖结果（{state}）："
        f"逐件事先推荐，词典对{told.dictionary_right}件，学习后对{told.learned_right}件；"
        f"学习改对{told.won}件，改错{told.lost}件。"
    )


def _function(rules: Rulebook, key: str) -> str:
    return rules.functions.get(key, key)
