"""A run whose process was killed with -9 is told as crashed, and one that lives is left alone."""

import asyncio
import time
from datetime import timedelta
from uuid import UUID

import pytest
from prefect import flow, get_client
from prefect.client.orchestration import PrefectClient
from prefect.events import emit_event
from prefect.events.worker import EventsWorker
from prefect.states import Running

from flows.running.prefect_server import BEATS, ChildServer, SharedServer
from flows.running.run_heartbeats import (
    BEAT,
    NAME,
    RUN,
    SILENT_FOR,
    automation,
    watch_heartbeats,
    watch_once,
)

pytestmark = [
    pytest.mark.flow,
    pytest.mark.usefixtures("prefect_server"),
    # Prefect's own server and client, not this project.
    pytest.mark.filterwarnings("ignore"),
]
SHORTEST = timedelta(seconds=10)
"""Prefect waits at least so long for what should come."""
LONGEST = 180.0
"""Seconds until a busy machine has looked."""


@flow(name="心跳")
async def beating() -> None:
    """Never called: its runs are made by hand."""


async def states() -> tuple[str, str]:
    """A run that beats once and one that goes on beating, when the first is told as ended."""
    async with get_client() as client:
        silent, alive = [
            (await client.create_flow_run(beating, state=Running())).id for _ in range(2)
        ]
        _beat(silent)
        until = time.monotonic() + LONGEST
        while time.monotonic() < until:
            _beat(alive)
            await asyncio.sleep(1)
            if await _state(client, silent) != "Running":
                break
        return await _state(client, silent), await _state(client, alive)


async def _state(client: PrefectClient, run_id: UUID) -> str:
    found = await client.read_flow_run(run_id)
    return found.state.name if found.state and found.state.name else ""


def _beat(run_id: UUID) -> None:
    emit_event(BEAT, resource={RUN: f"prefect.flow-run.{run_id}"})
    EventsWorker.instance().wait_until_empty()


@pytest.mark.slow
def test_silent_run_is_told_as_crashed_and_a_beating_one_is_left_alone() -> None:
    async def both() -> tuple[str, str]:
        await watch_heartbeats(SHORTEST)
        return await states()

    assert asyncio.run(both()) == ("Crashed", "Running")


def test_automation_is_registered_once_however_often_it_is_asked_for() -> None:
    async def registered() -> list[timedelta]:
        for _ in range(2):
            await watch_heartbeats()
        await watch_once("http://prefect.invalid/api")
        async with get_client() as client:
            found = await client.read_automations_by_name(NAME)
            return [one.trigger.within for one in found]  # type: ignore[union-attr]

    assert asyncio.run(registered()) == [SILENT_FOR]


def test_every_end_of_a_run_is_an_end_of_its_heartbeats() -> None:
    expected = automation().trigger.expect  # type: ignore[union-attr]

    for end in ("Completed", "Failed", "Cancelled", "Crashed"):
        assert f"prefect.flow-run.{end}" in expected
    assert BEAT in expected


def test_clients_beat_often_enough(tmp_path) -> None:  # type: ignore[no-untyped-def]
    beat = timedelta(seconds=int(BEATS["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]))

    assert 3 * beat < SILENT_FOR
    for server in (SharedServer("http://127.0.0.1:1/api"), ChildServer(tmp_path)):
        assert BEATS.items() <= server.environment().items()
