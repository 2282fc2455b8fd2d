"""`yisong run`: what is due is done with or without Prefect, and the child ends with its parent."""

import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.running.run import deploy, run
from domain.limits.limit import at_shanghai
from flows.afterwards.outbox import LEASE, claim
from flows.running.prefect_server import ChildServer, SharedServer, is_healthy
from flows.site.moment import now_at
from flows.site.office import Office
from tests.helpers.story import Story

ROOT = Path(__file__).parents[2]
PARENT = """
import sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from flows.running.prefect_server import ChildServer
server = ChildServer(Path(sys.argv[1]))
server.start()
print("started", flush=True)
time.sleep(600)
"""


@pytest.fixture
def command(office: Office, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """The command line with the test office behind it."""
    monkeypatch.setattr("cli.running.run.office", lambda ctx: office)
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    app = typer.Typer()
    app.command("run")(run)
    app.command("deploy")(deploy)
    return app


def test_once_without_prefect_does_what_needs_none_and_says_what_waits(
    command: typer.Typer, story: Story
):
    story.walk("register", "dispatch")

    found = CliRunner().invoke(command, ["run", "--once", "--no-prefect"])

    assert found.exit_code == 0, found.output
    assert "视为签收1件" in found.output
    assert "Prefect未启用；后续事项：待办2项" in found.output


def test_what_a_process_that_died_still_holds_is_told_with_its_name_and_time(
    command: typer.Typer, story: Story
):
    story.walk("register", "dispatch")
    now = now_at(story.office)
    held = claim(story.office, now, "zhuji-4711")

    found = CliRunner().invoke(command, ["run", "--once", "--no-prefect"])

    until = f"{at_shanghai(now + LEASE):%H:%M}"
    assert f"处理中{len(held)}项（由zhuji-4711领取，最迟{until}可重新领取）" in found.output


def test_deploy_without_an_address_says_what_to_set(command: typer.Typer):
    found = CliRunner().invoke(command, ["deploy"])

    assert found.exit_code == 2
    assert "PREFECT_API_URL" in found.output


def test_deploy_to_a_server_that_is_down_says_so(
    command: typer.Typer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")

    found = CliRunner().invoke(command, ["deploy"])

    assert found.exit_code == 2
    assert "连接不上" in found.output


def test_plain_work_needs_no_prefect():
    plain = (
        *("flows.door.steps", "flows.site.store", "flows.schedule", "cli.running.run"),
        *("flows.afterwards.outbox", "flows.afterwards.mail", "flows.afterwards.write_back"),
        *("flows.reminders.sweep", "flows.reminders.daily_tasks"),
        "flows.running.prefect_server",
    )
    code = f"import sys, {', '.join(plain)}\nassert 'prefect' not in sys.modules"

    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)

    assert found.returncode == 0, found.stderr.decode()


def pid_of(home: Path) -> int:
    return int((home / "server.json").read_text().split('"pid": ')[1].rstrip("}"))


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_the_server_ends_with_a_parent_that_was_killed(tmp_path: Path):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"started\n"
    child = pid_of(tmp_path)
    assert is_alive(child)

    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()

    until = time.monotonic() + 120
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.2)
    assert not is_alive(child)


def test_a_second_starter_uses_the_first_ones_server(tmp_path: Path):
    first, second = ChildServer(tmp_path), ChildServer(tmp_path)
    first.start()

    second.start()

    assert second.api_url == first.api_url != ""
    second.stop()
    first.stop()
    assert not is_healthy(first.api_url)


def test_starting_twice_starts_one_server(tmp_path: Path):
    server = ChildServer(tmp_path)
    server.start()
    first = pid_of(tmp_path)

    server.start()

    assert pid_of(tmp_path) == first
    server.stop()
    assert not is_alive(first)


def test_prefect_gets_a_home_of_its_own_and_tells_nobody(tmp_path: Path):
    environment = ChildServer(tmp_path, "http://127.0.0.1:1/api").environment()

    assert environment["PREFECT_HOME"] == str(tmp_path)
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"
    assert SharedServer("http://x/api").environment()["PREFECT_API_URL"] == "http://x/api"


class Elsewhere(BaseHTTPRequestHandler):
    """The server of another home, which answers every question."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.mark.slow
def test_the_server_of_another_home_that_was_quicker_is_not_taken_for_ours(tmp_path: Path):
    server = ChildServer(tmp_path)
    server.start()
    port = int(server.api_url.removesuffix("/api").rpartition(":")[2])
    quicker = ThreadingHTTPServer(("127.0.0.1", port), Elsewhere)
    threading.Thread(target=quicker.serve_forever, daemon=True).start()
    try:
        assert is_healthy(server.api_url)
        assert not server.keep_up()
        assert server.wait(120)
        assert f":{port}/" not in server.api_url
    finally:
        server.stop()
        quicker.shutdown()
        quicker.server_close()
