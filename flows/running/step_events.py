"""One Prefect event for each step, filed under its clue's number: `yisong.clue.XS2026000001`.

They go out in bulk behind the commits. A portion counts as told once its last event is found in
Prefect's database, since a server keeps events in memory for seconds: one that is killed meanwhile
is told again. An event bears the mark of its step, and Prefect keeps each mark once.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
from prefect import get_client
from prefect.client.orchestration import PrefectClient
from prefect.events import Event
from prefect.events.filters import EventFilter, EventIDFilter, EventOccurredFilter
from prefect.exceptions import PrefectException

from flows.afterwards.step_notes import (
    Portion,
    StepNote,
    anything_untold,
    mark_told,
    steps_after,
    told_upto,
)
from flows.running.life_artifacts import keep_lives
from flows.running.timekeeper import hold, let_go, this_process
from flows.site.office import Office

PORTION = 1000
"""Events of the record that are looked at together."""
PATIENCE = 60.0
"""Seconds until a portion that is not found in Prefect's database is sent again."""
SETTLES_IN = 0.3
A_MOMENT = timedelta(seconds=1)
LEASE = "told"
"""What only one process of a site does at a time."""

log = logging.getLogger("yisong.schedule")


def resource_of(kind: str, no: str) -> str:
    """What the events of a clue or undertaking are filed under."""
    return f"yisong.{kind}.{no}"


def event_of(note: StepNote) -> Event:
    """A step as an event: number, names and labels; no person, and no word of a clue."""
    resource = {
        "prefect.resource.id": resource_of(note.kind, note.no),
        "prefect.resource.name": note.no,
    }
    payload = {
        "seq": note.seq,
        "process": note.process,
        "step": note.label,
        "state": note.state,
        "department": note.department,
    }
    return Event.model_validate(
        {
            "id": note.mark,
            "occurred": note.ordered_at,
            "event": f"yisong.{note.name}",
            "resource": resource,
            "payload": payload,
        }
    )


async def send(client: PrefectClient, events: Iterable[Event]) -> None:
    """Hands events to the server, all in one request."""
    told = [one.model_dump(mode="json") for one in events]
    if told:
        (await client.request("POST", "/events", json=told)).raise_for_status()


@dataclass
class Teller:
    """Tells Prefect what an office recorded, as long as no other process of the site does.

    `told`: how many steps it has sent.
    """

    office: Office
    holder: str = field(default_factory=this_process)
    told: int = 0
    _portion: Portion | None = None
    _sent: float = 0.0

    async def look(self) -> int:
        """Sends what is new, and marks what was stored; how many steps were sent.

        Where Prefect does not answer, nothing is marked and the next look goes on; it is logged.
        """
        if self._portion is None and not await asyncio.to_thread(self._has_work):
            return 0
        try:
            async with get_client() as client:
                return await self._go_on(client)
        except (httpx.HTTPError, PrefectException) as problem:
            log.warning("Prefect 没有收到办理步骤：%s", problem)
            return 0

    async def all(self, seconds: float) -> bool:
        """Looks until all is stored, at most so long; whether it is."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            await self.look()
            if self._portion is None and not await asyncio.to_thread(anything_untold, self.office):
                return True
            await asyncio.sleep(SETTLES_IN)
        return False

    def stop(self) -> None:
        """Lets another process tell at once."""
        let_go(self.office, self.holder, LEASE)

    def _has_work(self) -> bool:
        if not anything_untold(self.office):
            return False
        return not hold(self.office, self.holder, datetime.now(UTC), LEASE)

    async def _go_on(self, client: PrefectClient) -> int:
        sent = 0
        while True:
            if self._portion is None:
                self._portion, self._sent = await asyncio.to_thread(self._next), 0.0
            portion = self._portion
            if portion.notes and not await self._is_stored(client, portion):
                return sent + await self._send(client, portion)
            await keep_lives(client, self.office, portion.notes)
            await asyncio.to_thread(mark_told, self.office, portion.upto)
            self._portion = None
            if not await asyncio.to_thread(self._has_work):
                return sent

    def _next(self) -> Portion:
        return steps_after(self.office, told_upto(self.office), PORTION)

    async def _is_stored(self, client: PrefectClient, portion: Portion) -> bool:
        return bool(await stored(client, portion.notes[-1:]))

    async def _send(self, client: PrefectClient, portion: Portion) -> int:
        """Sends a portion, unless that was done a moment ago."""
        if self._sent and time.monotonic() - self._sent < PATIENCE:
            return 0
        missing = await _missing(client, portion.notes)
        await send(client, map(event_of, missing))
        self._sent = time.monotonic()
        self.told += len(missing)
        return len(missing)


async def stored(client: PrefectClient, notes: Sequence[StepNote]) -> frozenset[UUID]:
    """The marks of those steps, at most fifty, that are in Prefect's database."""
    moments = [one.ordered_at for one in notes]
    wanted = EventFilter(
        id=EventIDFilter(id=[one.mark for one in notes]),
        occurred=EventOccurredFilter(since=min(moments) - A_MOMENT, until=max(moments) + A_MOMENT),
    )
    found = await client.read_events(wanted, limit=len(notes))
    return frozenset(one.id for one in found.events)


async def _missing(client: PrefectClient, notes: Sequence[StepNote]) -> Sequence[StepNote]:
    """What is not stored yet: events are stored in the order in which they were sent."""
    if not await stored(client, notes[:1]):
        return notes
    low, high = 1, len(notes)
    while low < high:
        middle = (low + high) // 2
        if await stored(client, notes[middle : middle + 1]):
            low = middle + 1
        else:
            high = middle
    return notes[low:]


_tellers: dict[str, Teller] = {}


def teller_of(office: Office) -> Teller:
    """This process's teller of a site, with the rules that are in force now."""
    found = _tellers.setdefault(office.settings.database, Teller(office))
    found.office = office
    return found
