"""A server that was started anew while nobody asked costs nobody a click."""

import time

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection

from flows.rows.idle_connections import QUIET
from flows.site.office import Office
from flows.site.store import open_store, reading
from tests.helpers.story import Story


def _end_all_connections(url: str) -> int:
    """As a server does that goes away; how many there were."""
    admin = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    ends = text(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with admin.connect() as connection:
        found = connection.execute(ends).scalar_one()
    admin.dispose()
    return int(found)


def test_a_step_after_the_server_went_away_finds_a_connection_that_lives(pg_office: Office) -> None:
    story = Story(pg_office)
    story.walk("register", "dispatch")
    url = pg_office.engine.url.render_as_string(hide_password=False)

    assert _end_all_connections(url)
    time.sleep(QUIET)
    story.does("accept")

    assert story.state() == "accepted"


def test_a_connection_in_use_is_not_asked_before_each_transaction(
    pg_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_store(pg_url)
    pings: list[object] = []
    ping = engine.dialect.do_ping

    def noted(connection: DBAPIConnection) -> bool:
        pings.append(connection)
        return ping(connection)

    monkeypatch.setattr(engine.dialect, "do_ping", noted)
    for _ in range(3):
        with reading(engine) as session:
            session.connection()
    assert not pings
    time.sleep(QUIET)
    with reading(engine) as session:
        session.connection()
    assert len(pings) == 1
    engine.dispose()
