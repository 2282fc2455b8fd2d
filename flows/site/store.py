"""The database: one engine, and transactions that either happened or did not."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

from domain.routing.word_index import plain
from domain.tables.columns import json_text, json_value
from flows.rows.idle_connections import ask_idle_ones
from flows.rows.statements import tell

WRITES = "yisong_writes"
BUSY_MILLISECONDS = 20_000
SYNCHRONOUS = "FULL"
"""A commit is on the disk when it returns; no setting of a site makes it otherwise."""
CACHE_KILOBYTES = 16_000
"""Of pages, per connection: what lists walk through stays at hand; 2,000 is SQLite's own choice."""
STATEMENTS = 512
"""SQLite keeps so many ready, per connection."""
SMALL_WORK = "-c jit=off -c max_parallel_workers_per_gather=0"
"""A page waits for milliseconds: to compile a statement, or to start others who help with it, takes
longer than most of them do, and many people look at once."""
OFTEN, BY_ORDER = 5, 10**9
"""So often a statement of one who writes is asked before it is prepared, as psycopg has it. Who
only looks prepares what he is told to: one plan for all values would be a bad one for lists."""
PREPARED = 300
"""Statements that a connection keeps prepared."""
CONNECTIONS, KEPT = 64, 16
"""A process never has more connections, and keeps so many while it has nothing to do."""
WAIT_SECONDS = 10
"""For a connection that another gives back, and for a server to be reached."""
PLAIN = "plain_text"
"""SQLite's name for `domain.routing.word_index.plain`; PostgreSQL has the like of its own."""
PATIENCE = "yisong_patience"
BRIEFLY = 100
"""Milliseconds that work waits for a lock which may as well be done another time."""
FOLLOWED = "yisong_followed"
USUAL_PAGES, MANY_PAGES = 1_000, 8_000
"""So many changed pages SQLite lets come together before it brings them to their places, each once
however often it changed: its own choice, and where one transaction follows another (32 MB)."""
WAITING = "-waiting"
"""Ends the name of the file beside SQLite's that is locked, shared, by all who wait to write."""
TURN, LOOK = 0.15, 0.005
"""Seconds that whoever writes without end waits for another to begin, and between two looks."""
_SQLITE_BUSY = {5, 6}
"""SQLITE_BUSY and SQLITE_LOCKED."""
_GONE = ("08", "53", "57")
"""PostgreSQL's classes for lost connections, missing resources, and work ended by the server."""
_LOCKED = "55P03"
_JSON = {"json_serializer": json_text, "json_deserializer": json_value}
CONFLICTS = {"40001", "40P01"}
"""PostgreSQL's serialization failure and deadlock."""


class BadAddress(ValueError):
    """An address at which no database can be."""


