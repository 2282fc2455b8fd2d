"""The schedule of one process: APScheduler only ticks; what is due lies in rows.

A tick may be missed, late or double: each asks the rows. While Prefect does not answer, follow-ups
wait in theirs; reminders, mail and daily matters go on without it.
"""

import asyncio
import logging
import os
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from domain.situation.situation import CHINA
from flows.afterwards.mail import send_mail
from flows.afterwards.outbox import anything_due, queue
from flows.afterwards.schedule_log import Tick, note_tick, run_and_note
from flows.audit.rounds import hourly
from flows.reminders.daily_tasks import daily
from flows.reminders.sweep import sweep
from flows.running.standing import Server, Standing
from flows.running.timekeeper import Timekeeper, bring_forward
from flows.site.moment import SteadyClock, now_at
from flows.site.office import Office
from flows.site.site_rules import in_force
from flows.site.workplace import workplace
from flows.warnings.raising import raise_warnings

FOLLOW_UP_SECONDS = 3
SWEEP_SECONDS = 60
MAIL_SECONDS = 30
HOURLY_SECONDS = 3600
NIGHT = (22, 23, 0, 1, 2, 3, 4, 5)
CHECK_BY_NIGHT, CHECK_BY_DAY = 1500.0, 20.0
"""Seconds of an hour in which rows and shelf are checked."""
DAILY_HOUR = 6
LATE_IS_FINE_SECONDS = 3600
STOP_SECONDS = 5.0
"""So long running ticks may go on when the schedule stops."""
LOOK_SECONDS = 0.5

log = logging.getLogger("yisong.schedule")


Drain = Callable[[Office, Server, threading.Event], str]


def drain_now(office: Office, server: Server, halted: threading.Event) -> str:
    """Hands every follow-up that is due to the Prefect flows; what they did, in words.

    Once halted, what was claimed and not done is free again.
    """
    # Its address as it is now: a server whose port was taken by another has moved.
    known = server.environment()
    os.environ.update(known)
    # Prefect takes seconds to import, and only who runs flows should pay for it.
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    from flows.followups import drain  # noqa: PLC0415
    from flows.running.run_heartbeats import watch_once  # noqa: PLC0415

    address = known.get("PREFECT_API_URL")

    async def work() -> str:
        await watch_once(address or "")
        return str(await drain(now_at(office)))

    with workplace(office), temporary_settings({PREFECT_API_URL: address} if address else {}):
        return asyncio.run(_until(halted, work()))


async def _until(halted: threading.Event, work: Coroutine[None, None, str]) -> str:
    """What the work says at its end, or that it was stopped."""
    task = asyncio.ensure_future(work)
    while not task.done() and not halted.is_set():
        await asyncio.wait({task}, timeout=LOOK_SECONDS)
    if task.done():
        return task.result()
    task.cancel()
    with suppress(asyncio.CancelledError):
        return await task
    return "已停止，未完成的留待以后处理"


