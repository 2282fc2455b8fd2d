"""A real Prefect server and real processes: what is told, what is raised, what a death leaves."""

import asyncio
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from prefect import flow, get_client
from prefect.client.orchestration import PrefectClient
from prefect.events import Event
from prefect.events.actions import ChangeFlowRunState, DoNothing
from prefect.events.filters import EventFilter, EventNameFilter
from prefect.states import Running
from typer.testing import CliRunner

from cli.main import app
from flows.afterwards.outbox import LEASE, queue
from flows.afterwards.step_notes import anything_untold, told_upto
from flows.running.alarms import BEAT, RUN, alarms, dead_runs, dead_workers, register
from flows.running.own_process import own_environment
from flows.running.prefect_server import ChildServer
from flows.running.step_events import Teller, send
from flows.running.step_reading import read_steps
from flows.running.work_events import ALIVE, worker_event
from flows.schedule import FOLLOW_UP_SECONDS
from flows.site.moment import now_at, set_moment
from tests.helpers.by_hand import inbox
from tests.helpers.story import ACCEPTED, Story

pytestmark = [
    pytest.mark.flow,
    pytest.mark.usefixtures("prefect_server"),
    # Prefect's own server and client, not this project.
    pytest.mark.filterwarnings("ignore"),
]
SHORTEST = timedelta(seconds=10)
"""Prefect waits at least so long for what should come."""
LONGEST = 90.0
"""Seconds until a busy machine has looked."""
WORKER = """
from datetime import timedelta
from flows.afterwards import outbox
outbox.LEASE = timedelta(seconds=6)
import os, signal, threading
from pathlib import Path
from flows import followups
followups.RENEWED_EVERY = 1.0
from flows import schedule
schedule.FOLLOW_UP_SECONDS = 1
from flows.running.prefect_server import SharedServer
from flows.schedule import Schedule
from tests.helpers.office import open_test_office
stopped = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: stopped.set())
office = open_test_office(Path(os.environ["YISONG_HOME"]))
schedule = Schedule(office, SharedServer(os.environ["PREFECT_API_URL"]))
schedule.start()
stopped.wait()
schedule.stop()
"""
"""What `yisong run` does, with leases that end sooner, so that nobody waits for them."""
CLUES = 6


