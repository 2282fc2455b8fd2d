"""Which process keeps the time of a site: one at a time, the others stand by.

A lease in the database says which; it is renewed while its holder lives and is soon over when he
does not. It is kept by a clock that nobody sets back.
"""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import col, select

from domain.tables.site import SiteLease
from flows.site.office import Office
from flows.site.store import reading, transaction

NAME = "schedule"
LEASE = timedelta(seconds=60)
LONGEST = timedelta(seconds=180)
"""No lease is longer: one that ends later was taken before the clock was set back."""
RENEWED_EVERY = 15.0
ONE_DAY = timedelta(days=1)

log = logging.getLogger("yisong.schedule")


def this_process() -> str:
    """This process, as leases name it."""
    return f"{socket.gethostname()}-{os.getpid()}"


def hold(
    office: Office, holder: str, now: datetime, name: str = NAME, lasts: timedelta = LEASE
) -> str:
    """Takes or renews the lease; the name of the other process that has it, or nothing."""
    query = select(SiteLease).where(col(SiteLease.name) == name).with_for_update()
    with transaction(office.engine) as session:
        row = session.exec(query).one_or_none()
        is_over = row is not None and not now < row.until <= now + LONGEST
        if row is not None and row.holder != holder and not is_over:
            return row.holder
        session.merge(SiteLease(name=name, holder=holder, until=now + lasts))
    return ""


def keeper_of(office: Office, now: datetime) -> str:
    """The process that keeps the time now; empty where none does."""
    with reading(office.engine) as session:
        row = session.get(SiteLease, NAME)
    return row.holder if row is not None and now < row.until <= now + LONGEST else ""


def let_go(office: Office, holder: str, name: str = NAME) -> None:
    """Ends the lease at once, if the holder has it."""
    with transaction(office.engine) as session:
        row = session.get(SiteLease, name)
        if row is not None and row.holder == holder:
            session.delete(row)


def bring_forward(ticks: BackgroundScheduler) -> None:
    """Jobs that wait for a moment far ahead, since the clock was set back, begin anew."""
    now = datetime.now(UTC)
    for job in ticks.get_jobs():
        trigger = job.trigger
        length = trigger.interval if isinstance(trigger, IntervalTrigger) else ONE_DAY
        if job.next_run_time is not None and job.next_run_time > now + 2 * length:
            job.modify(next_run_time=now)


@dataclass
class Timekeeper:
    """Keeps the lease of one process; `each_time` is called whenever it was looked after."""

    office: Office
    each_time: Callable[[], None]
    holder: str = field(default_factory=this_process)
    other: str = ""
    _mine_until: float = 0.0
    _halted: threading.Event = field(default_factory=threading.Event)

    def start(self) -> None:
        """Asks for the lease at once, and again and again in a thread."""
        self._look()
        threading.Thread(target=self._keep, name="timekeeper", daemon=True).start()

    def is_mine(self) -> bool:
        """Whether this process keeps the time now."""
        return time.monotonic() < self._mine_until

    def stop(self) -> None:
        """Lets another begin at once."""
        self._halted.set()
        if self.is_mine():
            self._mine_until = 0.0
            try:
                let_go(self.office, self.holder)
            except (DBAPIError, PoolTimeout) as fault:
                log.warning("the lease is left to end by itself: %s", fault)

    def _keep(self) -> None:
        while not self._halted.wait(RENEWED_EVERY):
            self._look()
            self.each_time()

    def _look(self) -> None:
        asked = time.monotonic()
        try:
            self.other = hold(self.office, self.holder, datetime.now(UTC))
        except (DBAPIError, PoolTimeout) as fault:
            # Nobody else can take it either; what was taken before lasts to its end.
            log.warning("the lease could not be renewed: %s", fault)
            return
        self._mine_until = 0.0 if self.other else asked + LEASE.total_seconds()
