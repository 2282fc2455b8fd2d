"""Migrations stand by themselves: what they do does not change when the program changes."""

import ast
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Engine, MetaData, Table, select
from sqlmodel import SQLModel, col

from domain.tables.process import Process
from domain.tables.row import Row
from flows.site.migration import alembic_config
from flows.site.schema import VERSIONS
from flows.site.store import WRITES, open_store

HOUSE = {"domain", "documents", "flows", "web", "cli"}
REVISIONS = sorted(VERSIONS.glob("[0-9]*_*.py"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_store(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    """A database without tables."""
    if request.param == "sqlite":
        return open_store(f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    return open_store(request.getfixturevalue("pg_url"))


@pytest.mark.parametrize("path", REVISIONS, ids=[one.stem for one in REVISIONS])
def test_a_migration_imports_nothing_of_the_house(path: Path) -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {one.name.partition(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])

    assert imported & HOUSE == set()


def test_every_table_is_made_of_rows() -> None:
    """Whose values go straight to SQLAlchemy: a table made of SQLModel alone is slower unseen."""
    tables = {one.class_ for one in SQLModel._sa_registry.mappers}

    assert {one.__name__ for one in tables if not issubclass(one, Row)} == set()
    assert len(tables) > 60


def test_a_new_migration_is_drawn_up_without_the_house() -> None:
    template = (VERSIONS.parent / "script.py.mako").read_text(encoding="utf-8")

    assert not any(f"import {room}" in template for room in HOUSE)
    assert not any(f"from {room}" in template for room in HOUSE)


def test_clues_registered_before_can_be_found_by_their_words(empty_store: Engine) -> None:
    """Revision 0007: pairs of neighbours, half width and lower case, of five columns."""
    _migrate(empty_store, "0006")
    texts = {
        "no": "A1",
        "outside_no": "Ｂ２",
        "title": "卖 Tea",
        "subject_name": "鑫源",
        "place": "",
    }
    _put(empty_store, "clue", texts)

    _migrate(empty_store, "0007")

    with empty_store.connect() as connection:
        words = Table("search_gram", MetaData(), autoload_with=connection)
        found = {row.gram for row in connection.execute(select(words.c.gram))}
    assert found == {"a1", "b2", "卖t", "te", "ea", "鑫源"}
    empty_store.dispose()


def test_papers_from_before_are_known_to_have_left_by_what_was_done(empty_store: Engine) -> None:
    """Revision 0023: letters with their issue, decisions with their service, forms never."""
    _migrate(empty_store, "0020")
    served = datetime(2026, 5, 14, 10, tzinfo=UTC)
    case = {"process_kind": "case", "process_id": 7}
    _put(empty_store, "dossier", {"id": 1})
    for number, kind in enumerate(OLD_PAPERS, start=1):
        _put(empty_store, "document", {"id": number, "clue_id": 1, "kind": kind, **case})
    _put(empty_store, "event", {"seq": 1, "action": "serve", "at": served, **case})

    _migrate(empty_store, "0023")

    with empty_store.connect() as connection:
        table = Table("document", MetaData(), autoload_with=connection)
        rows = connection.execute(select(table.c.kind, table.c.left_at)).all()
    left = {kind: at.day if at else None for kind, at in rows}
    assert left == OLD_PAPERS
    empty_store.dispose()


def test_clues_from_before_are_listed_by_who_handles_them(empty_store: Engine) -> None:
    """Revision 0105: as their facts say; who was never named is nobody."""
    _migrate(empty_store, "0104")
    told = ({"handler_user": "u-1", "forms": {}}, {"handler_user": ""}, {}, {"handler_user": None})
    for number, facts in enumerate(told, 1):
        called = {"id": number, "no": f"A{number}"}
        _put(empty_store, "dossier", called)
        _put(empty_store, "clue", {**called, "facts": facts, "outside_no": str(number)})

    _migrate(empty_store, "0105")

    with empty_store.connect() as connection:
        table = Table("clue", MetaData(), autoload_with=connection)
        query = select(table.c.handler_id).order_by(table.c.no)
        assert list(connection.execute(query).scalars()) == ["u-1", "", "", ""]
    empty_store.dispose()


def test_referrals_from_before_are_listed_by_when_they_were_delivered(empty_store: Engine) -> None:
    """Revision 0114: as their facts say, in China's time where they name no other."""
    _migrate(empty_store, "0111")
    told = ("2026-05-11T09:00:00+08:00", "2026-05-11T09:00:00", "2026-05-11T09:00:00+00:00", "")
    _put(empty_store, "dossier", {"id": 1})
    for number, said in enumerate(told, 1):
        facts = {"delivered_at": said} if said else {}
        _put(
            empty_store, "process", {"id": number, "clue_id": 1, "kind": "referral", "facts": facts}
        )

    _migrate(empty_store, "0114")

    with empty_store.connect() as connection:
        query = select(col(Process.delivered_at)).order_by(col(Process.id))
        found = list(connection.execute(query).scalars())
    at_one, at_nine = (datetime(2026, 5, 11, hour, tzinfo=UTC) for hour in (1, 9))
    assert found == [at_one, at_one, at_nine, None]
    empty_store.dispose()


OLD_PAPERS = {
    "verification_report": 11,
    "penalty_decision": 14,
    "penalty_notice": None,
    "filing_approval": None,
}
"""By kind, on which day of May each left."""


def _migrate(engine: Engine, revision: str) -> None:
    config = alembic_config()
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.commit()


def _put(engine: Engine, name: str, given: Mapping[str, object]) -> None:
    """A row with what is given, and something in every other column that must not be empty."""
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        table = Table(name, MetaData(), autoload_with=connection)
        other = {
            one.name: _something(one.type.python_type)
            for one in table.columns
            if not one.nullable and one.name not in given and not one.primary_key
        }
        connection.execute(table.insert(), [{**other, **given}])
        connection.commit()


def _something(kind: type) -> Any:
    if kind is datetime:
        return datetime(2026, 5, 11, tzinfo=UTC)
    return kind()
