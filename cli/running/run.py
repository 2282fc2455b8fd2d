"""`yisong run` and `yisong deploy`: the schedule of a site, and its flows in production."""

import asyncio
import os
import signal
import threading
from typing import Annotated

import typer

from cli.terminal.context import fail, office
from flows.running.prefect_server import ChildServer, SharedServer
from flows.running.retention import retention
from flows.running.server_demands import demands
from flows.running.standing import Server
from flows.schedule import Schedule
from flows.site.logs import begin_log, watch_statements
from flows.site.office import Office

WAIT_FOR_PREFECT = 120.0
LOOK_SECONDS = 5.0
LAST_SECONDS = 15.0


def run(
    ctx: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="把到期的事项做完就结束")] = False,
    no_prefect: Annotated[
        bool, typer.Option("--no-prefect", help="不启动 Prefect：后续事项留待以后处理")
    ] = False,
) -> None:
    """启动定时任务：后续事项、提醒督办、邮件和每日事项。"""
    found = office(ctx)
    begin_log(found.settings.log)
    watch_statements(found.engine)
    server = None if no_prefect else _server(found)
    schedule = Schedule(found, server)
    try:
        _once(schedule) if once else _until_stopped(schedule)
    finally:
        schedule.stop()


def deploy(
    ctx: typer.Context,
    pool: Annotated[str, typer.Option(help="Prefect 工作池名称，没有的自动建立")] = "yisong",
    drains: Annotated[
        int, typer.Option(min=1, max=64, help="同时办理后续事项的进程数，有几台工作主机就写几")
    ] = 1,
) -> None:
    """把各流程登记为 Prefect 部署（须先设置 PREFECT_API_URL）。"""
    url = os.environ.get("PREFECT_API_URL", "")
    if not url:
        raise fail("请先设置 PREFECT_API_URL，例如 http://prefect.example.invalid:4200/api")
    found = office(ctx)
    server = SharedServer(url)
    if not server.keep_up():
        raise fail(f"Prefect 服务 {url} 连接不上，请检查地址和网络")
    os.environ.update(server.environment())
    # Prefect takes seconds to import and reads its settings as it is imported.
    from flows.deployments import register  # noqa: PLC0415

    for name in asyncio.run(register(pool, found.rules, drains)):
        typer.echo(f"已登记：{name}")
    typer.echo(f"请在各工作主机运行：prefect worker start --pool {pool}")
    for one in demands(url, found.settings, os.environ):
        typer.echo(one)


def _server(found: Office) -> Server:
    """The server that the environment names, or a child of our own."""
    url = os.environ.get("PREFECT_API_URL", "")
    kept = retention(found.settings)
    server = SharedServer(url) if url else ChildServer(found.settings.home / "prefect", kept=kept)
    server.start()
    return server


def _once(schedule: Schedule) -> None:
    for done in (schedule.every_day(), schedule.remind()):
        typer.echo(done)
    server = schedule.server
    if isinstance(server, ChildServer):
        server.wait(WAIT_FOR_PREFECT)
    done = schedule.follow_up()
    if done:
        typer.echo(f"后续事项：{done}")
    typer.echo(str(schedule.standing()))
    if schedule.office.settings.smtp_host:
        typer.echo(schedule.post())


def _until_stopped(schedule: Schedule) -> None:
    stopped = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda *_: stopped.set())
    schedule.start()
    said = ""
    while not stopped.wait(LOOK_SECONDS):
        words = str(schedule.standing())
        if words != said:
            typer.echo(words)
            said = words
    typer.echo("正在停止……")
    _end_at_last()


def _end_at_last() -> None:
    """Whatever still hangs then, a flow or Prefect's own farewell: nothing is lost by a hard end,
    and the server that is left without its parent ends itself.
    """
    last = threading.Timer(LAST_SECONDS, os._exit, [0])
    last.daemon = True
    last.start()
