"""`yisong template`: Word templates examined, uploaded, approved by a second person, retired."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import in_china, terminal
from cli.terminal.context import acting_user, fail, moment_of_act, office
from cli.terminal.refusal import REFUSED, chinese_errors
from documents.templates.tidied import Tidied, tidied
from domain.tables.template import BASE, TemplateVersion
from flows.door.template_in_force import (
    LARGEST,
    TemplateUnfit,
    all_in_force,
    check_in_force,
    check_name,
    lint,
    list_versions,
    state_of,
)
from flows.site.office import Office
from flows.site.store import reading
from flows.upkeep.template_keeping import Brought, approve, reject, retire, upload
from flows.upkeep.template_rights import printed_for, whose

template = typer.Typer(help="文书模板：检查、上传、审核启用、停用。", no_args_is_help=True)
WordFile = Annotated[
    Path, typer.Argument(metavar="FILE.docx", help="模板文件", exists=True, dir_okay=False)
]
Kind = Annotated[str, typer.Option("--kind", metavar="K", help="文书种类，如 crime_transfer")]
AsUser = Annotated[str, typer.Option("--as", metavar="USER", help="办理人")]
At = Annotated[
    str | None, typer.Option(metavar="TIME", help="办理时间（只在演示环境中可以指定，默认现在）")
]


def _read(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _tell_dropped(sent_in: Tidied) -> None:
    for one in sent_in.dropped:
        typer.echo(f"已去掉与打印无关的内容：{one}。")


@template.command("check")
def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE.docx]", help="模板文件；不给则检查使用中的全部上传模板"),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", metavar="K", help="文书种类")] = "",
) -> None:
    """检查模板能否使用，用样例试填一次；有误时逐条列出位置和原因，退出码为1。"""
    found = office(ctx)
    if file is None:
        with reading(found.engine) as session:
            complaints = check_in_force(session, found)
        _tell_complaints(complaints)
        typer.echo("使用中的上传模板全部合格。")
        return
    if not file.is_file() or not kind:
        raise fail(
            "请给出模板文件和文书种类，如 yisong template check 移送书.docx --kind crime_transfer"
        )
    with chinese_errors():
        sent_in = tidied(_read(file))
        result = lint(found, kind, sent_in.word, file.name)
    _tell_dropped(sent_in)
    _tell_complaints([str(one) for one in result.complaints])
    typer.echo(f"{file}：合格，可以上传。")


@template.command("upload")
def upload_one(
    ctx: typer.Context,
    file: WordFile,
    kind: Kind,
    as_user: AsUser,
    note: Annotated[str, typer.Option(help="说明，如 按2026年范本修改")] = "",
    shared: Annotated[
        bool, typer.Option("--shared", help="各机关共用的模板，由管理员上传；不写则为本机关的")
    ] = False,
    at: At = None,
) -> None:
    """上传本机关（管理员为共用）的模板新版本，由另一人审核后启用；不合格的不予接收。"""
    found = office(ctx)
    actor, sent_in = acting_user(found, as_user), tidied(_read(file))
    _tell_complaints([str(one) for one in check_name(file.name)])
    _tell_dropped(sent_in)
    try:
        with chinese_errors():
            organ = BASE if shared else printed_for(actor)
            brought = Brought(kind, sent_in.word, organ, note)
            row = upload(found, brought, (actor, moment_of_act(found, at)))
    except TemplateUnfit as unfit:
        _tell_complaints([str(one) for one in unfit.complaints])
        raise
    name = whose(found.rules, row.department_id)
    told = f"已上传第{row.id}号模板（{kind}，{name}），待另一名法制人员或者管理员审核启用。"
    typer.echo(told)


@template.command("approve")
def approve_one(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="模板编号，见 template list")],
    as_user: AsUser,
    at: At = None,
) -> None:
    """审核启用模板；上传人本人不能审核。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    try:
        with chinese_errors():
            row = approve(found, number, actor, moment_of_act(found, at))
    except TemplateUnfit as unfit:
        _tell_complaints([str(one) for one in unfit.complaints])
        raise
    typer.echo(
        f"第{row.id}号模板（{row.kind}）已启用，此后{_users_of(found, row)}制发的文书使用该模板。"
    )


@template.command("retire")
def retire_one(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="模板编号，见 template list")],
    as_user: AsUser,
    reason: Annotated[str, typer.Option(help="停用理由")],
    at: At = None,
) -> None:
    """停用模板，恢复使用前一版本，没有的使用共用的、系统自带的模板；已制发的文书不受影响。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    with chinese_errors():
        row = retire(found, number, reason, (actor, moment_of_act(found, at)))
    typer.echo(f"第{row.id}号模板（{row.kind}）已停用。")


@template.command("reject")
def reject_one(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="模板编号，见 template list")],
    as_user: AsUser,
    reason: Annotated[str, typer.Option(help="不予启用的理由")],
    at: At = None,
) -> None:
    """不予启用待审核的模板；上传人本人不能审核，可以用 retire 撤回。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    with chinese_errors():
        row = reject(found, number, reason, (actor, moment_of_act(found, at)))
    typer.echo(f"第{row.id}号模板（{row.kind}）不予启用。")


@template.command("list")
def list_all(
    ctx: typer.Context,
    kind: Annotated[str, typer.Option("--kind", metavar="K", help="只列这一种类")] = "",
) -> None:
    """列出上传的模板及其状态；没有列出的种类使用系统自带的模板。"""
    found = office(ctx)
    table = Table("编号", "种类", "用于", "状态", "上传", "审核启用", "停用", "校验值", "说明")
    with reading(found.engine) as session:
        rows, current = list_versions(session, kind), all_in_force(session, found)
    for row in rows:
        table.add_row(
            str(row.id),
            row.kind,
            whose(found.rules, row.department_id),
            state_of(row, current),
            f"{row.uploaded_by} {in_china(row.uploaded_at)}",
            f"{row.approved_by} {in_china(row.approved_at)}" if row.approved_at else "—",
            f"{row.retired_by} {in_china(row.retired_at)}" if row.retired_at else "—",
            row.sha256[:12],
            row.note,
        )
    terminal().print(table if rows else "没有上传的模板，全部使用系统自带的模板。")


def _users_of(found: Office, row: TemplateVersion) -> str:
    if row.department_id == BASE:
        return "没有本机关模板的机关"
    return whose(found.rules, row.department_id)


def _tell_complaints(complaints: list[str]) -> None:
    for one in complaints:
        typer.echo(one, err=True)
    if complaints:
        typer.echo(f"共{len(complaints)}处有误，模板不能使用。", err=True)
        raise typer.Exit(REFUSED)
