"""New clues compared with earlier ones by a process of its own, while this one writes them.

It looks at the database as it was committed before them and writes nothing. What it finds is what
this process would find, which compares for itself until it has begun, and where it is gone.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Engine, event

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.rarity import Rarity
from flows.imports.other_process import OtherProcess, answer, orders
from flows.matching.comparison import Compared, Comparer, Marks, compare
from flows.site.store import open_store, reading

PATIENCE = 10.0
"""Seconds that are waited for it: people who want to write wait meanwhile."""


@dataclass(frozen=True)
class _Order:
    """Clues to compare; where the database is, and how rare words are, where either is new.

    `counts`: whether the words of the latest clues are counted as well.
    """

    marks: dict[int, Fingerprint]
    counts: bool
    address: str = ""
    shares: dict[str, float] | None = None


@contextmanager
def comparing_beside(engine: Engine) -> Iterator[Comparer | None]:
    """Within the block clues may be compared beside; None where no other process sees the data."""
    if engine.url.database in {None, "", ":memory:"}:
        yield None
        return
    process = OtherProcess(__name__, PATIENCE, _as_reached())
    try:
        yield _Beside(process, engine.url.render_as_string(hide_password=False))
    finally:
        process.end()


def _as_reached() -> dict[str, str]:
    """What PostgreSQL's library reads beside an address: passwords, certificates, their files."""
    return {
        name: value for name, value in os.environ.items() if name == "HOME" or name.startswith("PG")
    }


class _Beside:
    """The other process, as `Comparer`."""

    def __init__(self, process: OtherProcess, address: str) -> None:
        self._process, self._address = process, address
        self._rarity: Rarity | None = None
        self._is_at_work = False

    def begin(self, marks: Marks, rarity: Rarity, counts: bool) -> bool:
        """Hands the clues over."""
        if not self._process.has_begun():
            return False
        if self._is_at_work:
            self.found()  # of clues that were taken back
        address = self._address if self._rarity is None else ""
        shares = None if self._rarity is rarity else dict(rarity.shares)
        self._rarity = rarity
        self._is_at_work = self._process.tell(_Order(dict(marks), counts, address, shares))
        return self._is_at_work

    def found(self) -> Compared | None:
        """Waits for what was found."""
        self._is_at_work = False
        found: Compared | None = self._process.hear()
        return found


def main() -> None:
    """The other process: it compares what it is handed."""
    engine: Engine | None = None
    rarity: Rarity | None = None
    for order in orders():
        if order.address:
            engine = _only_read(order.address)
        if order.shares is not None:
            rarity = Rarity(order.shares)
        if engine and rarity:
            with reading(engine) as session:
                answer(compare(session, order.marks, rarity, counts=order.counts))


def _only_read(address: str) -> Engine:
    engine = open_store(address)

    def bind(connection: object, entry: object) -> None:
        if engine.dialect.name == "sqlite":
            connection.execute("PRAGMA query_only=ON")  # type: ignore[attr-defined]
        else:
            connection.read_only = True  # type: ignore[attr-defined]

    event.listen(engine, "connect", bind)
    return engine
