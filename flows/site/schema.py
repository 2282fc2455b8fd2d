"""The schema of a database: brought up to date by the migrations."""

import importlib

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from domain.shapes.data_folders import room_folder

VERSIONS = room_folder("flows", "site/migrations") / "versions"
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


def newest_revision() -> str:
    """The last revision: files are numbered in their order."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
