"""`yisong backup`, `restore`, `verify`, `migrate`, `move`: a site kept, and brought elsewhere."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from cli.terminal.context import fail, office, settings_of
from flows.audit.rounds import check_shelf
from flows.running.timekeeper import keeper_of
from flows.site.event_chain import Verdict
from flows.site.event_chain import verify as verify_chain
from flows.site.moment import read_mark, write_mark
from flows.site.office import UnknownSetting, open_office, store_at
from flows.site.schema import (
    newest_revision,
    other_version,
    prepare,
    revision_of,
    revisions,
    upgrade,
)
from flows.site.settings import Settings
from flows.site.store import reading
from flows.upkeep.backup import NotBackedUp, NotRestored, back_up
from flows.upkeep.backup import restore as bring_back
from flows.upkeep.row_copy import NotCopied, copy_rows

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="备份所在的文件夹")]


def backup(ctx: typer.Context, folder: Folder) -> None:
    """备份数据库、文书、上传的文件和本站配置；可以反复写到同一文件夹。密钥另外备份。"""
    settings = settings_of(ctx)
    try:
        made = back_up(settings, folder, datetime.now(UTC))
    except (NotBackedUp, NotCopied, UnknownSetting) as problem:
        raise fail(str(problem)) from problem
    except (DBAPIError, OSError) as problem:
        raise fail(_briefly(problem)) from problem
    typer.echo(f"已备份到 {folder}：{made.events}条办理记录，{made.papers}份文书和文件。")
    typer.echo(f"密钥文件 {settings.keys} 不在其中，请另外备份，与本备份分开存放。")


def restore(
    ctx: typer.Context,
    folder: Folder,
    keys: Annotated[Path, typer.Option(help="另外备份的密钥文件")],
) -> None:
    """从备份恢复到新的数据目录和数据库，随即核验办理记录和全部文书；有误的退出码为1。"""
    settings = settings_of(ctx)
    try:
        made = bring_back(settings, folder, keys)
    except (NotRestored, NotCopied, UnknownSetting) as problem:
        raise fail(str(problem)) from problem
    except (DBAPIError, OSError) as problem:
        raise fail(_briefly(problem)) from problem
    typer.echo(f"已恢复：{made.made_at} 的备份，{made.events}条办理记录。")
    _tell(settings)
    if made.revision != newest_revision():
        typer.echo(other_version(made.revision))


def verify(
    ctx: typer.Context,
    shelf: Annotated[
        bool, typer.Option("--shelf", help="并逐份读出文书、附件和模板，与校验值核对")
    ] = False,
) -> None:
    """核验办理记录；加 --shelf 的，一并核对全部文书。发现不符的逐条指出，退出码为1。"""
    _tell(office(ctx).settings, papers=shelf)


def migrate(ctx: typer.Context) -> None:
    """升级数据库：只有本命令升级。同时运行的几个，由一个升级，其余等它做完。"""
    settings = settings_of(ctx)
    engine = _store(settings)
    try:
        before = revision_of(engine)
        if before and before not in revisions():
            raise fail(other_version(before))
        upgrade(engine)
        told = "数据库已是最新" if before == newest_revision() else "数据库已升级"
        typer.echo(f"{told}：{before or '（空）'} → {newest_revision()}")
    except DBAPIError as problem:
        raise fail(_briefly(problem)) from problem
    finally:
        engine.dispose()


def move(
    ctx: typer.Context,
    to: Annotated[str, typer.Option(metavar="URL", help="目标数据库，如 postgresql://…，应为空")],
) -> None:
    """把全部数据移到另一个空的数据库（如从 SQLite 到 PostgreSQL），原来的不动。"""
    settings = settings_of(ctx)
    found = office(ctx)
    if holder := keeper_of(found, datetime.now(UTC)):
        raise fail(f"定时任务还在运行（{holder}），请先停止全部服务再移动")
    moved = settings.model_copy(update={"database_url": to})
    target = _store(moved)
    try:
        prepare(target)
        copied = copy_rows(found.engine, target)
    except NotCopied as problem:
        raise fail(str(problem)) from problem
    except DBAPIError as problem:
        raise fail(_briefly(problem)) from problem
    finally:
        target.dispose()
    if mark := read_mark(found):  # a demonstration stays one where its people and papers go
        write_mark(replace(found, settings=moved), mark)
    typer.echo(f"已移动：{len(copied)}张表，{sum(copied.values())}行。")
    _tell(moved, papers=False)
    typer.echo("请把 YISONG_DATABASE_URL 改为新的地址；原来的数据库留作备份，不要再用。")


def _store(settings: Settings) -> Engine:
    try:
        return store_at(settings.database)
    except UnknownSetting as problem:
        raise fail(str(problem)) from problem


def _tell(settings: Settings, *, papers: bool = True) -> None:
    """Says whether record and papers are whole; ends the command with 1 where they are not."""
    try:
        found = open_office(settings)
    except UnknownSetting as problem:
        raise fail(str(problem)) from problem
    try:
        with reading(found.engine) as session:
            verdict: Verdict = verify_chain(session, found.keys.chain)
        wrong = [] if verdict.holds else [f"办理记录核验不通过：{verdict.reason}"]
        wrong += check_shelf(found) if papers else []
    finally:
        found.engine.dispose()
    for told in wrong:
        typer.echo(told, err=True)
    if wrong:
        raise typer.Exit(1)
    also = "；登记的文书、附件和模板都在，与校验值相符" if papers else ""
    typer.echo(f"核验通过：{verdict.events}条办理记录前后相连，未被改动{also}。")


def _briefly(problem: Exception) -> str:
    told = str(getattr(problem, "orig", problem)).partition("\n")[0]
    return f"没有完成，请核对 --db、--home、权限和磁盘空间：{told}"
