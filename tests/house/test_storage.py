"""The same tables and the same steps on SQLite and PostgreSQL."""

from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session, SQLModel

from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA
from domain.tables.process import Clock, Clue
from flows.door.steps import Command, perform
from flows.site import store
from flows.site.office import Office
from flows.site.schema import upgrade
from flows.site.store import open_store, reading, transaction
from tests.helpers.filled_forms import filled
from tests.helpers.haste.disk import AS_SHIPPED
from tests.helpers.office import snapshot
from tests.helpers.people import actor
from tests.helpers.story import IN_CASE, Story


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """A database without tables."""
    if request.param == "sqlite":
        return open_store(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    return open_store(request.getfixturevalue("pg_url"))


def test_the_migrations_make_the_tables_the_program_uses(empty_store: Engine) -> None:
    upgrade(empty_store)

    with empty_store.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    empty_store.dispose()


def test_the_migrations_tell_postgresql_what_hangs_together_as_the_tables_do(
    pg_url: str, pg_office: Office
) -> None:
    upgraded = open_store(pg_url)
    upgrade(upgraded)
    asked = text("SELECT pg_get_statisticsobjdef(oid) FROM pg_statistic_ext ORDER BY 1")

    found = []
    for engine in (upgraded, pg_office.engine):
        with engine.connect() as connection:
            found.append(connection.execute(asked).scalars().all())

    assert found[0] == found[1] and len(found[0]) == 2
    upgraded.dispose()


def test_postgresql_translates_no_short_question_into_machine_code(pg_url: str) -> None:
    engine = open_store(pg_url)

    with engine.connect() as connection:
        assert connection.execute(text("SHOW jit")).scalar_one() == "off"
    engine.dispose()


def test_upgrading_twice_changes_nothing(empty_store: Engine) -> None:
    upgrade(empty_store)
    upgrade(empty_store)

    with empty_store.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 1
    empty_store.dispose()


def test_an_upgraded_database_takes_a_clue(empty_store: Engine, office: Office) -> None:
    upgrade(empty_store)
    moved = Office(**{**office.__dict__, "engine": empty_store})

    Story(moved).walk("register", "dispatch")
    assert Story(moved, clue=1).chain_holds()
    empty_store.dispose()


def test_a_case_lives_the_same_life_on_both(any_office: Office) -> None:
    story = Story(any_office)

    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    story.walk("case.pass_review", "case.notice", "case.record_statement", "case.decide")
    story.walk("case.serve", "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.walk("close", "archive")

    assert (story.state(), story.state("case")) == ("archived", "closed")
    assert story.chain_holds()
    assert story.row().opened_at.astimezone(CHINA).hour == 9


def test_a_refusal_changes_nothing_on_both(any_office: Office) -> None:
    story = Story(any_office)
    story.walk("register", "dispatch")

    assert story.refused("dismiss")
    assert story.refused("return", by="health", reason=None)
    assert story.chain_holds()


def test_who_saw_an_older_version_is_told_to_look_again(any_office: Office) -> None:
    story = Story(any_office)
    story.walk("register", "dispatch")
    seen = story.row().version
    story.does("accept")
    before = snapshot(any_office)

    command = Command("verify", "clue", story.clue, form={"scope": "x"}, version=seen)
    with pytest.raises(Refused, match="刚刚被他人办理，请刷新后再试"):
        perform(any_office, command, actor("colleague"), story.now)

    assert snapshot(any_office) == before


def test_an_error_rolls_everything_back(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    story.does("register")
    before = snapshot(any_office)

    def broken(*args: object) -> None:
        raise OSError("disk is gone")

    monkeypatch.setattr("flows.door.steps.messages", broken)
    form = filled("clue", "dispatch", story.now)
    with pytest.raises(OSError, match="disk is gone"):
        perform(any_office, Command("dispatch", "clue", 1, form=form), actor("desk"), story.now)

    assert snapshot(any_office) == before


def test_one_clock_per_rule_and_process_is_open(any_office: Office) -> None:
    Story(any_office).does("register")

    with pytest.raises(IntegrityError), transaction(any_office.engine) as session:
        clock = session.get_one(Clock, 1)
        session.add(Clock(**{**clock.model_dump(), "id": None}))


def test_no_number_is_given_twice(any_office: Office) -> None:
    Story(any_office).walk("register", "dispatch")

    with pytest.raises(IntegrityError), transaction(any_office.engine) as session:
        session.connection().execute(
            text(
                "INSERT INTO document (clue_id, process_kind, process_id, kind, title, organ, "
                "series, year, serial, facts, template_sha256, sha256, issued_at, issued_by, "
                "department_id) SELECT clue_id, process_kind, process_id, kind, title, organ, "
                "series, year, serial, facts, template_sha256, sha256, issued_at, issued_by, "
                "department_id FROM document WHERE serial = 1"
            )
        )


def test_moments_come_back_as_they_went_in(any_office: Office) -> None:
    story = Story(any_office)
    story.does("register", received_at="2026-05-11T08:15:30+08:00")

    received = story.row().received_at
    assert received == datetime(2026, 5, 11, 8, 15, 30, tzinfo=CHINA)
    assert received.tzinfo is not None


def test_a_moment_without_its_zone_is_not_stored(any_office: Office) -> None:
    Story(any_office).does("register")

    with pytest.raises(StatementError, match="naive"), transaction(any_office.engine) as session:
        clue = session.get_one(Clue, 1)
        clue.received_at = datetime(2026, 5, 11)  # noqa: DTZ001
        session.add(clue)


def test_sqlite_waits_for_writers_and_syncs(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "SYNCHRONOUS", AS_SHIPPED)

    with office.engine.connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found["journal_mode"] == "wal"
    assert (found["synchronous"], found["foreign_keys"]) == (2, 1)
    assert found["busy_timeout"] >= 10_000


def test_readers_do_not_wait_for_a_writer(office: Office) -> None:
    Story(office).does("register")

    with transaction(office.engine) as writing:
        writing.connection().execute(text("UPDATE clue SET title = 'x'"))
        with reading(office.engine) as session:
            assert session.get_one(Clue, 1).title != "x"


def test_the_home_folder_is_made_when_missing(tmp_path: Path) -> None:
    engine = open_store(f"sqlite:///{tmp_path / 'a' / 'b' / 'yisong.sqlite3'}")

    with Session(engine) as session:
        assert session.connection().execute(text("SELECT 1")).scalar_one() == 1
    assert (tmp_path / "a" / "b").is_dir()
    engine.dispose()
