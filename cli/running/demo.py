"""`yisong demo`: the main job rehearsed, from the hotline's spreadsheet to case files on disk."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import inspect

from cli.terminal.context import fail, office
from cli.terminal.demo_hints import tell_how_to_go_on
from cli.terminal.demo_report import print_closing, print_import, print_year
from cli.terminal.loading import loaded
from flows.rehearsal.demonstration import make_demonstration, written_at_the_end
from flows.rehearsal.folder import HOME, Busy, Foreign, Taken, seal, take
from flows.rehearsal.inspections.inspection_books import year_told
from flows.rehearsal.opening import telling
from flows.rehearsal.outcomes import close_books
from flows.rehearsal.play import IMPORTED_AT
from flows.rehearsal.show import Show
from flows.rehearsal.timeline import Line, heading, in_full, in_short
from flows.rehearsal.work_orders import write_work_orders
from flows.running.prefect_server import ChildServer
from flows.site.moment import set_moment
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import open_store

DEMO = Path("out/demo")
WORKBOOK, TIMELINE, CASE_FILES = "work-orders.xlsx", "timeline.txt", "case-files"
MADE = (WORKBOOK, "work-orders.rejected.xlsx", TIMELINE, CASE_FILES, HOME)
"""What a rehearsal makes in its folder."""
PREFECT_SECONDS = 120.0
LEAN = {
    f"PREFECT_SERVER_SERVICES_{service}_ENABLED": "false"
    for service in (
        "TRIGGERS",
        "SCHEDULER",
        "LATE_RUNS",
        "FOREMAN",
        "CANCELLATION_CLEANUP",
    )
} | {"PREFECT_API_BLOCKS_REGISTER_ON_START": "false"}
"""What a Prefect server does and a rehearsal has no use for; it costs a third of its time."""
NOT_AS_EXPECTED = 1


@dataclass
class Printed:
    """The time line: short on the screen, whole in a file."""

    file: Path

    def __call__(self, day: datetime, lines: Sequence[Line]) -> None:
        """Prints a day."""
        typer.echo("\n".join([heading(day), *in_short(lines)]))
        with self.file.open("a", encoding="utf-8") as full:
            full.write("\n".join([heading(day), *in_full(lines), "", ""]))


def demo(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option(metavar="DIR", help="演练结果写到哪个目录")] = DEMO,
    speed: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="每个模拟日停留几秒，便于观看")
    ] = 0,
) -> None:
    """演练：从12345工单导入到办结、处罚、涉罪移送，文书和案卷写到目录里。"""
    settings = ctx.obj if isinstance(ctx.obj, Settings) else Settings()
    if settings.database_url and _holds_anything(settings.database_url):
        raise fail("--db 指定的数据库里已有数据，演练需要空的数据库")
    taken = _take(out)
    ctx.obj = settings.model_copy(update={"home": taken.folder / HOME})
    try:
        went_well = _play(ctx, taken.folder, speed)
    finally:
        seal(taken, MADE)
    if not went_well:
        raise typer.Exit(NOT_AS_EXPECTED)


def _take(out: Path) -> Taken:
    """The folder to play in; what a person did in an earlier one is told and left alone."""
    try:
        taken = take(out)
    except Foreign:
        raise fail(f"{out} 里有其他文件，演练不会覆盖；请用 --out 另指定一个目录") from None
    except Busy:
        raise fail(f"{out} 里的演练正在进行；请等它结束，或者用 --out 另指定一个目录") from None
    except OSError as error:
        raise fail(f"{out} 不能写入（{error.strerror}）；请用 --out 另指定一个目录") from error
    for folder, reason in taken.kept:
        typer.echo(f"{folder} {reason}，原样保留")
    if taken.moved is not None:
        typer.echo(f"上次的演练没有做完，已原样移到 {taken.moved}，不需要的可以自行删除")
    if taken.kept:
        typer.echo(f"这次演练写到 {taken.folder}")
    return taken


def _play(ctx: typer.Context, out: Path, speed: float) -> bool:
    """Plays the rehearsal beside its Prefect; people are let in last. Whether all went well."""
    os.environ.update(LEAN)
    server = ChildServer(out / HOME / "prefect")
    server.start()
    try:
        found = office(ctx)
        make_demonstration(found, IMPORTED_AT, ready=False)
        try:
            with telling(found), written_at_the_end(found):
                told = _rehearsed(found, server, out, speed)
        finally:
            found.engine.dispose()
    finally:
        server.stop()
    if told is None:
        return False
    set_moment(found, told.until)
    tell_how_to_go_on(found, told.until)
    return told.went_well


def _holds_anything(url: str) -> bool:
    engine = open_store(url)
    try:
        return bool(inspect(engine).get_table_names())
    finally:
        engine.dispose()


@dataclass(frozen=True)
class Told:
    """A rehearsal that was played: until which moment, and whether all went as it should."""

    until: datetime
    went_well: bool


def _rehearsed(found: Office, server: ChildServer, out: Path, speed: float) -> Told | None:
    """Plays the rehearsal and prints what came of it; None where there is no Prefect."""
    workbook = out / WORKBOOK
    typer.echo(f"已写出{write_work_orders(workbook)}件工单：{workbook}")
    show = Show(found, workbook, out / CASE_FILES, print_import, Printed(out / TIMELINE), speed)
    play = show.play()
    # What people do before anything has to follow is done while the server is starting; then
    # Prefect is imported, which is slow too, and reads the address, certain once it answers.
    first = next(play)
    os.environ.update(server.environment())
    loaded("flows.life")
    from prefect.context import refresh_global_settings_context  # noqa: PLC0415

    from flows.life import rehearse  # noqa: PLC0415
    from flows.rehearsal.runs import count_runs  # noqa: PLC0415

    if not server.wait(PREFECT_SECONDS):
        log = server.home / "server.log"
        typer.echo(f"错误：Prefect 服务没有启动，演练无法进行；详见 {log}", err=True)
        return None
    os.environ.update(server.environment())
    refresh_global_settings_context()
    stuck = asyncio.run(rehearse(lambda: (show, chain([first], play))))
    runs = asyncio.run(count_runs())
    closing = close_books(found, show.stage.now, stuck)
    troubles = print_closing(closing, runs, show.swept, show.told)
    print_year(year_told(found))
    typer.echo(f"文书{show.written}份，案卷在 {out / CASE_FILES}（写给举报人的加密保存，不在其中）")
    typer.echo(f"完整时间线在 {out / TIMELINE}")
    return Told(show.stage.now, not troubles)
