"""What Prefect has of a clue, read back by its number in the order in which it happened."""

from datetime import UTC, datetime

from prefect import get_client
from prefect.events import ReceivedEvent
from prefect.events.filters import (
    EventFilter,
    EventOccurredFilter,
    EventOrder,
    EventResourceFilter,
)

from flows.running.step_events import resource_of

PAGE = 50
ALWAYS = EventOccurredFilter(
    since=datetime(2000, 1, 1, tzinfo=UTC), until=datetime(2200, 1, 1, tzinfo=UTC)
)
"""A demonstration's clock may be ahead of Prefect's."""


async def read_steps(no: str) -> list[ReceivedEvent]:
    """The events of a clue or undertaking, steps and follow-ups, oldest first."""
    wanted = EventFilter(
        occurred=ALWAYS,
        resource=EventResourceFilter(
            id=[resource_of("clue", no), resource_of("undertaking", no)],
        ),
        order=EventOrder.ASC,
    )
    async with get_client() as client:
        page = await client.read_events(wanted, limit=PAGE)
        found = list(page.events)
        while page.next_page is not None:
            page = await client.read_events_page(str(page.next_page))
            found += page.events
    return found
