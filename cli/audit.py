"""`yisong audit`: proof that nobody changed the record."""

import typer

from cli.context import office
from flows.chain import verify
from flows.store import reading

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
