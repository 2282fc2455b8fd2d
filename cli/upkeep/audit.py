"""`yisong audit`: proof that nobody changed the record."""

from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import office
from flows.audit.case_log_check import differences
from flows.audit.chain_check import compare, head_of
from flows.site.event_chain import verify
from flows.site.store import reading

audit = typer.Typer(help="审计：核验办理记录链。", no_args_is_help=True)


@audit.callback()
def group() -> None:
    """审计：核验办理记录链。"""


@audit.command("verify")
def verify_chain(ctx: typer.Context) -> None:
    """逐条核验办理记录；发现改动时指出第几条，退出码为1。"""
    found = office(ctx)
    with reading(found.engine) as session:
        verdict = verify(session, found.keys.chain)
    if verdict.holds:
        typer.echo(f"核验通过：{verdict.events}条记录，前后相连，未被改动。")
        return
    typer.echo(f"核验不通过：{verdict.reason}（此前{verdict.events}条无误）。", err=True)
    raise typer.Exit(1)


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
