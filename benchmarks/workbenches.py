"""Workbenches to measure: `yisong serve`'s two web processes each, asked by wrk on loopback."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import httpx
from sqlmodel import Session

from benchmarks.web_worker import FLOORS
from flows.site.settings import Settings
from flows.site.store import open_store, reading
from web.request.desk import COOKIE

WORKERS, FEWEST, ASKED = 2, 8, 30
START_SECONDS, STOP_SECONDS = 60.0, 20.0
ROOT = Path(__file__).parents[1]


class NoTool(RuntimeError):
    """A program that the measurement needs is missing; says where it comes from."""


@dataclass(frozen=True)
class Answers:
    """What some answers took: each of them by the server's own clock, and CPU on average; in ms."""

    took: list[float]
    cpu: float


@dataclass(frozen=True)
class Bench:
    """A workbench that runs: where its office lies, its address, and who is signed in."""

    home: Path
    address: str
    tokens: dict[str, str]

    def page(self, chair: str, path: str) -> str:
        """A page as text; anything but a whole page is an error."""
        cookies = {COOKIE: self.tokens[chair]}
        found = httpx.get(self.address + path, cookies=cookies, timeout=60)
        if found.status_code != 200:
            raise RuntimeError(f"{chair} {path}: {found.status_code}")
        return found.text

    def ask(self, chair: str, path: str, seconds: float, connections: int) -> Answers:
        """Asks for a page again and again, until there are some answers in the log."""
        logs = {one: one.stat().st_size for one in self.logs()}
        before = sum(map(_cpu, logs))
        took: list[float] = []
        for _ in range(ASKED):
            _wrk(self.address + path, self.tokens[chair], seconds, connections)
            took = [one for log, start in logs.items() for one in _times(log, start)]
            if len(took) >= FEWEST:
                break
        else:
            raise RuntimeError(f"{path}: {len(took)} answers in {ASKED} runs of {seconds} s")
        return Answers(took, (sum(map(_cpu, logs)) - before) / len(took))

    def keep_as_floor(self, chair: str, path: str) -> str:
        """A page kept as it is now, to be answered without any work; its path."""
        folder = self.home / FLOORS
        folder.mkdir(exist_ok=True)
        name = sha256(path.encode()).hexdigest()[:12]
        (folder / name).write_text(self.page(chair, path), encoding="utf-8")
        return f"/floor/{name}"

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session that looks into the office's database."""
        engine = open_store(Settings(home=self.home).database)
        with reading(engine) as session:
            yield session
        engine.dispose()

    def logs(self) -> list[Path]:
        """The log of each process."""
        return sorted(self.home.glob("access-*.log"))


@contextmanager
def running(homes: Sequence[tuple[Path, dict[str, str]]]) -> Iterator[list[Bench]]:
    """The workbenches of some offices; they end with the block."""
    if shutil.which("wrk") is None:
        raise NoTool("wrk is missing: on Debian it is the package of that name")
    with ExitStack() as stack:
        yield [stack.enter_context(served(home, tokens)) for home, tokens in homes]


@contextmanager
def served(
    home: Path, tokens: dict[str, str], processes: int = WORKERS, database: str = ""
) -> Iterator[Bench]:
    """The workbench of one office in so many processes; it ends with the block.

    `database`: where its rows lie, if not in its home.
    """
    for one in home.glob("access-*.log"):
        one.unlink()
    port = _free_port()
    told = map(str, (port, processes, round(START_SECONDS)))
    command = [sys.executable, "-m", "benchmarks.web_server", *told]
    environment = {**os.environ, "YISONG_HOME": str(home), "YISONG_DATABASE_URL": database}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        bench = Bench(home, f"http://127.0.0.1:{port}", tokens)
        _wait_for(bench, processes)
        yield bench
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _wait_for(bench: Bench, processes: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if len(bench.logs()) == processes:
            try:
                httpx.get(bench.address + "/signin", timeout=5)
                return
            except httpx.TransportError:
                pass
        time.sleep(0.1)
    raise RuntimeError(f"the workbench of {bench.home} does not answer")


def _wrk(address: str, token: str, seconds: float, connections: int) -> None:
    options = ["-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
    headers = [f"Cookie: {COOKIE}={token}", "Accept-Encoding: gzip"]
    command = ["wrk", *options, *(part for one in headers for part in ("-H", one)), address]
    found = subprocess.run(command, capture_output=True, text=True, check=True)
    if "Non-2xx" in found.stdout:
        raise RuntimeError(f"{address} answered something else than a page:\n{found.stdout}")


def _times(log: Path, start: int) -> Iterator[float]:
    with log.open(encoding="utf-8") as lines:
        lines.seek(start)
        for line in lines:
            told = json.loads(line)
            if told["message"] == "answered" and told["method"] == "GET":
                yield float(told["ms"])


def _cpu(log: Path) -> float:
    """The CPU milliseconds that the process of a log has used."""
    pid = log.stem.rpartition("-")[2]
    told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
