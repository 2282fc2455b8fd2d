"""The schema of a database: brought up to date by the migrations."""

import importlib
import re
from functools import cache

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from domain.shapes.data_folders import room_folder

VERSIONS = room_folder("flows", "site/migrations") / "versions"
MADE = re.compile(r'^revision = "(\w+)"', re.MULTILINE)
BUILT_ON = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)
REVISION = text("SELECT version_num FROM alembic_version")


def upgrade(engine: Engine) -> None:
    """Creates or upgrades all tables; an up-to-date database is left as it is."""
    # Alembic is slow to import, and every command asks.
    if revision_of(engine) != newest_revision():
        importlib.import_module("flows.site.migration").migrate(engine)


def revision_of(engine: Engine) -> str:
    """The revision a database stands at; empty for one without tables."""
    try:
        with engine.connect() as connection:
            return str(connection.execute(REVISION).scalar_one_or_none() or "")
    except DBAPIError:
        return ""


@cache
def newest_revision() -> str:
    """The last revision: the one on which no other is built, whatever its number."""
    texts = [path.read_text(encoding="utf-8") for path in VERSIONS.glob("[0-9]*_*.py")]
    made = {found[1] for one in texts if (found := MADE.search(one))}
    built_on = {found[1] for one in texts if (found := BUILT_ON.search(one))}
    return max(made - built_on)
