"""What the site has Prefect look for is taken from the tables, and clients beat often enough."""

from datetime import timedelta
from pathlib import Path

from prefect.events.schemas.automations import EventTrigger, Posture

from domain.rulebook.rulebook import Rulebook
from flows.running.alarms import (
    BEAT,
    SILENT_FOR,
    WORKER_SILENT_FOR,
    alarms,
    dead_runs,
    missing_receipts,
)
from flows.running.prefect_server import BEATS, ChildServer, SharedServer
from flows.running.work_events import ALIVE_EVERY


def trigger_of(one: object) -> EventTrigger:
    found = one.trigger  # type: ignore[attr-defined]
    assert isinstance(found, EventTrigger)
    return found


def test_a_receipt_is_awaited_from_every_step_that_opens_its_limit(rules: Rulebook) -> None:
    trigger = trigger_of(missing_receipts(rules))

    assert trigger.posture is Posture.Proactive
    assert trigger.after == {"yisong.referral.deliver", "yisong.referral.forward"}
    assert "yisong.referral.receipt" in trigger.expect
    assert len({one.name for one in alarms(rules)}) == 4


def test_every_end_of_a_run_is_an_end_of_its_heartbeats() -> None:
    expected = trigger_of(dead_runs()).expect

    for end in ("Completed", "Failed", "Cancelled", "Crashed"):
        assert f"prefect.flow-run.{end}" in expected
    assert BEAT in expected


def test_clients_beat_often_enough(tmp_path: Path) -> None:
    beat = timedelta(seconds=int(BEATS["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]))

    assert 3 * beat < SILENT_FOR
    assert timedelta(seconds=2 * ALIVE_EVERY) < WORKER_SILENT_FOR
    for server in (SharedServer("http://127.0.0.1:1/api"), ChildServer(tmp_path)):
        assert BEATS.items() <= server.environment().items()
