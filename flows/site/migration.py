"""Migrations run by Alembic; imported only where there is something to migrate."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from domain.shapes.data_folders import room_folder
from flows.site.store import WRITES

MIGRATIONS = room_folder("flows", "site/migrations")


ONE_AT_A_TIME = 7_946_320_117
"""The number of PostgreSQL's advisory lock for migrations of ours."""


class BrokenKeys(Exception):
    """Rows that point to nothing after a migration: it is taken back whole."""


def alembic_config() -> Config:
    """Alembic's settings, which need no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    return config


def migrate(engine: Engine, to: str = "head") -> None:
    """Runs every migration up to a revision that has not been run yet; all of them or none.

    The transaction is ours: left to itself, Alembic commits each migration on SQLite. BrokenKeys
    where a row would point to nothing afterwards.
    """
    config = alembic_config()
    writing = engine.connect().execution_options(**{WRITES: True})
    with writing as connection, _keys_at_rest(connection), connection.begin():
        _wait_for_others(connection)
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        _insist_on_keys(connection)


def _wait_for_others(connection: Connection) -> None:
    """One migrates at a time: on SQLite by the write lock, on PostgreSQL by a lock for this alone.

    Whoever waited finds the work done; a migration may take longer than any other lock.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")


@contextmanager
def _keys_at_rest(connection: Connection) -> Iterator[None]:
    """SQLite makes a table anew only while it looks at no foreign keys; PostgreSQL needs no such.

    The switch works outside of transactions only, so it is thrown on the bare connection.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection.cursor()
    bare.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        bare.execute("PRAGMA foreign_keys=ON")
        bare.close()


def _insist_on_keys(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        told = "、".join(sorted({f"{row[0]} → {row[2]}" for row in broken}))
        raise BrokenKeys(f"数据库升级后有{len(broken)}行找不到所属记录（{told}），升级未生效")
