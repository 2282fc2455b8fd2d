"""A workbench to look at: a test office behind the application, people at their browsers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from anyio.from_thread import start_blocking_portal
from fastapi import FastAPI
from starlette.testclient import TestClient

from domain.situation.situation import CHINA
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.session import Password
from flows.people.passwords import hash_password
from flows.people.sign_in import open_session
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.office import build_office
from tests.helpers.story import Story
from tests.web.helpers.whole_answers import WholeAnswers
from web.app import create_app
from web.request.desk import COOKIE

PASSWORD = "correct horse 2026"
OWN = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Clock:
    """The moment of every request, moved by the test."""

    now: datetime = field(default=datetime(2026, 5, 11, 8, 0, tzinfo=CHINA))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **span: float) -> None:
        """Time goes by."""
        self.now += timedelta(**span)


class Client(TestClient):
    """Whoever calls; all of a test run are served by one event loop, as in a real server."""

    def __init__(self, app: FastAPI, **settings: Any) -> None:
        super().__init__(app, **settings)
        assert self.portal is not None
        self._transport = WholeAnswers(app, self.portal)


@pytest.fixture(scope="session", autouse=True)
def event_loop() -> Iterator[None]:
    """The loop of all clients: one per request would start two threads each time."""
    with start_blocking_portal() as portal:
        Client.portal = portal
        yield
    Client.portal = None


@dataclass
class Workbench:
    """The application in front of a test office."""

    office: Office
    clock: Clock
    story: Story

    @cached_property
    def app(self) -> FastAPI:
        """The application, the same for everybody who comes."""
        return create_app(self.office, self.clock)

    def walk(self, *actions: str) -> str:
        """Actions of the story, one an hour; the clue's number, and it is a minute later now."""
        self.story.walk(*actions)
        self.clock.now = self.story.now + timedelta(minutes=1)
        with reading(self.office.engine) as session:
            return session.get_one(Clue, self.story.clue).no

    def at(self, chair: str) -> TestClient:
        """Somebody signed in at his own browser."""
        client = self.nobody()
        with reading(self.office.engine) as session:
            user = session.get_one(User, chair)
        client.cookies.set(COOKIE, open_session(self.office, user, self.clock()).token)
        return client

    def nobody(self) -> TestClient:
        """A browser in which nobody is signed in."""
        return Client(
            self.app,
            base_url="http://127.0.0.1:8000",
            headers=OWN,
            follow_redirects=False,
            raise_server_exceptions=False,
        )


@cache
def _password() -> str:
    """Hashed once per process: that is slow on purpose."""
    return hash_password(PASSWORD, "handler")


@pytest.fixture
def workbench(tmp_path: Path) -> Iterator[Workbench]:
    """A workbench whose clock is the story's."""
    office = build_office(tmp_path)
    with transaction(office.engine) as session:
        set_at = datetime(2026, 1, 1, tzinfo=CHINA)
        session.add(Password(user_id="handler", hash=_password(), set_at=set_at))
    clock = Clock()
    story = Story(office)
    yield Workbench(office, clock, story)
    office.engine.dispose()
