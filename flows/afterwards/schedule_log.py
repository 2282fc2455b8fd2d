"""The log of the schedule: each part notes when it ran and how, for whoever looks after a site."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from domain.tables.site import TickNote
from flows.site.moment import now_at
from flows.site.office import Office
from flows.site.store import reading, transaction

NOTED_EVERY = timedelta(seconds=30)
"""A part that runs every few seconds and has no news is written down this often at most."""
FAILED = "出错，详见日志"
NAMES = {
    "prefect": "Prefect 连接",
    "follow_up": "后续事项",
    "remind": "提醒督办",
    "post": "邮件",
    "every_day": "每日事项",
    "hourly": "链尾和核对",
}
OFTEN = {
    "prefect": timedelta(minutes=5),
    "follow_up": timedelta(minutes=30),
    "remind": timedelta(minutes=10),
    "post": timedelta(minutes=10),
    "every_day": timedelta(hours=26),
    "hourly": timedelta(hours=2),
}
"""How long a part may be silent before somebody should look."""


@dataclass(frozen=True)
class Tick:
    """A part of the schedule that has just run."""

    name: str
    went_well: bool
    words: str = ""
    next_at: datetime | None = None


def note_tick(office: Office, tick: Tick) -> None:
    """Writes down how a part of the schedule went, unless that was just written down."""
    now = now_at(office)
    with reading(office.engine) as session:
        known = session.get(TickNote, tick.name)
    same = known is not None and known.went_well == tick.went_well
    if known and same and timedelta(0) <= now - known.ran_at < NOTED_EVERY:
        return
    words = tick.words or (known.words if known and same else "")
    since = known.since if known and same else now
    with transaction(office.engine) as session:
        session.merge(
            TickNote(
                name=tick.name,
                ran_at=now,
                next_at=tick.next_at,
                went_well=tick.went_well,
                words=words if tick.went_well else words or FAILED,
                since=since,
            )
        )


def run_and_note(
    office: Office, name: str, work: Callable[[], str], next_at: Callable[[], datetime | None]
) -> str:
    """Runs a part of the schedule and notes how it went; an error is noted and raised on.

    `work` answers with its news in words (empty for none), `next_at` with the moment of the next
    run. The words come back.
    """
    went_well, words = False, ""
    try:
        words = work()
        went_well = True
    finally:
        note_tick(office, Tick(name, went_well, words, next_at()))
    return words


def ticks(session: Session) -> tuple[TickNote, ...]:
    """The parts of the schedule that ever ran, in the order of `NAMES`."""
    found = {one.name: one for one in session.exec(select(TickNote).order_by(col(TickNote.name)))}
    return tuple(found[name] for name in NAMES if name in found)


def is_silent(tick: TickNote, now: datetime) -> bool:
    """Whether a part has not run for longer than it should, or the clock was set back behind it."""
    return abs(now - tick.ran_at) > OFTEN[tick.name]
