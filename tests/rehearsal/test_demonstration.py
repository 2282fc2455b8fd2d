"""A demonstration is made where nothing is, from its first day to its last, or told anew."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel, func, select

from cli.running.serve import _first_start
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.rehearsal import opening
from flows.rehearsal.demonstration import (
    NotEmpty,
    is_demonstration,
    is_empty,
    make_anew,
    make_demonstration,
    written_at_the_end,
)
from flows.rehearsal.opening import OPENS_AT, open_demonstration
from flows.rehearsal.play import IMPORTED_AT
from flows.site.moment import Mark, is_ready, now_at, read_mark, write_mark
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.office import open_test_office
from tests.helpers.story import Story

NORMAL = 1
"""As SQLite calls it: the disk is waited for when the log is carried over, not by commits."""


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Office]:
    """An office with tables and nothing in them."""
    office = open_test_office(tmp_path / "bare")
    SQLModel.metadata.create_all(office.engine)
    yield office
    office.engine.dispose()


def _count(office: Office) -> tuple[int, ...]:
    with reading(office.engine) as session:
        return tuple(
            session.exec(select(func.count()).select_from(one)).one() for one in (User, Clue, Event)
        )


def _drop_users(office: Office) -> None:
    with transaction(office.engine) as session:
        for one in session.exec(select(User)):
            session.delete(one)


def test_an_office_without_anything_becomes_a_demonstration(bare: Office) -> None:
    _first_start(bare, (), demo=True)

    assert is_demonstration(bare)
    assert _count(bare)[0] > 200


def test_an_office_with_clues_and_no_users_stays_what_it_is(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    story.does("register")
    _drop_users(story.office)
    before = _count(story.office)

    _first_start(story.office, (), demo=False)

    assert _count(story.office) == before
    assert not is_demonstration(story.office)
    assert "还没有用户" in capsys.readouterr().out


def test_whoever_asks_no_demonstration_is_made_where_something_is(story: Story) -> None:
    story.does("register")

    with pytest.raises(NotEmpty, match="已有数据"):
        make_demonstration(story.office, story.now)

    assert not is_demonstration(story.office)


def test_another_database_in_the_home_of_a_demonstration_works_in_earnest(
    bare: Office, pg_office: Office
) -> None:
    write_mark(bare, Mark(shown=OPENS_AT.isoformat(), since=OPENS_AT.isoformat()))
    home = bare.settings.home

    beside = open_test_office(home, f"sqlite:///{home / 'other.sqlite3'}")
    on_a_server = open_test_office(home, pg_office.settings.database_url)
    same = open_test_office(home, f"sqlite:///{home / 'yisong.sqlite3'}")

    assert not is_demonstration(beside)
    assert not is_demonstration(on_a_server)
    assert is_demonstration(same)
    for one in (beside, on_a_server, same):
        one.engine.dispose()


class Killed(BaseException):
    """Nothing below is told of it, as nothing is told of a process's death."""


@pytest.mark.slow
def test_a_story_that_was_broken_off_is_told_anew(
    bare: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "LAST_TOLD", date(2026, 9, 24))
    whole = open_test_office(tmp_path / "whole")
    SQLModel.metadata.create_all(whole.engine)
    for one in (bare, whole):
        make_demonstration(one, IMPORTED_AT, ready=False)
    open_demonstration(whole)
    with monkeypatch.context() as death:
        death.setattr(opening, "write_mark", _dies)
        with pytest.raises(Killed):
            open_demonstration(bare)
    assert not is_ready(bare)
    assert _count(bare)[2] not in {0, _count(whole)[2]}

    open_demonstration(bare)

    assert is_ready(bare)
    assert _count(bare) == _count(whole)
    assert abs((now_at(bare) - OPENS_AT).total_seconds()) < 600
    whole.engine.dispose()


def _dies(office: Office, mark: Mark) -> None:
    raise Killed


def test_what_others_stored_meanwhile_is_never_emptied(any_office: Office) -> None:
    Story(any_office).does("register")
    write_mark(any_office, Mark(ready=False))
    before = _count(any_office)

    with pytest.raises(NotEmpty, match="没有改动任何数据"):
        open_demonstration(any_office)

    assert _count(any_office) == before


def test_emptied_tables_begin_at_one_on_either_database(any_office: Office) -> None:
    story = Story(any_office)
    story.walk("register", "dispatch")
    _drop_users(any_office)
    with reading(any_office.engine) as session:
        numbers = [one or "" for one in session.exec(select(Clue.outside_no))]

    make_anew(any_office, story.now, numbers)

    assert _count(any_office)[1:] == (0, 0)
    assert read_mark(any_office) is not None
    assert not is_empty(any_office)
    again = Story(any_office)
    assert again.does("register")


def test_a_story_waits_for_the_disk_once_at_its_end(tmp_path: Path) -> None:
    office = open_test_office(tmp_path / "bare")
    SQLModel.metadata.create_all(office.engine)
    ahead = Path(f"{office.engine.url.database}-wal")

    def asks_the_disk() -> int:
        with office.engine.connect() as connection:
            return int(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    before = asks_the_disk()
    with written_at_the_end(office):
        make_demonstration(office, IMPORTED_AT)
        meanwhile, waiting = asks_the_disk(), ahead.stat().st_size
    after, left = asks_the_disk(), ahead.stat().st_size if ahead.exists() else 0

    assert (meanwhile, after) == (NORMAL, before)
    assert waiting > 0 and left == 0
    assert _count(office)[0] > 0
    office.engine.dispose()
