"""`yisong serve`: the workbench, and beside it schedule, follow-ups and Prefect, by one command."""

import os
import signal
import socket
import subprocess
import threading
from datetime import UTC, datetime
from types import FrameType
from typing import Annotated

import typer
import uvicorn
from uvicorn.supervisors import Multiprocess

from cli.terminal.context import fail, office
from flows.rehearsal.demonstration import (
    DEMO_PASSWORD,
    has_users,
    is_demonstration,
    is_empty,
    make_demonstration,
)
from flows.running.own_process import own_command, own_environment
from flows.site.first_start import remains
from flows.site.logs import begin_log
from flows.site.office import Office
from flows.site.settings import Settings

STOP_SECONDS = 20.0
FIRST_SECONDS = 1.5
LOCAL = "127.0.0.1"
NOT_NEW = (
    "这里已经有{}，不能建立演示数据，什么也没有改动；"
    "试用请用 --home 另外指定数据目录，正式使用请不要加 --demo"
)


def serve(
    ctx: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="监听地址；只供本机使用的不必改")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="监听端口")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="网页进程数")] = 1,
    only_web: Annotated[
        bool, typer.Option("--only-web", help="只开网页：定时任务和 Prefect 由 yisong run 另行启动")
    ] = False,
    demo: Annotated[
        bool, typer.Option("--demo", help="在全新的数据目录里建立演示数据（人员和线索均为虚构）")
    ] = False,
    empty: Annotated[bool, typer.Option("--empty", hidden=True)] = False,
) -> None:
    """打开工作台：网页、定时任务、后续事项和 Prefect 一并启动。"""
    ctx.obj = addressed(ctx.obj if isinstance(ctx.obj, Settings) else Settings(), host, port)
    there = remains(ctx.obj)
    found = office(ctx)
    _share(found.settings)
    _first_start(found, there, demo=demo and not empty)
    beside = Companion()
    signal.signal(signal.SIGTERM, _leave)
    if not only_web:
        beside.start_soon()
    typer.echo(f"移送工作台：http://{host}:{port}　（按 Ctrl+C 停止）")
    options: dict[str, object] = {"host": host, "port": port, "server_header": False}
    options |= {"log_level": "warning", "forwarded_allow_ips": found.settings.trusted_proxies}
    if found.settings.log:
        options["log_config"] = None
        begin_log(found.settings.log)
    try:
        found.engine.dispose()
        # By name: to load the pages takes half a second, and this module every command loads.
        listen(uvicorn.Config("web.worker:app", factory=True, workers=workers, **options))  # type: ignore[arg-type]
    finally:
        beside.end()


def listen(config: uvicorn.Config) -> None:
    """Serves until it is told to end, by as many processes as are wanted."""
    if config.workers == 1:
        uvicorn.Server(config).run()
    else:
        Multiprocess(config, [prompt_socket(config)]).run()


def prompt_socket(config: uvicorn.Config) -> socket.socket:
    """The socket that several processes listen on, each answer sent as soon as it is there."""
    # uvicorn's own waits 40 ms for more to send; connections inherit this from it.
    listening = config.bind_socket()
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def addressed(settings: Settings, host: str, port: int) -> Settings:
    """The settings with the address that is listened on, unless the site has set its own."""
    if "base_url" in settings.model_fields_set:
        return settings
    name = {"0.0.0.0": LOCAL, "::": LOCAL}.get(host, f"[{host}]" if ":" in host else host)
    return settings.model_copy(update={"base_url": f"http://{name}:{port}"})


def _leave(number: int, frame: FrameType | None) -> None:
    """Ends as after Ctrl+C: the web server hands the signal on when it has closed its doors."""
    raise SystemExit(0)


def _share(settings: Settings) -> None:
    """Other processes of this site read the same settings from the environment."""
    os.environ["YISONG_HOME"] = str(settings.home.resolve())
    os.environ["YISONG_BASE_URL"] = settings.base_url
    if settings.database_url:
        os.environ["YISONG_DATABASE_URL"] = settings.database_url


def _first_start(found: Office, there: tuple[str, ...], *, demo: bool) -> None:
    """A new home becomes a demonstration where that is asked for; one without users is told so.

    Ends the command where a demonstration is asked for and a site is there already.
    """
    if demo and not is_demonstration(found):
        if there or not is_empty(found):
            raise fail(NOT_NEW.format("、".join(there) or "数据"))
        make_demonstration(found, datetime.now(UTC), ready=False)
        typer.echo(f"正在建立演示数据（人员和线索均为虚构），所有演示用户的密码：{DEMO_PASSWORD}")
    elif not has_users(found):
        typer.echo("还没有用户。请先用 yisong init 启用（试用请在新的数据目录加 --demo）。")


class Companion:
    """Schedule and Prefect in a process of their own; it ends when its input does."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._timer: threading.Timer | None = None

    def start_soon(self) -> None:
        """Starts it when the workbench has had its first seconds to itself."""
        self._timer = threading.Timer(FIRST_SECONDS, self._start)
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """Ends it, gently at first."""
        if self._timer is not None:
            self._timer.cancel()
        if self._process is None or self._process.stdin is None:
            return
        self._process.stdin.close()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()

    def _start(self) -> None:
        """In the same folder, so that places named from there stay the same."""
        self._process = subprocess.Popen(
            own_command("cli.companion"), stdin=subprocess.PIPE, env=own_environment()
        )
