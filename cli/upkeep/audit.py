"""`yisong audit`: proof that nobody changed the record."""

from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import moment, office
from flows.audit.case_log_check import differences
from flows.audit.chain_check import compare
from flows.audit.earlier_words import withhold_earlier
from flows.audit.noted_heads import NotNoted, has_notes, misfits, note_head
from flows.audit.rounds import check_rows, check_shelf
from flows.site.event_chain import head_of, verify
from flows.site.store import reading

COMPARED = "与记在数据库以外的链尾比对无误，末尾没有被删减。"
NOTHING_NOTED = (
    "还没有记在数据库以外的链尾可供比对，末尾的记录是否被删减无法判断；"
    "运行定时任务（yisong serve、yisong run）或者 yisong audit note 后每次核验都会比对。"
)

audit = typer.Typer(help="审计：核验办理记录链。", no_args_is_help=True)


@audit.callback()
def group() -> None:
    """审计：核验办理记录链。"""


@audit.command("verify")
def verify_chain(ctx: typer.Context) -> None:
    """逐条核验办理记录，与记在数据库以外的链尾、登记的内容逐项核对；不符的指出，退出码为1。"""
    found = office(ctx)
    with reading(found.engine) as session:
        verdict = verify(session, found.keys.chain)
        missed = [told for _, told in misfits(session, found.settings)]
    missed += check_rows(found)
    if not verdict.holds:
        typer.echo(f"核验不通过：{verdict.reason}（此前{verdict.events}条无误）。", err=True)
    for told in missed:
        typer.echo(f"核验不通过：{told}。", err=True)
    if missed or not verdict.holds:
        raise typer.Exit(1)
    typer.echo(f"核验通过：共{verdict.events}条记录，前后相连，未被改动；登记的内容与记录一致。")
    typer.echo(COMPARED if has_notes(found.settings) else NOTHING_NOTED)


@audit.command("note")
def note(ctx: typer.Context) -> None:
    """立即把链尾记到数据库以外（定时任务每小时记一次）：数据目录、另设的文件、外部地址。"""
    found = office(ctx)
    try:
        typer.echo(note_head(found, moment(found)) or "还没有办理记录，不必记。")
    except NotNoted as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(1) from fault


@audit.command("withhold")
def withhold(ctx: typer.Context) -> None:
    """隐去较早登记的线索标题、内容里写到的举报人信息，原文加密保存（定时任务每夜接着办一次）。"""
    found = office(ctx)
    typer.echo(withhold_earlier(found, moment(found), lambda: True, anew=True))


@audit.command("shelf")
def verify_shelf(ctx: typer.Context) -> None:
    """逐份读出存放的文书、附件和模板，与登记的校验值核对；缺少、改动的指出，退出码为1。"""
    wrong = 0
    for told in check_shelf(office(ctx)):
        typer.echo(told, err=True)
        wrong += 1
    if wrong:
        typer.echo(f"核对不通过：{wrong}处不符，请从备份中恢复文书存放。", err=True)
        raise typer.Exit(1)
    typer.echo("核对通过：登记的文书、附件和模板都在，内容与校验值相符。")


@audit.command("log")
def check_log(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="案卷中的办理记录.jsonl", exists=True, dir_okay=False),
    ],
) -> None:
    """把案卷中的办理记录与本系统的记录逐条核对；有不符时逐条指出，退出码为1。"""
    found = office(ctx)
    lines = file.read_text("utf-8", "replace").splitlines()
    with reading(found.engine) as session:
        wrong = list(differences(session, found.keys.chain, lines))
    for one in wrong or ([] if lines else ["文件是空的"]):
        typer.echo(one, err=True)
    if wrong or not lines:
        raise typer.Exit(1)
    typer.echo(f"核对通过：{len(lines)}条记录与本系统一致，未被改动。")


@audit.command("head")
def head(ctx: typer.Context) -> None:
    """显示链尾：记在本系统以外，日后用 compare 比对，可以发现末尾记录被删改。"""
    found = office(ctx)
    with reading(found.engine) as session:
        typer.echo(str(head_of(session)))


@audit.command("compare")
def compare_head(
    ctx: typer.Context,
    noted: Annotated[list[str], typer.Argument(metavar="链尾", help="记下的「第…条 哈希」")],
) -> None:
    """与记下的链尾比对；不一致时退出码为1。"""
    found = office(ctx)
    with reading(found.engine) as session:
        told = compare(session, " ".join(noted))
    typer.echo(told.words, err=not told.holds)
    if not told.holds:
        raise typer.Exit(1)
