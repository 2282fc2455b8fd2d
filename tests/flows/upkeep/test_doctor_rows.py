"""What the operator is told of the database server."""

import pytest

from flows.site.office import Office
from flows.upkeep import doctor_rows
from flows.upkeep.doctor_rows import server
from flows.upkeep.health import Line


def told_of(office: Office) -> dict[str, Line]:
    return {one.label: one for one in server(office.engine)}


def test_a_small_database_needs_no_more_memory_than_postgresql_takes(pg_office: Office) -> None:
    found = told_of(pg_office)

    assert found["数据库版本"].verdict == "ok"
    assert "数据库内存" not in found


def test_of_a_large_database_too_little_memory_is_told_with_what_to_do(
    pg_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test server keeps 128 MB, as PostgreSQL comes; any database is large beside nothing."""
    monkeypatch.setattr(doctor_rows, "SHARE", 0)
    assert "数据库内存" in told_of(pg_office)

    line = told_of(pg_office)["数据库内存"]
    assert line.verdict == "doubt"
    assert "shared_buffers 只有128" in line.value and "四分之一" in line.value


def test_an_old_server_is_refused(pg_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_rows, "OLDEST_SERVER", 99)

    line = told_of(pg_office)["数据库版本"]

    assert line.verdict == "bad" and "至少需要 99" in line.value


def test_sqlite_has_no_server(office: Office) -> None:
    assert list(server(office.engine)) == []
