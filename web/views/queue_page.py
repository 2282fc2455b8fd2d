"""The page of a queue: what waits for a chair, narrowed to one process and turned over."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from starlette.responses import Response

from domain.lifecycle.awaited_chairs import waiting_for
from domain.situation.situation import Actor
from flows.lists.desk_queue import COUNTED, QueueFilter, desk_queue
from flows.lists.undertaking_list import waiting_undertakings
from flows.people.visible_clues import once_a_chair
from flows.site.office import Office
from web.request.desk import Desk
from web.request.render import page

Kind = Annotated[str, Query(max_length=20)]
Number = Annotated[int, Query(ge=1, le=1000)]


@dataclass(frozen=True)
class Queue:
    """A queue as its chair knows it: its name, what it is for, where, and what it says if empty."""

    heading: str
    quiet: str
    address: str
    empty: str


def queue_page(desk: Desk, queue: Queue, asked: QueueFilter) -> Response:
    """Everything in the queue, what is due first on top; what has no clue, on the first page."""
    found = desk_queue(desk.session, desk.viewer, asked)
    kind, number = asked.kind, asked.number
    beside = () if kind else waiting_undertakings(desk.session, desk.viewer, asked.roles)
    return page(
        desk.request,
        "queues/queue.html",
        heading=queue.heading,
        quiet=queue.quiet,
        address=queue.address,
        found=found,
        beside=beside if number == 1 else (),
        count=_told(found.count + len(beside)),
        kind=kind,
        kinds=_choices(desk.office, desk.actor)(asked.roles),
        newer=_query(queue.address, kind, number - 1) if number > 1 else "",
        older=_query(queue.address, kind, number + 1) if found.more else "",
        empty=queue.empty,
    )


def _told(count: int) -> str:
    return f"{COUNTED}件以上" if count >= COUNTED else f"{count}件"


@once_a_chair
def _choices(office: Office, actor: Actor) -> Callable[[frozenset[str]], list[tuple[str, str]]]:
    """The processes to which a queue may be narrowed, by its chairs: looked up once."""
    rules = office.rules

    @cache
    def found(roles: frozenset[str]) -> list[tuple[str, str]]:
        kinds = {one.kind for one in waiting_for(rules.of_clues, roles)}
        kinds |= {"case"} if "principal" in roles else set()
        return [(key, one.label) for key, one in rules.lifecycles.items() if key in kinds]

    return found


def _query(address: str, kind: str, number: int) -> str:
    told = {"kind": kind, "number": str(number)}
    return f"{address}?{urlencode({key: value for key, value in told.items() if value})}"
