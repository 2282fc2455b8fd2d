"""Many requests at once on one process, and a database that is held by another."""

import gc
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from cli.running.serve import prompt_socket
from flows.site import store
from flows.site.office import Office
from flows.site.store import transaction
from tests.helpers.haste.replay import taken_in_earnest
from tests.helpers.office import build_office
from tests.helpers.story import Story
from tests.web.conftest import OWN, Clock, Workbench
from web.request.desk import COOKIE
from web.worker import app as worker

pytestmark = pytest.mark.early

AT_ONCE, EACH = 50, 4
PAGES = ("/clues", "/messages", "/", "/rules")


@pytest.fixture(params=["sqlite", "postgresql"])
def crowded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workbench]:
    """A workbench on either database with a clue in it."""
    url = request.getfixturevalue("pg_url") if request.param == "postgresql" else ""
    office = build_office(tmp_path, url)
    yield _bench(office)
    office.engine.dispose()


def _bench(office: Office) -> Workbench:
    bench = Workbench(office, Clock(), Story(office))
    bench.walk("register", "dispatch")
    return bench


@contextmanager
def _listening(bench: Workbench) -> Iterator[str]:
    config = uvicorn.Config(bench.app, port=0, log_level="warning")
    server = uvicorn.Server(config)
    listening = config.bind_socket()
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    while not server.started:
        time.sleep(0.05)
    with taken_in_earnest():
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


def test_fifty_at_once_are_all_answered(crowded: Workbench) -> None:
    """Sixteen at once used to wait for each other's connections until they failed."""
    token = crowded.at("principal").cookies[COOKIE]
    trusted = httpx.create_ssl_context()  # once: fifty of them take longer than their pages

    def ask(number: int) -> list[int]:
        cookies = {COOKIE: token}
        with httpx.Client(base_url=base, cookies=cookies, timeout=180, verify=trusted) as client:
            return [client.get(PAGES[(number + n) % len(PAGES)]).status_code for n in range(EACH)]

    with _listening(crowded) as base, ThreadPoolExecutor(AT_ONCE) as people:
        found = [status for one in people.map(ask, range(AT_ONCE)) for status in one]

    assert found == [200] * AT_ONCE * EACH


def test_half_sent_forms_stop_nobody(crowded: Workbench) -> None:
    """Who sends slowly holds neither connection nor turn."""
    token = crowded.at("principal").cookies[COOKIE]
    head = (
        f"POST /clues/import HTTP/1.1\r\nHost: x\r\nCookie: {COOKIE}={token}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Content-Length: 1000\r\n\r\na="
    )
    with _listening(crowded) as base:
        alone = httpx.get(f"{base}/clues", cookies={COOKIE: token}, timeout=60)
        port = int(base.rsplit(":", 1)[1])
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(40)]
        for one in slow:
            one.sendall(head.encode())
        began = time.monotonic()
        answer = httpx.get(f"{base}/clues", cookies={COOKIE: token}, timeout=60)
        took = time.monotonic() - began
        for one in slow:
            one.close()

    assert answer.status_code == 200
    assert took < 10
    assert "connection" not in alone.headers
    assert answer.headers["connection"] == "close", "the next is for a process with nothing to do"


def test_a_held_write_lock_is_a_polite_answer_and_reading_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "BUSY_MILLISECONDS", 300)
    office = build_office(tmp_path)
    bench = _bench(office)
    person = bench.at("principal")
    assert person.get("/messages").status_code == 200
    bench.clock.pass_(minutes=5)

    with transaction(office.engine) as other:
        other.connection()
        read = person.get("/clues")
        refused = person.post("/account/sessions", headers=OWN)
    again = person.post("/account/sessions", headers=OWN)
    office.engine.dispose()

    assert read.status_code == 200
    assert again.status_code in (200, 303)
    assert refused.status_code == 503
    assert "没有保存任何改动" in refused.text
    assert refused.headers["Retry-After"] == "5"


def test_several_processes_answer_at_once() -> None:
    """Connections inherit from the socket listened on that nothing is kept back."""
    listening = prompt_socket(uvicorn.Config("web.worker:app", port=0))
    listening.listen()
    with listening, socket.create_connection(listening.getsockname()):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_web_process_does_not_search_what_it_loaded_for_garbage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_office(tmp_path).engine.dispose()
    monkeypatch.setenv("YISONG_HOME", str(tmp_path))
    made = worker()

    assert not any(one is made for one in gc.get_objects())
    made.state.office.engine.dispose()
