"""The database: one engine, and transactions that either happened or did not."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, create_engine

WRITES = "yisong_writes"
BUSY_MILLISECONDS = 20_000
SYNCHRONOUS = "FULL"
"""A commit is on the disk when it returns; no setting of a site makes it otherwise."""
CACHE_KILOBYTES = 16_000
"""Of pages, per connection: what lists walk through stays at hand; 2,000 is SQLite's own choice."""
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
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, connect_args={"timeout": BUSY_MILLISECONDS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _address(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise BadAddress(url) from None
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise BadAddress(url)
    return parsed


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


def _begin_sqlite(connection: Connection) -> None:
    # A plain BEGIN reads first and asks for the write lock later: if another has written meanwhile,
    # SQLite refuses at once, whatever the busy timeout. IMMEDIATE waits its turn before it reads.
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def is_conflict(error: DBAPIError) -> bool:
    """Whether PostgreSQL ended a transaction so that another, after the same rows, could go on.

    The work was rolled back whole and may be asked for again.
    """
    return getattr(error.orig, "sqlstate", None) in CONFLICTS


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A writing session: committed at the end, rolled back whole on any error.

    On SQLite it has the only write lock from its beginning. No network, no Prefect task and no wait
    for a person belongs inside. Rows stay readable after it.
    """
    with (
        engine.connect().execution_options(**{WRITES: True}) as connection,
        Session(connection, expire_on_commit=False, autoflush=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that only looks; what is changed in it is never committed."""
    with Session(engine, expire_on_commit=False, autoflush=False) as session:
        yield session
