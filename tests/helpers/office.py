"""A test office: real rulebook, real templates, a real database, people in every chair."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy.engine.interfaces import DBAPICursor
from sqlmodel import SQLModel

from documents.output.shelf import Shelf
from domain.rulebook.rulebook_reading import load_rulebook
from flows.site.keys import load_keys
from flows.site.office import Office
from flows.site.schema import all_tables
from flows.site.settings import SITE_FILE, Settings
from flows.site.store import open_store, transaction
from flows.site.stored_documents import DatabaseTray, carry_to_shelf
from tests.helpers.people import users

all_tables()
FILE, KEYS = "yisong.sqlite3", "keys.json"
Snapshot = Mapping[str, list[str]]


def open_test_office(home: Path, database_url: str = "") -> Office:
    """The office of a folder and a filled database; any process may open it."""
    settings = _settings(home, database_url)
    rules, keys = load_rulebook(), load_keys(settings.keys)
    engine = open_store(settings.database)
    return Office(
        settings=settings,
        engine=engine,
        rules=rules,
        region=rules.regions[settings.region],
        shelf=Shelf(settings.shelf, keys, DatabaseTray(engine)),
        keys=keys,
    )


def on_the_shelf(office: Office) -> Path:
    """The folder of the shelf, to which every document issued so far was carried."""
    carry_to_shelf(office.engine, office.shelf, lambda: True)
    return Path(office.settings.shelf)


def build_office(home: Path, database_url: str = "") -> Office:
    """A new office with empty tables and its people, in a SQLite file unless told where."""
    if database_url:
        fill(database_url)
    else:
        home.mkdir(parents=True, exist_ok=True)
        (home / FILE).write_bytes(new_file())
        _give_keys(home)
    return open_test_office(home, database_url)


def _settings(home: Path, database_url: str) -> Settings:
    if (home / SITE_FILE).exists():
        return Settings(home=home, database_url=database_url)
    told = frozenset(one for one in os.environ.items() if one[0].startswith("YISONG_"))
    return _usual_settings(told).model_copy(update={"home": home, "database_url": database_url})


@cache
def _usual_settings(environment: frozenset[tuple[str, str]]) -> Settings:
    """Read once for each environment: looking for them costs half of what a new office does."""
    with TemporaryDirectory() as folder:
        return Settings(home=Path(folder))


def _give_keys(home: Path) -> None:
    """The same keys for every new office of this process, unless its home has some."""
    place = home / KEYS
    if not place.exists():
        place.touch(mode=0o600)
        place.write_bytes(_new_keys())


@cache
def _new_keys() -> bytes:
    with TemporaryDirectory() as folder:
        place = Path(folder) / KEYS
        load_keys(place)
        return place.read_bytes()


def fill(database_url: str) -> None:
    """Gives an empty database its tables and people."""
    engine = open_store(database_url)
    SQLModel.metadata.create_all(engine)
    with transaction(engine) as session:
        session.add_all(users())
    engine.dispose()


@cache
def new_file() -> bytes:
    """A database with empty tables and its people, made once per process.

    Making tables costs more than most tests do.
    """
    with TemporaryDirectory() as folder:
        fill(f"sqlite:///{folder}/{FILE}")
        return (Path(folder) / FILE).read_bytes()


def snapshot(office: Office) -> Snapshot:
    """Every row of every table, to compare before and after.

    Asked of the driver itself: hundreds of tests compare, and look at no row more closely.
    """
    with office.engine.connect() as connection:
        cursor = connection.connection.cursor()
        return {name: _rows(cursor, name) for name in SQLModel.metadata.tables}


def _rows(cursor: DBAPICursor, table: str) -> list[str]:
    cursor.execute(f'SELECT * FROM "{table}"')
    return sorted(map(repr, cursor.fetchall()))
