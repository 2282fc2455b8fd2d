"""The schedule of one process: APScheduler only ticks; what is due lies in rows.

A tick may be missed, late or double: each asks the rows. While Prefect does not answer, follow-ups
wait in theirs; reminders, mail and daily matters go on without it.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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
from flows.afterwards.step_notes import anything_untold
from flows.audit.rounds import hourly
from flows.drains import Drain, drain_now, say_end
from flows.exchange.credit_push import push_credit
from flows.papers.page_counting import packets_counted
from flows.papers.service_states import note_open_services
from flows.reminders.daily_tasks import daily
from flows.reminders.sweep import sweep
from flows.running.standing import Server, Standing
from flows.running.timekeeper import Timekeeper, bring_forward
from flows.site.moment import SteadyClock, now_at
from flows.site.office import Office
from flows.site.site_rules import in_force
from flows.visits.visit_reminders import remind_of_visits
from flows.warnings.raising import raise_warnings

FOLLOW_UP_SECONDS = 10
"""Seconds in which follow-ups gather: a run for each of them is what costs Prefect most."""
ALIVE_SECONDS = 60.0
"""So often Prefect is told that this process is at work, though nothing else is to be done."""
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

log = logging.getLogger("yisong.schedule")


@dataclass
class Schedule:
    """The ticks of one process; without a server nothing is handed to Prefect."""

    office: Office
    server: Server | None
    drain: Drain = drain_now
    answers: bool = False
    _drained: float = -ALIVE_SECONDS
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

        While another process of the site keeps the time, this one does follow-ups and no more.
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
        """A tick, written down for whoever looks after the site.

        Follow-ups are done by every process, each taking other rows; the rest by one at a time.
        """
        is_mine = name == "follow_up" or self._keeper.is_mine()
        if self._halted.is_set() or not is_mine:
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
            is_heard = self.answers and bool(self.server.api_url)
            if is_heard and self.drain is drain_now and self._drained > 0:
                say_end(self.server)
            self.server.stop()

    def follow_up(self) -> str:
        """Due follow-ups go to the flows, or wait while Prefect does not answer."""
        if self.server is None:
            return ""
        self.answers = self.server.keep_up()
        note_tick(self.office, Tick("prefect", self.answers))
        if not self.answers or not self._anything_to_do():
            return ""
        self._drained = time.monotonic()
        return _logged(self.drain(self._now_in_force(), self.server, self._halted))

    def _anything_to_do(self) -> bool:
        """Whether a follow-up is due, or Prefect has not been told of all steps, or for a minute
        not that this process is at work.
        """
        is_known = self.server is not None and bool(self.server.api_url)
        if is_known and time.monotonic() - self._drained >= ALIVE_SECONDS:
            return True
        return anything_due(self.office, now_at(self.office)) or anything_untold(self.office)

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
        reminded, pushed = remind_of_visits(office, now), push_credit(office, now)
        return _logged(
            f"{done}，检查提醒{reminded}条，风险预警{warned.raised}件，失信信息推送{pushed}条"
        )

    def hourly(self) -> str:
        """Notes what awaits its service and the end of the record, checks on, counts pages."""
        now = now_at(self.office)
        hour = now.astimezone(CHINA).hour
        end = time.monotonic() + (CHECK_BY_NIGHT if hour in NIGHT else CHECK_BY_DAY)
        office = self._now_in_force()

        def goes_on() -> bool:
            return self._may_go_on(end)

        told = (
            note_open_services(office, now, goes_on),
            hourly(office, now, goes_on),
            packets_counted(office, now),
        )
        return _logged("；".join(filter(None, told)))

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
        waiting = queue(self.office, now_at(self.office))
        return Standing(words, waiting, self._keeper.other, self.server is not None)


def _every(seconds: int) -> BaseTrigger:
    return IntervalTrigger(seconds=seconds, timezone=CHINA)


def _logged(words: str) -> str:
    if words:
        log.info(words)
    return words
