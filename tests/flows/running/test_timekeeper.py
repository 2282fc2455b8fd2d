"""One process keeps the time of a site; a second one stands by and says so."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.interval import IntervalTrigger

from flows import schedule as module
from flows.afterwards.schedule_log import ticks
from flows.running.deployed_ticks import tick
from flows.running.timekeeper import (
    LEASE,
    LONGEST,
    Timekeeper,
    bring_forward,
    hold,
    let_go,
)
from flows.schedule import Schedule
from flows.site.moment import SteadyClock
from flows.site.office import Office
from flows.site.store import reading

NOW = datetime(2026, 5, 11, 8, 0, tzinfo=UTC)


def test_the_first_has_it_and_the_second_is_told_who(any_office: Office) -> None:
    assert hold(any_office, "first", NOW) == ""
    assert hold(any_office, "second", NOW) == "first"
    assert hold(any_office, "first", NOW + LEASE / 2) == ""
    assert hold(any_office, "second", NOW + LEASE) == "first"


def test_a_holder_that_is_silent_or_leaves_is_followed(any_office: Office) -> None:
    hold(any_office, "first", NOW)

    assert hold(any_office, "second", NOW + LEASE) == ""
    let_go(any_office, "first")
    assert hold(any_office, "third", NOW + LEASE) == "second"
    let_go(any_office, "second")
    assert hold(any_office, "third", NOW + LEASE) == ""


def test_a_lease_from_before_the_clock_was_set_back_holds_nobody(any_office: Office) -> None:
    hold(any_office, "first", NOW + timedelta(hours=2))

    assert hold(any_office, "second", NOW) == ""


def test_a_second_schedule_stands_by_and_takes_over(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(Schedule, "remind", lambda self: done.append(self._keeper.holder) or "")
    monkeypatch.setattr(Schedule, "every_day", lambda self: "")
    monkeypatch.setattr(module, "SWEEP_SECONDS", 1)
    first, second = Schedule(office, None), Schedule(office, None)
    first._keeper.holder, second._keeper.holder = "first", "second"
    first.start()
    second.start()
    time.sleep(2.5)

    assert set(done) == {"first"}
    assert "另一进程（first）" in str(second.standing())
    assert "待命" not in str(first.standing())

    first.stop()
    done.clear()
    second._keeper._look()
    time.sleep(2.5)
    second.stop()

    assert set(done) == {"second"}


def test_deployments_and_a_schedule_never_do_the_same(office: Office) -> None:
    """Whoever was first has it; the other takes over when that one is gone."""
    now, done = datetime.now(UTC), []

    def work() -> str:
        done.append("提醒")
        return "提醒1条"

    hold(office, "host-1", now)
    skipped = tick(office, "remind", work)
    let_go(office, "host-1")

    assert (skipped, done) == ("由host-1运行，本次不办", [])
    assert tick(office, "remind", work) == "提醒1条"
    assert hold(office, "host-1", now + LEASE) == "Prefect 部署"
    with reading(office.engine) as session:
        assert [(one.name, one.words) for one in ticks(session)] == [("remind", "提醒1条")]
    assert hold(office, "host-1", datetime.now(UTC) + LONGEST) == ""


def test_a_clock_set_back_lets_no_part_wait_for_the_old_time(office: Office) -> None:
    schedule = Schedule(office, None)
    schedule.start()
    [job] = [one for one in schedule._ticks.get_jobs() if one.id == "remind"]
    assert isinstance(job.trigger, IntervalTrigger)
    job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=2))

    bring_forward(schedule._ticks)

    soon = schedule._ticks.get_job("remind").next_run_time
    schedule.stop()
    assert soon < datetime.now(UTC) + timedelta(minutes=2)


def test_a_keeper_that_was_never_started_keeps_nothing(office: Office) -> None:
    assert not Timekeeper(office, lambda: None).is_mine()


def test_a_clock_that_ran_a_year_ahead_stops_the_schedule_until_it_is_right(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    wall, own = [1_000.0], [5.0]
    schedule = Schedule(office, None, clock=SteadyClock(lambda: wall[0], lambda: own[0]))
    schedule._keeper.is_mine = lambda: True  # type: ignore[method-assign]
    done: list[str] = []

    def tick() -> int:
        schedule._noted("remind", lambda: done.append("done") or "")
        return len(done)

    own[0], wall[0] = 200_005.0, 201_000.0
    assert tick() == 1, "a machine that slept two days is no fault"
    wall[0] += 365 * 86_400
    assert tick() == 1
    assert "快进了约365天" in caplog.text
    wall[0] -= 365 * 86_400
    assert tick() == 2, "corrected"
    wall[0] -= 7200
    assert tick() == 3, "set back"
