"""The schedule of a process: it ticks, ends within seconds, and finds a server that has moved."""

import asyncio
import os
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import pytest

from domain.situation.situation import CHINA
from flows.drains import _until as until_halted
from flows.drains import drain_now
from flows.running.standing import Server
from flows.schedule import DAILY_HOUR, Schedule
from flows.site.office import Office

LONG = 600.0
SOON = 120.0
"""Far less than what the schedule must not wait for; a busy machine needs some of it."""


class Answering:
    """A Prefect server that answers at an address that may change."""

    def __init__(self, api_url: str = "") -> None:
        self.api_url = api_url
        self.is_stopped = False

    def start(self) -> None:
        """Nothing."""

    def keep_up(self) -> bool:
        return True

    def environment(self) -> Mapping[str, str]:
        return {"PREFECT_API_URL": self.api_url}

    def stop(self) -> None:
        self.is_stopped = True


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """What a tick that never ends waits for, until its test has."""
    event = threading.Event()
    yield event
    event.set()


def _ends_soon(schedule: Schedule) -> bool:
    stopping = threading.Thread(target=schedule.stop, daemon=True)
    stopping.start()
    stopping.join(SOON)
    return not stopping.is_alive()


def test_a_tick_at_work_ends_and_is_noted_before_the_server_is_stopped(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = threading.Event()
    server = Answering()
    schedule = Schedule(office, server)

    def remind() -> str:
        begun.set()
        assert schedule._halted.wait(LONG)
        assert not server.is_stopped
        return "提醒0条"

    monkeypatch.setattr(schedule, "remind", remind)
    schedule.start()
    assert begun.wait(LONG)

    assert _ends_soon(schedule)
    assert schedule._at_work == 0
    assert server.is_stopped


def test_a_tick_that_does_not_end_holds_up_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, released: threading.Event
) -> None:
    monkeypatch.setattr("flows.schedule.STOP_SECONDS", 0.2)
    begun = threading.Event()

    def drain(office: Office, server: Server, halted: threading.Event) -> str:
        begun.set()
        released.wait(LONG)
        return ""

    monkeypatch.setattr("flows.schedule.anything_due", lambda *_: True)
    server = Answering()
    schedule = Schedule(office, server, drain)
    schedule.start()
    assert begun.wait(LONG)

    assert _ends_soon(schedule)
    assert server.is_stopped
    released.set()
    with schedule._ended:
        assert schedule._ended.wait_for(lambda: schedule._at_work == 0, LONG)


def test_work_in_flows_is_broken_off_when_the_schedule_stops() -> None:
    halted, put_back = threading.Event(), []

    async def work() -> str:
        halted.set()
        try:
            await asyncio.sleep(LONG)
        finally:
            await asyncio.sleep(0)
            put_back.append("lease")
        return "完成"

    assert "已停止" in asyncio.run(until_halted(halted, work()))
    assert put_back == ["lease"]


def test_daily_matters_are_done_at_once_and_then_every_morning(office: Office) -> None:
    schedule = Schedule(office, None)
    schedule._ticks.start(paused=True)
    schedule._ticks.start = lambda: None  # type: ignore[method-assign]
    before = datetime.now(UTC)
    schedule.start()
    after = datetime.now(UTC)

    daily = [one for one in schedule._ticks.get_jobs() if one.args[0] == "every_day"]
    schedule.stop()

    assert len(daily) == 1
    assert before <= daily[0].next_run_time <= after
    noon = datetime(2026, 5, 1, 12, tzinfo=CHINA)
    following = daily[0].trigger.get_next_fire_time(noon, noon)
    assert following == datetime(2026, 5, 2, DAILY_HOUR, tzinfo=CHINA)


@pytest.mark.flow
def test_flows_go_to_the_server_where_it_is_now(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.settings import PREFECT_API_URL  # noqa: PLC0415

    from flows.followups import Drained  # noqa: PLC0415

    heard: list[str | None] = []

    async def work_off(now: datetime) -> Drained:
        heard.append(PREFECT_API_URL.value())
        return Drained()

    async def register_once(api_url: str, rules: object) -> None:
        heard.append(api_url)

    async def tell_alive() -> None:
        """Nobody hears it."""

    monkeypatch.setattr("flows.followups.work_off", work_off)
    monkeypatch.setattr("flows.running.alarms.register_once", register_once)
    monkeypatch.setattr("flows.running.work_events.tell_alive", tell_alive)
    monkeypatch.setenv("PREFECT_API_URL", "")
    server = Answering("http://127.0.0.1:1/api")
    drain_now(office, server, threading.Event())
    server.api_url = "http://127.0.0.1:2/api"
    drain_now(office, server, threading.Event())

    assert heard == [*["http://127.0.0.1:1/api"] * 2, *["http://127.0.0.1:2/api"] * 2]
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:2/api"
