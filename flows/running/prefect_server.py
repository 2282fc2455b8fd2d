"""The Prefect server of one site: a child process with a home of its own, in the background.

Nothing waits for it: until it answers, follow-ups stay in their rows. No Prefect is imported here.
"""

import fcntl
import json
import os
import socket
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import httpx

from flows.running.own_process import own_command, own_environment
from flows.running.retention import retention

USUAL_PORT = 4200
HEALTH_TIMEOUT = 2.0
STOP_TIMEOUT = 15.0
BOUND = "server.bound"
"""Names the process that holds the port of a home's server."""
BETWEEN_LOOKS = 0.1
RESTART_AFTER = 60.0
"""Seconds a server gets before one that died is started again."""
QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_SERVER_LEVEL": "WARNING",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
    "PREFECT_CLI_PROMPT": "false",
}
BOUNDED = {"PREFECT_API_REQUEST_TIMEOUT": "30", "PREFECT_CLIENT_MAX_RETRIES": "3"}
PAGES = "PREFECT_SERVER_UI_STATIC_DIRECTORY"
IN_BULK = {
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "1",
}
"""Events come by the hundred, and are waited for (`flows.running.step_events`)."""
BEATS = {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30"}
"""Runs tell every so many seconds that they live; see `flows.running.alarms`."""


def is_healthy(api_url: str) -> bool:
    """Whether a Prefect server answers there now."""
    # To read the authorities of the web takes longer than the call, and is not needed beside us.
    secure = not api_url.startswith("http:")
    try:
        return httpx.get(f"{api_url}/health", timeout=HEALTH_TIMEOUT, verify=secure).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


@dataclass
class SharedServer:
    """A Prefect server that others run, as in production."""

    api_url: str

    def start(self) -> None:
        """Nothing: it is there or it is not."""

    def keep_up(self) -> bool:
        """Whether it answers."""
        return is_healthy(self.api_url)

    def stop(self) -> None:
        """Nothing: it is not ours."""

    def environment(self) -> Mapping[str, str]:
        """What clients of this server need to know."""
        return {"PREFECT_API_URL": self.api_url, **QUIET, **BOUNDED, **BEATS}


@dataclass
class ChildServer:
    """A Prefect server of our own, one per home; a second starter uses the first one's.

    `kept`: what its environment says of how long it keeps runs and events.
    """

    home: Path
    api_url: str = ""
    kept: Mapping[str, str] = field(default_factory=retention)
    _process: subprocess.Popen[bytes] | None = None
    _lock: IO[str] | None = None
    _started: float = 0.0
    _port: int = USUAL_PORT

    def start(self) -> None:
        """Begins to start the server and returns at once; one that runs already is left alone."""
        if self._process is not None:
            if self._process.poll() is None:
                return
            _close_stdin(self._process)
        self.home.mkdir(parents=True, exist_ok=True)
        self._started = time.monotonic()
        if self._lock is None and not self._take_lock():
            self.api_url = _known_url(self.home)
            return
        port = _free_port(self._port)
        self._port, self.api_url = port, f"http://127.0.0.1:{port}/api"
        mark = self.home / BOUND
        mark.unlink(missing_ok=True)
        with (self.home / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                own_command("flows.running.prefect_start", str(mark.resolve()), *_address(port)),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env={**own_environment(), **self.environment(), "PREFECT_API_URL": ""},
            )
        known = {"api_url": self.api_url, "pid": self._process.pid}
        (self.home / "server.json").write_text(json.dumps(known), encoding="utf-8")

    def keep_up(self) -> bool:
        """Whether it answers; one that has died is started again after a while."""
        is_ours = self._process is not None
        self.api_url = self.api_url if is_ours else _known_url(self.home)
        if self._is_running() and _has_its_port(self.home) and is_healthy(self.api_url):
            return True
        rested = time.monotonic() - self._started > RESTART_AFTER
        if not self._is_running() and (rested or self._came_second()):
            self.start()
        return False

    def _came_second(self) -> bool:
        """Whether it ended because the server of another home took the port before it did."""
        lost = self._process is not None and not _has_its_port(self.home)
        return lost and _free_port(self._port) != self._port

    def _is_running(self) -> bool:
        if self._process is None:
            return bool(self.api_url)
        return self._process.poll() is None

    def wait(self, seconds: float) -> bool:
        """Waits until it answers, at most so long; whether it does."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.keep_up():
                return True
            if self._process is not None and self._process.poll() is not None:
                return False
            time.sleep(BETWEEN_LOOKS)
        return False

    def stop(self) -> None:
        """Ends the child and frees the home for another starter."""
        if self._process is not None:
            _close_stdin(self._process)
            try:
                self._process.wait(STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            (self.home / "server.json").unlink(missing_ok=True)
            self._process = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def environment(self) -> Mapping[str, str]:
        """What the server and its clients need to know."""
        return {
            "PREFECT_API_URL": self.api_url,
            "PREFECT_HOME": str(self.home.resolve()),
            **QUIET,
            **BOUNDED,
            **BEATS,
            **IN_BULK,
            **self.kept,
            **_pages_folder(self.home),
        }

    def _take_lock(self) -> bool:
        lock = (self.home / "server.lock").open("w", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return False
        self._lock = lock
        return True


def _close_stdin(process: subprocess.Popen[bytes]) -> None:
    """Lets go of the pipe at whose end the child ends itself."""
    with suppress(OSError):
        process.stdin.close()  # type: ignore[union-attr]


def _pages_folder(home: Path) -> dict[str, str]:
    """Where Prefect's pages are unpacked: its own folder, or the home where that is read-only."""
    prefect = find_spec("prefect")
    if prefect is None or PAGES in os.environ:
        return {}
    is_open = os.access(Path(str(prefect.origin)).parent / "server", os.W_OK)
    return {} if is_open else {PAGES: str(home.resolve() / "pages")}


def address_of(home: Path) -> str:
    """Where the Prefect of a site's home is: as the environment says, or where its own child is."""
    return os.environ.get("PREFECT_API_URL", "") or _known_url(home / "prefect")


def _address(port: int) -> list[str]:
    return ["--host", "127.0.0.1", "--port", str(port)]


def _known_url(home: Path) -> str:
    return str(_known(home).get("api_url", ""))


def _has_its_port(home: Path) -> bool:
    """Whether the home's own server, not another's, is what answers at its address."""
    try:
        bound = (home / BOUND).read_text(encoding="ascii")
    except OSError:
        return False
    return bound == str(_known(home).get("pid", ""))


def _known(home: Path) -> dict[str, object]:
    try:
        found = json.loads((home / "server.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _free_port(wished: int) -> int:
    """The port wished for, so that clients and bookmarks keep working, or else a free one."""
    for port in (wished, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("没有空闲的端口")
