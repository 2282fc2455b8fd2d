"""`yisong roster`: files laid over the rosters, with the fate of every row; what is in them."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import acting_user, fail, moment, office, write_out
from documents.output.table_files import as_csv, as_xlsx
from domain.limits.limit import day_of
from flows.people.user_keeping import Keeper, NotKept
from flows.rosters.class_import import import_classes, try_classes
from flows.rosters.class_list import READERS, classes_sheet, take_away
from flows.rosters.people_import import import_people, try_people
from flows.rosters.roster_list import Wanted, subjects
from flows.rosters.roster_rows import GRADERS, area_of
from flows.rosters.subject_import import RosterTrial, import_subjects, try_subjects
from flows.site.store import reading

roster = typer.Typer(help="监管对象、执法检查人员、专家名录。", no_args_is_help=True)
KEEPERS = {"handler", "department_head", "supervisor"}
FATES = {"added": "新增", "changed": "调整", "same": "与名录相同", "aside": "不予登记"}
Which = Literal["subjects", "officers", "experts", "classes"]
AsUser = Annotated[str, typer.Option("--as", metavar="USER", help="以谁的身份办理")]


@roster.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="XLSX 或 CSV 文件")],
    as_user: AsUser,
    which: Annotated[Which, typer.Option("--roster", help="哪个名录")] = "subjects",
    dry_run: Annotated[bool, typer.Option(help="只逐行显示会怎样，不登记")] = False,
) -> None:
    """导入名录：先逐行检查，不予登记的行写明全部理由，其余登记。"""
    found = office(ctx)
    keeper = Keeper(found, acting_user(found, as_user), moment(found))
    if not keeper.actor.roles & KEEPERS:
        raise fail("名录由线索经办人、机关负责人、督办员维护")
    if which == "classes" and not keeper.actor.roles & GRADERS:
        raise fail("信用风险等级由督办员导入")
    if not path.is_file():
        raise fail(f"没有「{path}」这个文件，请核对路径")
    try:
        _print(_taken(keeper, path, which, dry_run), dry_run)
    except NotKept as problem:
        raise fail("；".join(problem.complaints.values())) from problem


def _taken(keeper: Keeper, path: Path, which: Which, dry_run: bool) -> RosterTrial:
    if which == "subjects":
        return try_subjects(keeper, path) if dry_run else import_subjects(keeper, path, path.name)
    if which == "classes":
        return try_classes(keeper, path) if dry_run else import_classes(keeper, path, path.name)
    if dry_run:
        return try_people(keeper, path, which)
    return import_people(keeper, path, path.name, which)


def _print(found: RosterTrial, dry_run: bool) -> None:
    table = Table("行", "结果", "名称", "说明")
    for one in found.fates:
        if one.faults or one.questions or one.changes:
            asked = (f"请核对：{text}" for text in one.questions)
            told = "；".join((*one.faults, *asked, *one.changes))
            table.add_row(str(one.row), FATES[one.kind], one.name, told)
    if table.row_count:
        terminal().print(table)
    for told in found.remarks:
        typer.echo(f"提示：{told}")
    counts = "，".join(f"{label}{found.counts[key]}行" for key, label in FATES.items())
    typer.echo(f"{'会' if dry_run else '已'}{counts}，需要核对{found.counts['asked']}行")


@roster.command("list")
def list_(
    ctx: typer.Context,
    as_user: AsUser,
    words: Annotated[str, typer.Argument(help="名称或者代码")] = "",
    tag: Annotated[str, typer.Option(help="标签的编号，如 catering")] = "",
) -> None:
    """列出本地区名录中的监管对象，最多50个。"""
    found = office(ctx)
    keeper = Keeper(found, acting_user(found, as_user), moment(found))
    vocabulary = found.rules.rosters
    if tag and tag not in vocabulary.tags:
        known = "、".join(f"{key}（{one.label}）" for key, one in vocabulary.tags.items())
        raise fail(f"没有「{tag}」这个标签；可用：{known}")
    with reading(found.engine) as session:
        shown = subjects(session, Wanted(area_of(keeper), words, tag), day_of(keeper.now))
    table = Table("代码或编号", "名称", "类别", "状态", "标签")
    for one in shown.rows:
        borne = "、".join(vocabulary.tags[key].label for key in shown.tags.get(one.id or 0, ()))
        kind, status = vocabulary.kinds[one.kind].label, vocabulary.statuses[one.status].label
        table.add_row(one.key, one.name, kind, status, borne)
    terminal().print(table if shown.rows else "没有符合条件的监管对象。")
    typer.echo(f"共{shown.total}个")


@roster.command("classes")
def classes(
    ctx: typer.Context,
    as_user: AsUser,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="XLSX 或 CSV 文件")],
) -> None:
    """导出本地区各对象的信用风险等级；导出人和件数记入办理记录。"""
    found = office(ctx)
    keeper = Keeper(found, acting_user(found, as_user), moment(found))
    if not keeper.actor.roles & READERS:
        raise fail("信用风险等级只供督办员、审计员查看")
    taken = take_away(keeper)
    sheet = classes_sheet(taken)
    write_out(out, as_csv(sheet) if out.suffix == ".csv" else as_xlsx(sheet, keeper.now))
    typer.echo(f"信用风险等级{len(taken)}户 → {out}")
