"""Turns: so many requests hold a database connection at once; the others wait without a thread.

A request that held a connection and waited for a thread, while all threads waited for connections,
would wait for ever: so there are more connections than requests at work and threads together need.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakKeyDictionary

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI

from flows.site.store import CONNECTIONS

AT_WORK = CONNECTIONS // 4
"""Requests that read at the same time in one process; each holds one connection."""
THREADS = (CONNECTIONS - AT_WORK) // 2
"""What a thread does beside that holds two connections at most: one that writes, one that reads."""
LONGEST_WAIT = 30.0
_TURNS: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()


class NoTurn(Exception):
    """Too many requests came at once for too long."""


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    """A turn for one request; NoTurn after `LONGEST_WAIT` seconds without one."""
    turns = _TURNS.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_WORK))
    try:
        await asyncio.wait_for(turns.acquire(), LONGEST_WAIT)
    except TimeoutError as late:
        raise NoTurn from late
    try:
        yield
    finally:
        turns.release()


@asynccontextmanager
async def bounded_threads(app: FastAPI) -> AsyncIterator[None]:
    """While the application runs, its pages are made by no more threads than have connections."""
    current_default_thread_limiter().total_tokens = THREADS
    yield
