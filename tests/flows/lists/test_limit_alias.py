"""Lists of many people at once: the first pages of a process are made by several threads."""

import sys
import threading
from collections.abc import Iterator

import pytest
from sqlmodel import col

from domain.tables.process import Clock
from flows.lists.list_queries import limit_alias

COLUMNS = list(Clock.__table__.columns.keys())  # type: ignore[attr-defined]
ALIASES = 100
"""Without its care every tenth alias has a column of the table's own."""


@pytest.fixture
def hurried() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hurried")
def test_an_alias_that_is_asked_for_all_its_columns_at_once_has_only_its_own() -> None:
    foreign = [one for _ in range(ALIASES) for one in _taken_for_the_tables_own(limit_alias())]

    assert foreign == []


def _taken_for_the_tables_own(alias: type[Clock]) -> list[str]:
    together = threading.Barrier(len(COLUMNS))
    found: list[str] = []

    def ask(name: str) -> None:
        together.wait()
        asked = col(getattr(alias, name)).expression
        if asked.table is Clock.__table__:  # type: ignore[attr-defined]
            found.append(name)

    threads = [threading.Thread(target=ask, args=(name,)) for name in COLUMNS]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found
