"""The log of a site's processes: one JSON object a line, without anybody's name or words.

What happened is a fixed text; what it concerned are numbers: of the request, the clue, the event.
Of a failure the place in the program is told and not its message, which may quote what was typed.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import SessionTransaction
from sqlmodel import Session

TOLD = (
    *("request", "clue", "kind", "action", "event"),
    *("method", "path", "status", "ms", "sql_ms", "queries", "statement"),
)
"""What a line may say besides its text; everything else that a caller adds is left out."""
SLOW_SECONDS = 0.5
LONGEST_STATEMENT = 600
WAITING = "told at the commit"
"""Where a session keeps what it will tell, each with the savepoint behind which it was done."""
LOG, EVENTS = logging.getLogger("yisong.database"), logging.getLogger("yisong.record")


@dataclass
class Spent:
    """What one request is called, and what it has asked of the database so far."""

    request: str = ""
    queries: int = 0
    seconds: float = 0.0


SPENT: ContextVar[Spent | None] = ContextVar("spent", default=None)


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line: moment, level, logger, text, and the numbers it concerns."""
        spent = SPENT.get()
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _text(record),
        }
        if spent is not None and spent.request:
            told["request"] = spent.request
        told |= {name: getattr(record, name) for name in TOLD if hasattr(record, name)}
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            told["error"] = kind.__name__
            told["at"] = [f"{one.filename}:{one.lineno} {one.name}" for one in _frames(trace)]
        return json.dumps(told, ensure_ascii=False, default=str)


def _text(record: logging.LogRecord) -> str:
    """Of our own the whole text; of others the unfilled one: what fills it may be anybody's."""
    return record.getMessage() if record.name.startswith("yisong") else str(record.msg)


def _frames(trace: object) -> traceback.StackSummary:
    return traceback.extract_tb(trace)  # type: ignore[arg-type]


def begin_log(kind: str) -> None:
    """Sends the log of this process to its standard error as JSON; nothing for another kind."""
    if kind != "json":
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("yisong").setLevel(logging.INFO)


def log_when_committed(session: Session, told: Iterable[Mapping[str, object]]) -> None:
    """A line for each of these once the session's transaction is committed; none if it never is."""
    # Where nothing is logged, as in most commands, nothing is kept for it either.
    if EVENTS.isEnabledFor(logging.INFO):
        if WAITING not in session.info:
            event.listen(session, "after_commit", _say)
            event.listen(session, "after_soft_rollback", _unsay)
        within = session.get_nested_transaction()
        waiting = session.info.setdefault(WAITING, [])
        waiting += [(within, dict(one)) for one in told]


def _say(session: Session) -> None:
    # A savepoint that is given up is a commit too, as SQLAlchemy tells it.
    if not session.in_nested_transaction():
        for _, one in session.info.get(WAITING, ()):
            EVENTS.info("event", extra=one)
        session.info[WAITING] = []


def _unsay(session: Session, ended: SessionTransaction) -> None:
    """What was taken back is not told: all, or what was done behind a savepoint."""
    told = session.info.get(WAITING, []) if ended.nested else []
    session.info[WAITING] = [one for one in told if not _is_in(one[0], ended)]


def _is_in(inner: SessionTransaction | None, outer: SessionTransaction) -> bool:
    while inner is not None and inner is not outer:
        inner = inner.parent
    return inner is outer


def watch_statements(engine: Engine) -> None:
    """Counts what every request asks of the database, and logs each statement that took long.

    A statement is told without what it was asked with.
    """
    event.listen(engine, "before_cursor_execute", _before)
    event.listen(engine, "after_cursor_execute", _after)


def _before(connection: Connection, *_: object) -> None:
    connection.info.setdefault("begun", []).append(time.perf_counter())


def _after(connection: Connection, cursor: object, statement: str, *_: object) -> None:
    begun = connection.info.get("begun")
    if not begun:
        return
    took = time.perf_counter() - begun.pop()
    if (spent := SPENT.get()) is not None:
        spent.queries += 1
        spent.seconds += took
    if took >= SLOW_SECONDS:
        told = {"ms": round(took * 1000), "statement": statement[:LONGEST_STATEMENT]}
        LOG.warning("slow query", extra=told)
