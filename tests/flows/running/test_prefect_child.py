"""The child Prefect server's SQLite file: writers wait for one another, none is refused."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from flows.running.prefect_child import lock_at_begin

Pause = Callable[[], Awaitable[object]]
"""What a writer waits for between what it read and what it writes."""
WRITERS = 4


async def _a_moment() -> None:
    await asyncio.sleep(0.05)


async def _read_then_write(database: AioSqliteConfiguration, pause: Pause) -> None:
    async with (
        await database.session(await database.engine()) as session,
        database.begin_transaction(session),
    ):
        found = (await session.execute(text("SELECT n FROM counter"))).scalar_one()
        await pause()
        await session.execute(text("UPDATE counter SET n = :n"), {"n": found + 1})


def _until_all_have_read() -> Pause:
    """However slow the machine: nobody writes before everybody has read."""
    return asyncio.Barrier(WRITERS).wait


async def _many_at_once(path: Path, pause: Callable[[], Pause]) -> int:
    database = AioSqliteConfiguration(f"sqlite+aiosqlite:///{path}")
    engine = await database.engine()
    async with engine.begin() as connection:
        await connection.execute(text("CREATE TABLE counter AS SELECT 0 AS n"))
    wait = pause()
    await asyncio.gather(*(_read_then_write(database, wait) for _ in range(WRITERS)))
    async with engine.connect() as connection:
        return int((await connection.execute(text("SELECT n FROM counter"))).scalar_one())


def test_writers_wait_for_one_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = AioSqliteConfiguration.begin_transaction
    monkeypatch.setattr(AioSqliteConfiguration, "begin_transaction", own)  # put back afterwards
    lock_at_begin()

    assert asyncio.run(_many_at_once(tmp_path / "prefect.db", lambda: _a_moment)) == WRITERS


def test_without_it_prefect_refuses_whoever_came_second(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="database is locked"):
        asyncio.run(_many_at_once(tmp_path / "prefect.db", _until_all_have_read))
