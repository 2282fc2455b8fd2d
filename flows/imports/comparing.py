"""New clues compared with earlier ones by a process of its own, while this one writes them.

It looks at the database as it was committed before them and writes nothing. What it finds is what
this process would find, which compares for itself until it has begun, and where it is gone. It
begins with the first of them and tells of a few at a time; whoever would have to wait for it takes
some from the end meanwhile, so that both are through at once, whichever of the two is the slower.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Session

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.rarity import Rarity
from flows.imports.other_process import OtherProcess, answer, is_told, orders
from flows.matching.candidates import Arrivals
from flows.matching.comparison import Compared, Comparer, Found, Marks, Mine, suspicions
from flows.matching.word_rarity import count_latest
from flows.site.store import open_store, reading

PIECE = 5
"""Clues that are compared before anybody looks what the other did: a few milliseconds' work."""
PATIENCE = 10.0
"""Seconds that are waited for it: people who want to write wait meanwhile."""


@dataclass(frozen=True)
class _Order:
    """Clues to compare, and their ids in pieces; what is empty is as it was.

    `address`: where the database is; `shares`: how rare words are; `counts`: whether the words of
    the latest clues are counted as well.
    """

    marks: dict[int, Fingerprint]
    pieces: list[list[int]]
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
        self._pieces: list[list[int]] = []

    def begin(self, marks: Marks, rarity: Rarity, counts: bool) -> bool:
        """Hands the clues over."""
        if not self._process.has_begun():
            return False
        if self._pieces:
            self._give_up()  # clues that were taken back
        address = self._address if self._rarity is None else ""
        shares = None if self._rarity is rarity else dict(rarity.shares)
        ids = list(marks)
        self._rarity = rarity
        self._pieces = [ids[at : at + PIECE] for at in range(0, len(ids), PIECE)]
        return self._process.tell(_Order(dict(marks), self._pieces, counts, address, shares))

    def found(self, mine: Mine) -> Compared | None:
        """What both found: it from the first piece on, this process from the last, till they meet.

        The piece that it is at is waited for.
        """
        found, heard, left = Found(), 0, len(self._pieces)
        while True:
            if heard + 1 < left and not self._process.has_answer():
                left -= 1
                self._process.tell(left)
                found |= mine(self._pieces[left])
                continue
            answer: Compared | None = self._process.hear()
            if answer is None:
                return None
            if not answer.found:
                self._pieces = []
                return Compared(found, answer.counted)
            found |= answer.found
            heard += 1

    def _give_up(self) -> None:
        self._process.tell(0)
        while (answer := self._process.hear()) and answer.found:
            continue


def main() -> None:
    """The other process: it compares what it is handed."""
    engine: Engine | None = None
    rarity: Rarity | None = None
    told = orders()
    for order in told:
        if not isinstance(order, _Order):
            continue  # of pieces that it was through with
        if order.address:
            engine = _only_read(order.address)
        if order.shares is not None:
            rarity = Rarity(order.shares)
        if engine and rarity:
            with reading(engine) as session:
                _compare(session, order, rarity, told)


def _compare(session: Session, order: _Order, rarity: Rarity, told: Iterator[Any]) -> None:
    """Tells what it found of each piece, up to those that the first process keeps to itself."""
    fresh = [one.text for one in order.marks.values()]
    counted = count_latest(session, fresh) if order.counts else None
    at, left, new = 0, len(order.pieces), Arrivals.of(order.marks)
    while at < left:
        answer(Compared(suspicions(session, new, rarity, order.pieces[at])))
        at += 1
        while left and is_told():
            left = next(told, 0)
    answer(Compared(counted=counted))


def _only_read(address: str) -> Engine:
    engine = open_store(address)

    def bind(connection: object, entry: object) -> None:
        if engine.dialect.name == "sqlite":
            connection.execute("PRAGMA query_only=ON")  # type: ignore[attr-defined]
        else:
            connection.read_only = True  # type: ignore[attr-defined]

    event.listen(engine, "connect", bind)
    return engine
