"""Figures of a long record, kept for some minutes: nobody waits for millions of rows at each look.

A record of ordinary length is counted anew each time; of a long one, the page tells of when its
figures are.
"""

import time
from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from domain.tables.process import Clue
from flows.rows.statements import Statement, ask

Found = TypeVar("Found")
LONG = 200_000
"""From so many clues on a record is long."""
KEPT = timedelta(minutes=10)
NEWEST = Statement(columns(func.max(col(Clue.id))))
MOST = 64
"""Figures kept at a time."""


class _Kept:
    """Figures by what was asked, each with its moment and until when it may be shown."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._found: dict[Hashable, tuple[float, datetime, Any]] = {}
        self._counting: dict[Hashable, Lock] = {}

    def counting(self, key: Hashable) -> Lock:
        """What whoever counts holds, so that others wait for his figures."""
        with self._lock:
            return self._counting.setdefault(key, Lock())

    def get(self, key: Hashable, now: datetime) -> tuple[Any, datetime] | None:
        """What may still be shown."""
        until, at, found = self._found.get(key, (0.0, now, None))
        is_fresh = time.monotonic() < until and abs(now - at) <= KEPT
        return (found, at) if is_fresh else None

    def put(self, key: Hashable, found: Any, now: datetime) -> None:
        """Keeps figures; the oldest give way to them."""
        with self._lock:
            while len(self._found) >= MOST:
                oldest = next(iter(self._found))
                self._found.pop(oldest)
                self._counting.pop(oldest, None)
            self._found.pop(key, None)
            self._found[key] = (time.monotonic() + KEPT.total_seconds(), now, found)


_KEPT = _Kept()


def is_long(session: Session) -> bool:
    """Whether the record is long."""
    [[newest]] = ask(session.connection(), (NEWEST, {}))
    return (newest[0] or 0) >= LONG


def figures_of(
    session: Session, asked: Hashable, now: datetime, count: Callable[[], Found]
) -> tuple[Found, datetime]:
    """What `count` finds, and of which moment it is; `asked`: all that it depends on but time."""
    if not is_long(session):
        return count(), now
    key = (str(session.connection().engine.url), asked)
    with _KEPT.counting(key):
        kept = _KEPT.get(key, now)
        if kept is None:
            kept = count(), now
            _KEPT.put(key, *kept)
    return kept
