"""Clues and undertakings share their ids: what that costs, and what becomes of older databases."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, column, event, insert, select, text
from sqlalchemy import table as bare
from sqlmodel import SQLModel

from domain.tables.dossier import Dossier
from domain.tables.process import Clue
from flows.site.migration import BrokenKeys, alembic_config, migrate
from flows.site.office import Office
from flows.site.schema import newest_revision, revision_of, upgrade
from flows.site.store import open_store, reading
from tests.helpers.office import build_office, snapshot
from tests.helpers.story import RECEIVED, Story

STATEMENTS = {
    "dispatch": 20,  # one less since all messages of a step go in one statement
    "accept": 13,
    "verify": 13,
    "conclude": 16,  # one less since the conclusion stops no limit: the decision does
    "refer": 16,  # one more since it tells the legal staff
    "referral.approve": 25,  # it ends a limit and answers the caller; its three numbers go in one
    "referral.deliver": 16,  # the papers it sends are marked as sent; messages go in one
    "referral.receipt": 15,  # one more since the caller's limit follows that of the police
}
"""What each step asked of the database when every process hung on a clue, counted then; one less
since whether other systems listen is asked with the dossier's last moment."""
REGISTERING = 19
"""One less since the row is written with its facts, one more for what is rare among the clues, one
for what the site's record taught of routing, one less since nobody looks at its party's record yet.
"""
FOREIGN_KEY = r", (?:CONSTRAINT \w+ )?FOREIGN KEY\(\w+\) REFERENCES \w+ \(\w+\)"
WITH_PAPER = {"dispatch", "conclude", "refer", "referral.approve"}
"""Steps with a document, whose bytes are a row now and no file (decision 62)."""
FILES = 1
"""And how many pages the uploaded files of its clue have (decision 53)."""


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """Every statement of the block."""
    asked: list[str] = []

    def note(*told: object) -> None:
        asked.append(str(told[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_a_clue_costs_one_insert_more_and_its_steps_cost_nothing_more(office: Office) -> None:
    story = Story(office)

    with counted(office.engine) as asked:
        story.does("register")
    assert len(asked) == REGISTERING + 1 + 1  # its marks are made of what is at hand
    assert len([one for one in asked if one.startswith("INSERT INTO dossier")]) == 1

    found = {}
    for action in STATEMENTS:
        with counted(office.engine) as asked:
            story.does(action)
        found[action] = len(asked)
    more = {name: FILES + (name in WITH_PAPER) for name in STATEMENTS}
    assert found == {name: asked + more[name] for name, asked in STATEMENTS.items()}


@pytest.fixture(params=["sqlite", "postgresql"])
def old_store(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """A database without tables, to be filled as an older version would have left it."""
    if request.param == "sqlite":
        return open_store(f"sqlite:///{tmp_path / 'old.sqlite3'}")
    return open_store(request.getfixturevalue("pg_url"))


@pytest.mark.parametrize("version", ["0001", "0018"])
def test_a_database_of_an_older_version_keeps_every_row_and_goes_on(
    old_store: Engine, version: str, tmp_path: Path
) -> None:
    past = build_office(tmp_path / "past")
    story = Story(past)
    story.walk(*RECEIVED, "request.ask", "supervision.urge")
    Story(past, story.now).walk("register", "dispatch")
    migrate(old_store, version)
    copied = _copy(past.engine, old_store)
    moved = Office(**{**past.__dict__, "engine": old_store})

    upgrade(old_store)

    after, known = snapshot(moved), snapshot(past)
    assert revision_of(old_store) == newest_revision()
    assert {"clue", "process", "clock", "document", "follow_up"} <= copied
    assert {one: len(after[one]) for one in copied} == {one: len(known[one]) for one in copied}
    with reading(old_store) as session:
        clues = session.exec(select(Clue.id, Clue.no)).all()  # type: ignore[call-overload]
        dossiers = session.exec(select(Dossier.id, Dossier.no)).all()  # type: ignore[call-overload]
    assert sorted(clues) == sorted(dossiers)
    story = Story(moved, story.now, story.clue)
    story.does("referral.file")
    fresh = Story(moved, story.now)
    fresh.does("register", outside_no="")
    assert fresh.clue == len(clues) + 1
    assert fresh.chain_holds()
    old_store.dispose()
    past.engine.dispose()


def test_an_upgraded_sqlite_database_is_made_as_a_new_one(tmp_path: Path) -> None:
    """Word for word: the same tables, keys and indexes, whichever version it began with."""
    stepwise, at_once = (open_store(f"sqlite:///{tmp_path / one}.sqlite3") for one in "ab")
    script = ScriptDirectory.from_config(alembic_config())
    for revision in sorted(one.revision for one in script.walk_revisions()):
        migrate(stepwise, revision)
    upgrade(at_once)

    assert _made(stepwise) == _made(at_once)
    assert "FOREIGN KEY(clue_id) REFERENCES dossier (id)" in _made(at_once)["clock"]
    assert "ix_clock_board" in _made(at_once)
    with stepwise.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    stepwise.dispose()
    at_once.dispose()


def test_a_database_with_rows_that_point_to_nothing_is_left_as_it_was(tmp_path: Path) -> None:
    """Keys rest while tables are made anew: what does not fit is found before the commit."""
    store = open_store(f"sqlite:///{tmp_path / 'broken.sqlite3'}")
    migrate(store, "0018")
    with sqlite3.connect(tmp_path / "broken.sqlite3") as bare:
        bare.execute("PRAGMA foreign_keys=OFF")
        bare.execute(
            "INSERT INTO attachment (clue_id, title, kind, suffix, size, sha256, added_by, "
            "department_id, added_at) VALUES (7, '', '', '', 1, '', '', '', '2026-05-11')"
        )
    before = _made(store)

    with pytest.raises(BrokenKeys, match="1行找不到所属记录（attachment → dossier），升级未生效"):
        upgrade(store)

    assert (revision_of(store), _made(store)) == ("0018", before)
    store.dispose()


def _made(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql != ''"))
        return {name: _keys_in_order(re.sub(r"\s+", " ", sql)) for name, sql in rows}


def _keys_in_order(sql: str) -> str:
    """A table made anew holds its keys in the order of a set: another in each process."""
    keys = re.findall(FOREIGN_KEY, sql)
    for key in keys:
        sql = sql.replace(key, "")
    return sql + "".join(sorted(keys))


def _copy(past: Engine, old: Engine) -> set[str]:
    """The rows of an office of today in the tables that an older version had of them."""
    known = MetaData()
    known.reflect(old)
    copied: set[str] = set()
    with past.connect() as source, old.begin() as target:
        for older in known.sorted_tables:
            table = SQLModel.metadata.tables.get(older.name)
            if table is None or not set(older.columns.keys()) <= set(table.columns.keys()):
                continue  # it was made anew since, as the bands of fingerprints were
            columns = [one for one in table.columns if one.name in older.columns]
            rows = source.execute(select(*columns)).mappings().all()
            if rows:
                as_then = bare(table.name, *(column(one.name, one.type) for one in columns))
                target.execute(insert(as_then), [dict(one) for one in rows])
                copied.add(table.name)
        if old.dialect.name == "postgresql":
            _count_on(target, copied)
    return copied


def _count_on(connection: Connection, tables: set[str]) -> None:
    """The rows came with their ids: PostgreSQL counts on from the last of them."""
    for table in sorted(tables - {"user"}):
        if "id" in SQLModel.metadata.tables[table].columns:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), "
                    f"(SELECT max(id) FROM {table})) "
                    f"WHERE pg_get_serial_sequence('{table}', 'id') IS NOT NULL"
                )
            )
