"""The tables of a new Prefect database, as the migrations of its version leave them.

To run its ninety migrations on a new SQLite file takes a new site's server four seconds, of the
eight until it answers. `prefect_tables.sql` is what comes of them; `python -m
flows.running.prefect_tables` writes it anew after another version was pinned. A server of a version
that the file is not of migrates for itself, as it does where it has a database.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

TABLES = Path(str(files("flows.running"))) / "prefect_tables.sql"
DATABASE = "prefect.db"


def lay_out(home: Path) -> None:
    """Gives a home of Prefect's that has no database yet one with tables.

    Whoever is stopped before the file has its name has left none behind.
    """
    place = home / DATABASE
    if place.exists() or "PREFECT_API_DATABASE_CONNECTION_URL" in os.environ:
        return
    told = TABLES.read_text(encoding="utf-8")
    if not told.startswith(_heading()):
        return
    half = place.with_suffix(".half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as connection:
        connection.executescript(told)
    half.replace(place)


def migrated(home: Path) -> str:
    """What the file has to be: the tables that Prefect's own migrations make in an empty home."""
    own = {"PREFECT_HOME": str(home), "PREFECT_API_URL": "", "PREFECT_LOGGING_LEVEL": "ERROR"}
    words = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"]
    subprocess.run(words, env={**os.environ, **own}, check=True, stdout=subprocess.DEVNULL)
    return "\n".join([_heading(), *_statements(home / DATABASE), ""])


def _heading() -> str:
    return f"-- prefect {version('prefect')}\n"


def _statements(database: Path) -> Iterator[str]:
    with closing(sqlite3.connect(database)) as connection:
        for statement in connection.iterdump():
            yield "\n".join(line.rstrip() for line in statement.splitlines())


def main() -> None:
    """Writes the file of the installed version."""
    with TemporaryDirectory() as folder:
        TABLES.write_text(migrated(Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
