"""The options that every command shares: which site it works on."""

from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from flows.site.settings import Settings


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"移送（yisong）{version('yisong')}")
        raise typer.Exit


def site(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="数据库，如 sqlite:///var/yisong.sqlite3 或 postgresql://…"
        ),
    ] = None,
    home: Annotated[
        Path | None, typer.Option(metavar="DIR", help="数据目录：数据库、文书库和密钥（默认 var）")
    ] = None,
    told: Annotated[
        bool,
        typer.Option(
            "--version", metavar="", callback=_tell_version, is_eager=True, help="显示版本后退出"
        ),
    ] = False,
) -> None:
    """移送：问题线索转办与行刑衔接。"""
    changes: dict[str, object] = {}
    if db is not None:
        changes["database_url"] = db
    if home is not None:
        changes["home"] = home
    ctx.obj = Settings(**changes)  # type: ignore[arg-type]
