"""The schedule of one process: APScheduler only ticks; what is due lies in rows.

A tick may be missed, late or double: each asks the rows. While Prefect does not answer, follow-ups
wait in theirs; reminders, mail and daily matters go on without it.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from apscheduler.schedulers.background import BackgroundScheduler

from domain.situation import CHINA
from flows.daily import daily
from flows.mail import send_mail
from flows.moment import now_at
from flows.office import Office
from flows.outbox import Queue, anything_due, queue
from flows.site_rules import in_force
from flows.sweep import sweep
from flows.ticks import Tick, note_tick, run_noted
from flows.workplace import workplace

FOLLOW_UP_SECONDS = 3
SWEEP_SECONDS = 60
MAIL_SECONDS = 30
DAILY_HOUR = 6
LATE_IS_FINE_SECONDS = 3600

log = logging.getLogger("yisong.schedule")


class Server(Protocol):
    """A Prefect server as the schedule sees it."""

    api_url: str

    def start(self) -> None:
        """Begins to start it, if it is ours to start."""

    def keep_up(self) -> bool:
        """Whether it answers now."""

    def stop(self) -> None:
        """Ends it, if it is ours."""


@dataclass(frozen=True)
class Standing:
    """How the machinery stands: Prefect in words, and what waits."""

    prefect: str
    queue: Queue

    def __str__(self) -> str:
        waits = f"待办{self.queue.due}项，定时{self.queue.later}项，处理中{self.queue.leased}项"
        return f"Prefect{self.prefect}；后续事项：{waits}，搁置{self.queue.parked}项"


Drain = Callable[[Office], str]


def drain_now(office: Office) -> str:
    """Hands every follow-up that is due to the Prefect flows; what they did, in words."""
    # Prefect takes seconds to import, and only who runs flows should pay for it.
    from flows.followups import drain  # noqa: PLC0415
    from flows.heartbeats import watch_once  # noqa: PLC0415

    async def work() -> str:
        await watch_once(os.environ.get("PREFECT_API_URL", ""))
        return str(await drain(now_at(office)))

    with workplace(office):
        return asyncio.run(work())


@dataclass
class Schedule:
    """The ticks of one process; without a server nothing is handed to Prefect."""

    office: Office
    server: Server | None
    drain: Drain = drain_now
    answers: bool = False
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

    def start(self) -> None:
        """Starts the server in the background and ticks at once, without waiting for it."""
        # A tick that finds the one before it still at work is no news: the rows tell what is due.
        logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
        now = datetime.now(UTC)
        self._add("remind", self.remind, seconds=SWEEP_SECONDS, next_run_time=now)
        self._add("every_day", self.every_day, hours=24, next_run_time=now)
        self._ticks.add_job(
            self._noted, "cron", args=["every_day", self.every_day], hour=DAILY_HOUR
        )
        if self.office.settings.smtp_host:
            self._add("post", self.post, seconds=MAIL_SECONDS, next_run_time=now)
        if self.server is not None:
            self.server.start()
            self._add("follow_up", self.follow_up, seconds=FOLLOW_UP_SECONDS, next_run_time=now)
        self._ticks.start()

    def _add(self, name: str, work: Callable[[], str], **when: object) -> None:
        self._ticks.add_job(self._noted, "interval", args=[name, work], id=name, **when)

    def _noted(self, name: str, work: Callable[[], str]) -> str:
        """A tick, written down for whoever looks after the site."""
        return run_noted(self.office, name, work, partial(self._next, name))

    def _next(self, name: str) -> datetime | None:
        job = self._ticks.get_job(name)
        return job.next_run_time if job is not None else None

    def stop(self) -> None:
        """Lets running ticks end, then stops the server."""
        if self._ticks.running:
            self._ticks.shutdown(wait=True)
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
        return _logged(self.drain(self._now_in_force()))

    def remind(self) -> str:
        """The reminder ladders, without Prefect."""
        return _logged(str(sweep(self._now_in_force(), now_at(self.office))))

    def post(self) -> str:
        """The mail, without Prefect."""
        return _logged(str(send_mail(self._now_in_force(), now_at(self.office))))

    def every_day(self) -> str:
        """What is done once a day, without Prefect; twice changes nothing."""
        done = daily(self._now_in_force(), now_at(self.office))
        return _logged(f"重新计算期限{done.recomputed}个，放假安排提醒{done.warned}条")

    def _now_in_force(self) -> Office:
        """The office with what its administrators changed since the last tick."""
        return in_force(self.office, now_at(self.office))

    def standing(self) -> Standing:
        """How it stands now."""
        words = (
            "未启用" if self.server is None else "可用" if self.answers else "启动中或者连接不上"
        )
        return Standing(words, queue(self.office, now_at(self.office)))


def _logged(words: str) -> str:
    log.info(words)
    return words