@dataclass
class Schedule:
    """The ticks of one process; without a server nothing is handed to Prefect."""

    office: Office
    server: Server | None
    drain: Drain = drain_now
    answers: bool = False
    clock: SteadyClock = field(default_factory=SteadyClock)
    _keeper: Timekeeper = field(init=False)
    _halted: threading.Event = field(default_factory=threading.Event)
    _at_work: int = 0
    _ended: threading.Condition = field(default_factory=threading.Condition)
    _ticks: BackgroundScheduler = field(
        default_factory=lambda: BackgroundScheduler(
            timezone=CHINA,
            job_defaults={
                "coalesce": True,
                "max_instances": 1,
                "misfire_grace_time": LATE_IS_FINE_SECONDS,
            },
        )
    )

    def __post_init__(self) -> None:
        self._keeper = Timekeeper(self.office, partial(bring_forward, self._ticks))

    def start(self) -> None:
        """Starts the server in the background and ticks at once, without waiting for it.

        While another process of the site keeps the time, nothing is done: this one stands by.
        """
        self._keeper.start()
        # A tick that finds the one before it still at work is no news: the rows tell what is due.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        now = datetime.now(UTC)
        self._add("remind", self.remind, _every(SWEEP_SECONDS), now)
        daily_hour = CronTrigger(hour=DAILY_HOUR, timezone=CHINA)
        self._add("every_day", self.every_day, daily_hour, now)
        self._add("hourly", self.hourly, _every(HOURLY_SECONDS), now)
        if self.office.settings.smtp_host:
            self._add("post", self.post, _every(MAIL_SECONDS), now)
        if self.server is not None:
            self.server.start()
            self._add("follow_up", self.follow_up, _every(FOLLOW_UP_SECONDS), now)
        self._ticks.start()

    def _add(
        self, name: str, work: Callable[[], str], trigger: BaseTrigger, first: datetime
    ) -> None:
        self._ticks.add_job(self._noted, trigger, args=[name, work], id=name, next_run_time=first)

    def _noted(self, name: str, work: Callable[[], str]) -> str:
        """A tick, written down for whoever looks after the site."""
        if self._halted.is_set() or not self._keeper.is_mine():
            return ""
        if told := self.clock.amiss():
            log.error(told)
            return ""
        with self._counted():
            return run_and_note(self.office, name, work, partial(self._next, name))

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._ended:
            self._at_work += 1
        try:
            yield
        finally:
            with self._ended:
                self._at_work -= 1
                self._ended.notify_all()

    def _next(self, name: str) -> datetime | None:
        job = self._ticks.get_job(name)
        return job.next_run_time if job is not None else None

    def stop(self) -> None:
        """Begins nothing more, gives running ticks a few seconds to end, then stops the server.

        What a tick that went on left undone comes back when its lease ends.
        """
        self._halted.set()
        self._keeper.stop()
        if self._ticks.running:
            # Waiting here would wait for ever: it keeps a lock that a tick needs in order to end.
            self._ticks.shutdown(wait=False)
        with self._ended:
            self._ended.wait_for(lambda: self._at_work == 0, STOP_SECONDS)
        if self.server is not None:
            self.server.stop()

    def follow_up(self) -> str:
        """Due follow-ups go to the flows, or wait while Prefect does not answer."""
        if self.server is None:
            return ""
        self.answers = self.server.keep_up()
        note_tick(self.office, Tick("prefect", self.answers))
        if not self.answers or not anything_due(self.office, now_at(self.office)):
            return ""
        return _logged(self.drain(self._now_in_force(), self.server, self._halted))

    def remind(self) -> str:
        """The reminder ladders, without Prefect."""
        return _logged(str(sweep(self._now_in_force(), now_at(self.office))))

    def post(self) -> str:
        """The mail, without Prefect."""
        return _logged(str(send_mail(self._now_in_force(), now_at(self.office))))

    def every_day(self) -> str:
        """What is done once a day, without Prefect; twice changes nothing."""
        office, now = self._now_in_force(), now_at(self.office)
        done, warned = daily(office, now), raise_warnings(office, now)
        return _logged(
            f"重新计算期限{done.recomputed}个，放假安排提醒{done.warned}条，风险预警{warned.raised}件"
        )

    def hourly(self) -> str:
        """Notes the end of the record outside, looks at the shelf, and goes on with the checks."""
        now = now_at(self.office)
        hour = now.astimezone(CHINA).hour
        end = time.monotonic() + (CHECK_BY_NIGHT if hour in NIGHT else CHECK_BY_DAY)
        return _logged(hourly(self._now_in_force(), now, lambda: self._may_go_on(end)))

    def _may_go_on(self, end: float) -> bool:
        is_mine = self._keeper.is_mine() and not self._halted.is_set()
        return is_mine and time.monotonic() < end

    def _now_in_force(self) -> Office:
        """The office with what its administrators changed since the last tick."""
        return in_force(self.office, now_at(self.office))

    def standing(self) -> Standing:
        """How it stands now."""
        words = (
            "未启用" if self.server is None else "可用" if self.answers else "启动中或者连接不上"
        )
        return Standing(words, queue(self.office, now_at(self.office)), self._keeper.other)


def _every(seconds: int) -> BaseTrigger:
    return IntervalTrigger(seconds=seconds, timezone=CHINA)


def _logged(words: str) -> str:
    log.info(words)
    return words