def test_a_clue_is_read_in_prefect_from_its_registration_to_its_end(
    story: Story, prefect_child: ChildServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.walk("dismiss", "archive")

    assert asyncio.run(Teller(story.office).all(LONGEST))

    row = story.row()
    events = asyncio.run(read_steps(row.no))
    own = [one.event for one in events if one.event.startswith("yisong.clue.")]
    assert (own[0], own[-1]) == ("yisong.clue.register", "yisong.clue.archive")
    assert [one.payload["seq"] for one in events] == sorted(one.payload["seq"] for one in events)
    monkeypatch.setenv("PREFECT_API_URL", prefect_child.api_url)
    monkeypatch.setattr("cli.running.steps.office", lambda ctx: story.office)
    shown = CliRunner().invoke(app, ["steps", row.no]).output
    assert shown.index("登记") < shown.index("签收") < shown.index("归档")
    [life] = asyncio.run(artifacts(row.no))
    whole = "".join([*(one.model_dump_json() for one in events), life])
    assert "登记" in life and life.rstrip().splitlines()[-1].count("已归档") == 1
    for word in (row.title, row.content, row.subject_name, row.subject_phone, "u-handler"):
        assert not word or word not in whole


async def artifacts(no: str) -> list[str]:
    async with get_client() as client:
        wanted = {"artifacts": {"key": {"any_": [no.lower()]}}}
        found = await client.request("POST", "/artifacts/filter", json=wanted)
        return [one["data"] for one in found.json()]


def test_what_was_told_and_not_marked_is_told_again_and_kept_once(story: Story) -> None:
    """The process that told it died before it heard that all was stored."""
    story.walk("register")  # the first number is that of another test's clue
    story.walk(*ACCEPTED)
    assert asyncio.run(Teller(story.office).look()) > 0
    assert told_upto(story.office) == 0

    assert asyncio.run(Teller(story.office).all(LONGEST))

    events = asyncio.run(read_steps(story.row().no))
    steps = [one.payload["seq"] for one in events]
    assert len(set(steps)) == len(steps) > 0
    assert not anything_untold(story.office)


def test_alarms_are_registered_once_and_what_a_site_set_for_them_stays(story: Story) -> None:
    wanted = alarms(story.office.rules)
    own = ChangeFlowRunState(state="CANCELLED")

    async def registered() -> list[int]:
        await register(*wanted)
        async with get_client() as client:
            [known] = await client.read_automations_by_name(dead_workers().name)
            changed = dead_workers().model_copy(update={"actions": [own]})
            await client.update_automation(known.id, changed)
            await register(*wanted)
            [kept] = await client.read_automations_by_name(dead_workers().name)
            assert not any(isinstance(one, DoNothing) for one in kept.actions)
            return [len(await client.read_automations_by_name(one.name)) for one in wanted]

    assert asyncio.run(registered()) == [1, 1, 1, 1]


@flow(name="心跳")
async def beating() -> None:
    """Never called: its runs are made by hand."""


@pytest.mark.slow
def test_silent_runs_and_workers_are_raised_and_beating_runs_left_alone() -> None:
    async def watched() -> tuple[str, str, bool]:
        await register(dead_runs(SHORTEST), dead_workers(SHORTEST))
        async with get_client() as client:
            silent, alive = [
                (await client.create_flow_run(beating, state=Running())).id for _ in range(2)
            ]
            await send(client, [beat(silent), worker_event(ALIVE)])
            until = time.monotonic() + LONGEST
            raised = False
            while time.monotonic() < until:
                await send(client, [beat(alive)])
                await asyncio.sleep(1)
                raised = raised or await was_raised(client, dead_workers().name)
                if raised and await state(client, silent) != "Running":
                    break
            return await state(client, silent), await state(client, alive), raised

    assert asyncio.run(watched()) == ("Crashed", "Running", True)


def beat(run_id: object) -> Event:
    return Event.model_validate({"event": BEAT, "resource": {RUN: f"prefect.flow-run.{run_id}"}})


async def state(client: PrefectClient, run_id: object) -> str:
    found = await client.read_flow_run(run_id)  # type: ignore[arg-type]
    return found.state.name if found.state and found.state.name else ""


async def was_raised(client: PrefectClient, name: str) -> bool:
    fired = EventNameFilter(name=["prefect.automation.triggered"])
    page = await client.read_events(EventFilter(event=fired), limit=50)
    return any(one.resource.get("prefect.resource.name") == name for one in page.events)


class Platform(BaseHTTPRequestHandler):
    """The 12345 platform, which takes its time and notes what it was sent."""

    keys: ClassVar[Counter[str]] = Counter()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.keys[str(self.headers["Idempotency-Key"])] += 1
        time.sleep(1.0)
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def platform() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Platform)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def waited_for(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + LONGEST
    while not (found := what()) and time.monotonic() < until:
        time.sleep(0.3)
    return found


@pytest.mark.slow
def test_rows_of_a_killed_worker_are_done_by_the_other_once_each(
    story: Story, platform: str, prefect_child: ChildServer
) -> None:
    for number in range(CLUES):
        story.does("register", outside_no=f"GD{number}")
        story.does("dispatch")
    set_moment(story.office, story.now)
    environment = {
        **own_environment(),
        "YISONG_HOME": str(story.office.settings.home),
        "YISONG_WRITE_BACK_URL": platform,
        "PREFECT_API_URL": prefect_child.api_url,
    }
    command = [sys.executable, "-c", WORKER]
    workers = [subprocess.Popen(command, env=environment) for _ in range(2)]
    try:
        assert waited_for(lambda: bool(Platform.keys))
        [holder] = queue(story.office, now_at(story.office)).holders
        [killed] = [one for one in workers if holder.endswith(f"-{one.pid}")]
        killed.kill()
        killed.wait()
        done = waited_for(lambda: is_done(story))
    finally:
        for one in workers:
            one.terminate()
            one.wait()

    assert done
    assert len(Platform.keys) == CLUES
    # The platform may have heard a key whose sender was killed before he noted the answer.
    assert sum(Platform.keys.values()) <= CLUES + 4
    assert len(inbox(story, "letter")) == 1
    assert LEASE + timedelta(seconds=FOLLOW_UP_SECONDS) < timedelta(seconds=60)


def is_done(story: Story) -> bool:
    found = queue(story.office, now_at(story.office))
    return found.due == found.leased == found.parked == 0
