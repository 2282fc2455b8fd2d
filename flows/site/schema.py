"""The schema of a database: made where there is none, and brought up to date when asked for."""

import importlib
import pkgutil
import re
from collections.abc import Sequence
from functools import cache

from sqlalchemy import Engine, Table, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from domain import tables
from domain.shapes.data_folders import room_folder

VERSIONS = room_folder("flows", "site/migrations") / "versions"
BUILT_ON = re.compile(r'^down_revision = "(\w+)"', re.MULTILINE)
REVISION = text("SELECT version_num FROM alembic_version")


OLDER = (
    "数据库是旧版本的（{found}，本程序需要 {newest}），没有自动升级：请先停止全部服务，"
    "用 yisong backup 备份，用 yisong check --against 核对，再运行 yisong migrate"
)
NEWER = (
    "数据库已由较新的程序升级（{found}，本程序只到 {newest}），没有打开：请安装较新的程序，"
    "或者从升级前的备份恢复"
)


class OtherTables(Exception):
    """The tables are not those that this program works with; says which are, and what to do."""


@cache
def all_tables() -> Sequence[Table]:
    """Every table, those that others point to first.

    A process knows only of those that it has had to do with until it is told.
    """
    for one in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
        importlib.import_module(one.name)
    return SQLModel.metadata.sorted_tables


def prepare(engine: Engine) -> None:
    """Makes the tables in an empty database; OtherTables for one of another version.

    Several first starts at once make them once.
    """
    found = revision_of(engine)
    if not found:
        upgrade(engine)
    elif found != newest_revision():
        raise OtherTables(other_version(found))


def other_version(found: str) -> str:
    """What is to be done about a revision that is not this program's newest one."""
    told = OLDER if found in revisions() else NEWER
    return told.format(found=found, newest=newest_revision())


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
    return max(revisions() - {found[1] for one in texts if (found := BUILT_ON.search(one))})


def revisions() -> frozenset[str]:
    """Every revision that this program knows."""
    return frozenset(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
