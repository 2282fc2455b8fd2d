"""Moments in the database: in UTC, to the microsecond, written alike by every version."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError
from sqlmodel import Session, select

from domain.situation.situation import CHINA
from domain.tables.process import Clue
from flows.site.office import Office
from tests.helpers.story import Story

EARLY = datetime(2026, 5, 11, 0, 30, 0, 5, tzinfo=CHINA)


def test_a_moment_is_read_as_it_was_written(any_office: Office) -> None:
    Story(any_office).does("register")
    with Session(any_office.engine) as session:
        clue = session.exec(select(Clue)).one()
        clue.received_at = EARLY
        session.add(clue)
        session.commit()

        session.expire_all()

        assert clue.received_at == EARLY
        assert clue.received_at.utcoffset() == timedelta(0)


def test_a_moment_without_an_offset_is_never_kept(any_office: Office) -> None:
    Story(any_office).does("register")
    with Session(any_office.engine) as session:
        clue = session.exec(select(Clue)).one()
        clue.received_at = EARLY.replace(tzinfo=None)
        session.add(clue)

        with pytest.raises(StatementError, match="naive datetime"):
            session.commit()


def test_what_earlier_versions_wrote_sorts_among_the_new(office: Office) -> None:
    Story(office).does("register")
    with Session(office.engine) as session:
        clue = session.exec(select(Clue)).one()
        clue.received_at = EARLY
        session.add(clue)
        session.commit()
    with office.engine.begin() as connection:
        [kept] = connection.execute(text("SELECT received_at FROM clue")).scalars()
        connection.execute(text("UPDATE clue SET opened_at = '2026-05-10 16:30:00.000006'"))

    assert kept == "2026-05-10 16:30:00.000005"
    with Session(office.engine) as session:
        [opened] = session.exec(select(Clue.opened_at).where(Clue.opened_at > EARLY))
    assert opened == datetime(2026, 5, 10, 16, 30, 0, 6, tzinfo=UTC)
