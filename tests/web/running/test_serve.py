"""`yisong serve`: the workbench by one command, from the first start to the last."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from cli.running.serve import addressed
from flows.rehearsal.demonstration import DEMO_PASSWORD
from flows.site.settings import Settings
from web.request.desk import COOKIE

LONGEST_START = 180.0
LONGEST_STORY = 600.0
SERVE = "from cli.start import run; run()"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8044"),
        ("0.0.0.0", "http://127.0.0.1:8044"),
        ("::", "http://127.0.0.1:8044"),
        ("fd00::1", "http://[fd00::1]:8044"),
        ("yisong.example.invalid", "http://yisong.example.invalid:8044"),
    ],
)
def test_links_lead_where_the_workbench_listens(host: str, address: str) -> None:
    assert addressed(Settings(), host, 8044).base_url == address


def test_an_address_that_the_site_has_set_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YISONG_BASE_URL", "https://yisong.example.invalid")

    assert addressed(Settings(), "127.0.0.1", 8044).base_url == "https://yisong.example.invalid"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _served(home: Path, *options: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, "--home", str(home), "serve", "--port", str(port), *options],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.DEVNULL,
    )
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=OWN, timeout=LONGEST_START
        ) as client:
            _wait_for(client)
            yield client, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(LONGEST_START)


def _wait_for(client: httpx.Client) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        try:
            client.get("/signin")
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the workbench does not answer")


@pytest.mark.slow
def test_site_in_earnest_starts_empty(tmp_path: Path) -> None:
    with _served(tmp_path, "--only-web") as (client, _):
        text = client.get("/signin").text

    assert "演示" not in text
    assert DEMO_PASSWORD not in text


@pytest.mark.slow
def test_several_web_processes_know_the_same_sessions(tmp_path: Path) -> None:
    with _served(tmp_path, "--only-web", "--workers", "2") as (client, _):
        answers = {client.get("/").status_code for _ in range(8)}

    assert answers == {303}


@pytest.mark.slow
@pytest.mark.flow
def test_first_start_tells_a_story_and_lets_people_in(tmp_path: Path) -> None:
    with _served(tmp_path, "--demo") as (client, process):
        until = time.monotonic() + LONGEST_STORY
        while "正在准备演示数据" in client.get("/signin").text:
            early = client.post("/signin", data=_account("market-handler-1"))
            assert early.status_code in {303, 503}
            assert time.monotonic() < until
            time.sleep(2)

        answer = client.post("/signin", data=_account("market-handler-1"))
        client.cookies.set(COOKIE, answer.cookies[COOKIE])
        first = client.get("/").text
        children = _children(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait(LONGEST_START)

    assert "2026-10-13" in first
    assert re.search(r"XS2026\d{6}", first)
    assert children
    assert _all_end(children)


def _account(user: str) -> dict[str, str]:
    return {"account": user, "password": DEMO_PASSWORD}


def _children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    threads = Path(f"/proc/{pid}/task").iterdir()
    texts = [text, *((one / "children").read_text(encoding="ascii") for one in threads)]
    return sorted({int(one) for each in texts for one in each.split()})


def _all_end(pids: list[int]) -> bool:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        if not any(_runs(one) for one in pids):
            return True
        time.sleep(0.2)
    return False


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    return state != "Z"
