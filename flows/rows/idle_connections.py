"""Open connections: one that lay idle is asked whether it lives before somebody gets it."""

import time

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

QUIET = 1.0
"""Seconds. A server that has been started anew is not there again sooner, and to ask before every
transaction is a ninth of what a step waits for it."""
_USED = "yisong_used"


def ask_idle_ones(engine: Engine) -> None:
    """Whoever gets a connection that lay idle gets one that lives, though the server went away.

    One that was used a moment ago is not asked: where the server went away since, it is still away.
    """

    def used(_: object, entry: ConnectionPoolEntry) -> None:
        entry.info[_USED] = time.monotonic()

    def taken(connection: object, entry: ConnectionPoolEntry, _: object) -> None:
        if time.monotonic() - entry.info[_USED] < QUIET:
            return
        try:
            engine.dialect.do_ping(connection)  # type: ignore[arg-type]
        except engine.dialect.loaded_dbapi.Error as gone:
            # All that lie there are older than the loss: new ones are opened in their place.
            raise InvalidatePoolError from gone

    event.listen(engine, "connect", used)
    event.listen(engine, "checkin", used)
    event.listen(engine, "checkout", taken)
