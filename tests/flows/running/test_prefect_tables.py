"""A new Prefect database is laid out as Prefect's own migrations leave one."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.running.prefect_tables import DATABASE, TABLES, lay_out, migrated


@pytest.mark.flow
def test_the_tables_are_those_of_the_pinned_versions_own_migrations(tmp_path: Path) -> None:
    """Lines may stand in another order: the migrations copy constraints as they come."""
    assert _lines(migrated(tmp_path)) == _lines(TABLES.read_text(encoding="utf-8"))


def _lines(text: str) -> list[str]:
    return sorted(line.strip().rstrip(",") for line in text.splitlines())


def test_an_empty_home_gets_them_and_a_database_stays_as_it_is(tmp_path: Path) -> None:
    lay_out(tmp_path)

    assert [one.name for one in tmp_path.iterdir()] == [DATABASE]
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        assert connection.execute("SELECT count(*) FROM alembic_version").fetchone() == (1,)
        connection.execute("INSERT INTO variable (name, value) VALUES ('kept', '1')")
    before = (tmp_path / DATABASE).read_bytes()
    lay_out(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


def test_a_prefect_of_another_version_migrates_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.running.prefect_tables.version", lambda _: "9.9.9")

    lay_out(tmp_path)

    assert list(tmp_path.iterdir()) == []