def open_store(url: str) -> Engine:
    """An engine for SQLite or PostgreSQL; a SQLite file's folder is made when missing.

    Raises BadAddress for any other address.
    """
    parsed = _address(url)
    if parsed.get_backend_name() == "postgresql":
        served = create_engine(
            parsed.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            **_JSON,
            connect_args={
                "connect_timeout": WAIT_SECONDS,
                "options": f"-c lock_timeout={BUSY_MILLISECONDS} {SMALL_WORK}",
            },
            pool_use_lifo=True,
            **_pool(),
        )
        ask_idle_ones(served)
        event.listen(served, "connect", _prepare_postgresql)
        event.listen(served, "begin", _begin_postgresql)
        event.listen(served, "rollback", _end_looking)
        return served
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    wait = {"timeout": BUSY_MILLISECONDS / 1000, "cached_statements": STATEMENTS}
    pool = _pool() if parsed.database and parsed.database != ":memory:" else {}
    # What rows say stands in no traceback.
    engine = create_engine(parsed, connect_args=wait, hide_parameters=True, **_JSON, **pool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def bound_statements(engine: Engine, seconds: int) -> None:
    """Ends any statement of this engine that PostgreSQL has worked on for so long."""
    if engine.dialect.name == "postgresql":
        order = f"SET statement_timeout = '{seconds}s'"

        def begin(connection: object, entry: ConnectionPoolEntry) -> None:
            with connection.cursor() as cursor:  # type: ignore[attr-defined]
                cursor.execute(order)
            connection.commit()  # type: ignore[attr-defined]

        event.listen(engine, "connect", begin)


def _pool() -> dict[str, int]:
    return {
        "pool_size": KEPT,
        "max_overflow": CONNECTIONS - KEPT,
        "pool_timeout": WAIT_SECONDS,
    }


def _address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadAddress(url) from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise BadAddress(url)
    return parsed


def _prepare_postgresql(connection: object, entry: ConnectionPoolEntry) -> None:
    connection.prepared_max = PREPARED  # type: ignore[attr-defined]


def _begin_postgresql(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    writes = connection.get_execution_options().get(WRITES, False)
    driver.prepare_threshold = OFTEN if writes else BY_ORDER


def _end_looking(connection: Connection) -> None:
    """Ends what only looked, and keeps what the connection has prepared.

    At a rollback psycopg forgets all of it, for a table may be another one after it. PostgreSQL
    notices that itself and plans anew; and every page ends with a rollback.
    """
    driver: Any = connection.connection.driver_connection
    if connection.get_execution_options().get(WRITES, False) or driver is None:
        return
    if driver.info.transaction_status.name == "INTRANS":
        driver.pgconn.exec_(b"ROLLBACK")


def _prepare_sqlite(connection: object, entry: ConnectionPoolEntry) -> None:
    # Python's driver would begin transactions on its own, and only at the first write; without an
    # isolation level `_begin_sqlite` decides. `synchronous=FULL`, because in WAL mode anything less
    # may lose the last commits with the current, and a number given out would be given out again.
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={SYNCHRONOUS}",
        f"busy_timeout={BUSY_MILLISECONDS}",
        "foreign_keys=ON",
        f"cache_size=-{CACHE_KILOBYTES}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
    function = connection.create_function  # type: ignore[attr-defined]
    function(PLAIN, 1, plain, deterministic=True)


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN reads first and asks for the write lock later: if another has written meanwhile,
    # SQLite refuses at once, whatever the busy timeout. IMMEDIATE waits its turn before it reads.
    options = connection.get_execution_options()
    if not options.get(WRITES, False):
        tell(connection, "BEGIN")
        return
    _let_pages_gather(connection, MANY_PAGES if options.get(FOLLOWED) else USUAL_PAGES)
    if PATIENCE not in options:
        with _seen_waiting(connection.engine):
            tell(connection, "BEGIN IMMEDIATE")
        return
    tell(connection, f"PRAGMA busy_timeout={options[PATIENCE]}")
    try:
        tell(connection, "BEGIN IMMEDIATE")
    finally:
        tell(connection, f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _let_pages_gather(connection: Connection, pages: int) -> None:
    if connection.info.get(FOLLOWED, USUAL_PAGES) != pages:
        tell(connection, f"PRAGMA wal_autocheckpoint={pages}")
        connection.info[FOLLOWED] = pages


@contextmanager
def _seen_waiting(engine: Engine) -> Iterator[None]:
    """Within the block others can see that somebody waits to write (`let_others_write`)."""
    file = _waiting_file(engine, os.O_CREAT)
    try:
        if file is not None:
            fcntl.flock(file, fcntl.LOCK_SH)
        yield
    finally:
        if file is not None:
            os.close(file)


def let_others_write(engine: Engine) -> None:
    """Between two transactions of one who has many: whoever waits to write begins first.

    Nothing is lost where nobody waits. PostgreSQL has many writers at a time.
    """
    # SQLite's waiting writers poll with growing pauses, at last every tenth of a second: who begins
    # again at once wins over them.
    until = time.monotonic() + TURN
    while _others_wait(engine) and time.monotonic() < until:
        time.sleep(LOOK)


def _others_wait(engine: Engine) -> bool:
    file = _waiting_file(engine)
    if file is None:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _waiting_file(engine: Engine, flags: int = 0) -> int | None:
    """The file beside SQLite's, opened; None where there is none, or it is somebody else's.

    Not the database's own file: closing that would take SQLite's locks away.
    """
    path = engine.url.database if engine.dialect.name == "sqlite" else None
    if not path or path == ":memory:":
        return None
    try:
        file = os.open(f"{path}{WAITING}", os.O_RDONLY | flags, 0o600)
    except OSError:
        return None
    if flags and os.geteuid() == 0:
        # As SQLite does with its own: whoever owns the database may open it.
        owner = Path(path).stat()
        os.fchown(file, owner.st_uid, owner.st_gid)
    return file


def is_conflict(error: DBAPIError) -> bool:
    """Whether PostgreSQL ended a transaction so that another, after the same rows, could go on.

    The work was rolled back whole and may be asked for again.
    """
    return getattr(error.orig, "sqlstate", None) in CONFLICTS


def is_busy(error: Exception) -> bool:
    """Whether the database had no lock, connection or time to give: the work may be asked again."""
    if not isinstance(error, DBAPIError):
        return isinstance(error, PoolTimeout)
    if isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_BUSY
    state = getattr(error.orig, "sqlstate", None)
    away = state is None and isinstance(error, OperationalError)
    return away or state in {_LOCKED, *CONFLICTS} or str(state)[:2] in _GONE


@contextmanager
def attempt(engine: Engine) -> Iterator[Session]:
    """As `transaction`, for what may be left undone: where a lock is held it fails at once.

    The failure is one of which `is_busy` is true.
    """
    options = {WRITES: True, PATIENCE: BRIEFLY}
    with (
        engine.connect().execution_options(**options) as connection,
        Session(connection, expire_on_commit=False, autoflush=False) as session,
        session.begin(),
    ):
        if engine.dialect.name == "postgresql":
            session.connection().exec_driver_sql(f"SET LOCAL lock_timeout = {BRIEFLY}")
        yield session


@contextmanager
def transaction(engine: Engine, *, is_followed: bool = False) -> Iterator[Session]:
    """A writing session: committed at the end, rolled back whole on any error.

    `is_followed`: by many more at once, as those of an import are.

    On SQLite it has the only write lock from its beginning. No network, no Prefect task and no wait
    for a person belongs inside. Rows stay readable after it.
    """
    with (
        engine.connect().execution_options(**{WRITES: True, FOLLOWED: is_followed}) as connection,
        Session(connection, expire_on_commit=False, autoflush=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only looks; what is changed in it is never committed."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session
