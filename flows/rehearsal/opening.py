"""The demonstration's data: weeks of the rehearsal played at once, and fresh orders on the desk.

Then its clock stands on a Tuesday morning in the middle of the story, and goes on from there.
"""

import fcntl
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import col, select

from domain.situation.situation import CHINA
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.imports.clerk import Clerk
from flows.imports.order_import import import_file
from flows.rehearsal.demonstration import make_anew, written_at_the_end
from flows.rehearsal.people import person
from flows.rehearsal.play import CHANNEL, IMPORTED_AT, MAPPING, Day, cast_all, days, set_stage
from flows.rehearsal.scene import Stage
from flows.rehearsal.work_orders import DemoOrder, read_work_orders, write_work_orders
from flows.reminders.sweep import sweep
from flows.site.moment import Mark, read_mark, set_moment, write_mark
from flows.site.office import Office
from flows.site.store import reading

LAST_TOLD = date(2026, 10, 12)
FRESH_AT = datetime(2026, 10, 13, 8, 20, tzinfo=CHINA)
OPENS_AT = datetime(2026, 10, 13, 8, 40, tzinfo=CHINA)
CALLED_AT = "2026-10-12 {:02d}:{:02d}:00"
FRESH = 12
"""So many orders come in fresh on the last morning."""
TIME_COLUMN = "来电时间"
TELLING = "demonstration.lock"


@dataclass(frozen=True)
class _Orders:
    """The orders with a story told, and those that lie fresh on the desk."""

    told: Sequence[DemoOrder]
    fresh: Sequence[DemoOrder]

    @property
    def all(self) -> tuple[DemoOrder, ...]:
        """Both."""
        return (*self.told, *self.fresh)


def open_demonstration(office: Office) -> None:
    """Tells the story as far as a demonstration begins; one that is ready stays as it is.

    A story that was broken off is told anew, from the first day. Of two who tell it, the second
    waits for the first.
    """
    with telling(office):
        mark = read_mark(office)
        if mark is None or mark.ready:
            return
        orders = _dealt()
        if _has_begun(office):
            make_anew(office, datetime.now(UTC), [one.number for one in orders.all])
        with written_at_the_end(office):
            _play(office, orders)
        set_moment(office, OPENS_AT)


@contextmanager
def telling(office: Office) -> Iterator[None]:
    """While it lasts nobody else tells this office's story; whoever tells it is waited for."""
    with (office.settings.home / TELLING).open("w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _play(office: Office, orders: _Orders) -> None:
    home = office.settings.home
    workbook = home / "work-orders.xlsx"
    write_work_orders(workbook, [one.number for one in orders.told])
    _arrive(office, workbook, IMPORTED_AT)
    stage = set_stage(office)
    cast_all(stage)
    for day in days(stage, LAST_TOLD):
        _pass(stage, day)
        write_mark(office, Mark(ready=False, told=f"{day.evening:%-m月%-d日}"))
    fresh = home / "fresh-work-orders.json"
    cells = [one.cells for one in orders.fresh]
    fresh.write_text(json.dumps(cells, ensure_ascii=False), encoding="utf-8")
    _arrive(office, fresh, FRESH_AT)


def _pass(stage: Stage, day: Day) -> None:
    stage.agenda.play(day.morning, stage.failed)
    sweep(stage.office, day.morning)
    stage.agenda.play(day.evening, stage.failed)
    stage.agenda.now = max(stage.agenda.now, day.evening)


def _dealt() -> _Orders:
    """The last orders that no other repeats are kept back, with a call of yesterday."""
    known = read_work_orders().orders
    originals = {one.original for one in known}
    spare = [one for one in known if one.number not in originals][-FRESH:]
    fresh = [
        one.model_copy(
            update={"cells": {**one.cells, TIME_COLUMN: CALLED_AT.format(8 + place % 9, place)}}
        )
        for place, one in enumerate(spare)
    ]
    return _Orders([one for one in known if one not in spare], fresh)


def _arrive(office: Office, file: Path, at: datetime) -> None:
    clerk = person(office.settings.desk, "intake_clerk")
    import_file(Clerk(office, clerk, at), file, CHANNEL, MAPPING)


def _has_begun(office: Office) -> bool:
    with reading(office.engine) as session:
        looks = [select(one).limit(1) for one in (col(Clue.id), col(Event.seq))]
        return any(session.exec(one).first() is not None for one in looks)
