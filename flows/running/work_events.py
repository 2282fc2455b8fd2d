"""What Prefect is told beside the steps: follow-ups by their clue's number, and who is at work.

Told once, after the rows; where Prefect does not answer then, it is not told again: the rows of
follow-ups say all of it.
"""

import logging
import os
import socket
import time
from collections.abc import Iterable

import httpx
from prefect import get_client
from prefect.events import Event
from prefect.exceptions import PrefectException

from flows.afterwards.follow_up_list import STAGES, TASKS
from flows.afterwards.outbox import Job
from flows.running.step_events import resource_of, send
from flows.running.timekeeper import this_process

FATES = {"done": "完成", "failed": "失败", "parked": "搁置"}
FOLLOW_UP = "yisong.follow-up"
ALIVE, ENDED = "yisong.worker.alive", "yisong.worker.ended"
ALIVE_EVERY = 60.0

log = logging.getLogger("yisong.schedule")
_last = {ALIVE: 0.0}


def event_of(job: Job, fate: str) -> Event:
    """What became of a follow-up: one of `FATES`, without the reason, which may name a person."""
    resource = {
        "prefect.resource.id": resource_of("clue", job.clue_no),
        "prefect.resource.name": job.clue_no,
    }
    payload = {
        "stage": STAGES.get(job.stage, job.stage),
        "work": TASKS.get(job.task, job.task),
        "fate": FATES[fate],
    }
    told = {"event": f"{FOLLOW_UP}.{fate}", "resource": resource, "payload": payload}
    return Event.model_validate(told)


def worker_event(name: str) -> Event:
    """That this process is at work, or ended as it should."""
    resource = {
        "prefect.resource.id": f"yisong.worker.{this_process()}",
        "prefect.resource.name": f"{socket.gethostname()} {os.getpid()}",
    }
    return Event.model_validate({"event": name, "resource": resource})


def is_time_to_tell() -> bool:
    """Whether a minute has passed since Prefect was told that this process is at work."""
    return time.monotonic() - _last[ALIVE] >= ALIVE_EVERY


async def tell(events: Iterable[Event]) -> None:
    """Sends events; a failure is logged and stops nothing."""
    told = list(events)
    if not told:
        return
    try:
        async with get_client() as client:
            await send(client, told)
    except (httpx.HTTPError, PrefectException) as problem:
        log.warning("Prefect 没有收到运行情况：%s", problem)


async def tell_alive() -> None:
    """That this process is at work, once a minute; where it says so no more, it is told as dead."""
    if is_time_to_tell():
        _last[ALIVE] = time.monotonic()
        await tell([worker_event(ALIVE)])
