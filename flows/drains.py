"""A drain of this process: due follow-ups go to the flows, and Prefect is told of the steps.

Prefect is loaded only when there is something to do: who runs no flows does not pay for it.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress

from flows.running.standing import Server
from flows.site.moment import now_at
from flows.site.office import Office
from flows.site.workplace import workplace

LOOK_SECONDS = 0.5

Drain = Callable[[Office, Server, threading.Event], str]


def drain_now(office: Office, server: Server, halted: threading.Event) -> str:
    """Hands every follow-up that is due to the flows, tells the steps; what was done, in words.

    Once halted, what was claimed and not done is free again.
    """
    with workplace(office), _known(server) as address:
        from flows.followups import work_off  # noqa: PLC0415
        from flows.running.alarms import register_once  # noqa: PLC0415
        from flows.running.step_events import teller_of  # noqa: PLC0415
        from flows.running.work_events import tell_alive  # noqa: PLC0415

        async def work() -> str:
            await register_once(address, office.rules)
            await tell_alive()
            done = await work_off(now_at(office))
            await teller_of(office).look()
            return str(done) if done.anything else ""

        return asyncio.run(_until(halted, work()))


def say_end(server: Server) -> None:
    """Tells Prefect that this process ends as it should, and is not to be looked for."""
    with _known(server):
        from flows.running.work_events import ENDED, tell, worker_event  # noqa: PLC0415

        asyncio.run(tell([worker_event(ENDED)]))


@contextmanager
def _known(server: Server) -> Iterator[str]:
    """Prefect's clients go to the server where it is now: it may have moved to another port."""
    known = server.environment()
    os.environ.update(known)
    from prefect.settings import PREFECT_API_URL, temporary_settings  # noqa: PLC0415

    address = known.get("PREFECT_API_URL", "")
    with temporary_settings({PREFECT_API_URL: address} if address else {}):
        yield address


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
