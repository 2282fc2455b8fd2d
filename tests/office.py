"""A test office: real rulebook, real templates, a real database, people in every chair."""

import importlib
import pkgutil
from collections.abc import Mapping
from pathlib import Path

from sqlmodel import SQLModel

from documents.shelf import Shelf
from domain import tables
from domain.rulebook import load_rulebook
from flows.keys import load_keys
from flows.office import Office
from flows.settings import Settings
from flows.store import open_store, transaction
from tests.people import users

for _module in pkgutil.iter_modules(tables.__path__, f"{tables.__name__}."):
    importlib.import_module(_module.name)
Snapshot = Mapping[str, list[str]]


def open_test_office(home: Path, database_url: str = "") -> Office:
    """The office of a folder, whose tables are there already; any process may open it."""
    settings = Settings(home=home, database_url=database_url)
    rules = load_rulebook()
    return Office(
        settings=settings,
        engine=open_store(settings.database),
        rules=rules,
        region=rules.regions[settings.region],
        shelf=Shelf(settings.shelf),
        keys=load_keys(settings.keys),
    )


def build_office(home: Path, database_url: str = "") -> Office:
    """A new office with empty tables and its people."""
    office = open_test_office(home, database_url)
    SQLModel.metadata.create_all(office.engine)
    with transaction(office.engine) as session:
        session.add_all(users())
    return office


def snapshot(office: Office) -> Snapshot:
    """Every row of every table, to compare before and after."""
    with office.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.exec_driver_sql(f'SELECT * FROM "{table}"')))
            for table in SQLModel.metadata.sorted_tables
        }
