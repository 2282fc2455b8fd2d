"""Rows read and looked at by a process of its own, ahead of the one that writes them.

What it sees is what this process would see, which decides everything and sees for itself where
there is no second processor, the file is small, or the other process has not begun or is gone.
"""

import os
import pickle
import select
import subprocess
import sys
from collections.abc import Generator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.duplicates.rarity import Rarity
from domain.files.column_mapping import ColumnMapping
from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.routing.learning import Learned
from domain.routing.matter_index import build_index
from domain.rulebook.rulebook import Rulebook
from flows.door.first_look import knowledge
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import IncomingFile
from flows.matching.looks import Knowledge, Look, look_at
from flows.matching.routing_lessons import learned_in
from flows.matching.word_rarity import rarity_in
from flows.site.store import reading

ENOUGH = 500
"""Rows of a file that are worth a second process: to begin takes it as long as some two hundred."""
GIVES_WAY = 5
"""How far it stands behind what people wait for."""
_GONE = (OSError, EOFError, pickle.UnpicklingError)


@dataclass(frozen=True)
class ReadRow:
    """A row as it stands in the file and as it was read; `look`: what was seen of its clue."""

    raw: RawRow
    parsed: IncomingClue | RowRejection
    look: Look | None = None


@dataclass(frozen=True)
class _Order:
    """Rows to read, and what the site learnt, where that is new."""

    rows: Sequence[RawRow]
    learnt: tuple[Learned, Rarity] | None = None


@dataclass(frozen=True)
class _Kit:
    """What rows are read with that does not change during an import."""

    mapping: ColumnMapping
    now: datetime
    desk: str
    area: str
    dictionaries: tuple[Mapping[str, Any], ...]

    def knowledge(self, learned: Learned, rarity: Rarity) -> Knowledge:
        """The same as the office's."""
        matters, duties, departments, channels = self.dictionaries
        index = build_index((matters, duties), departments, channels)
        return Knowledge(index, self.area, learned, rarity)


def read_rows(clerk: Clerk, file: IncomingFile, size: int) -> Generator[list[ReadRow]]:
    """The rows of a file in portions of that size, each read only when asked for, but for one."""
    helper = _Helper(clerk, file) if _is_worth_it(file) else None
    try:
        before: list[RawRow] = []
        for rows in file.portions(size):
            found = _read(clerk, file, before, helper)
            if helper:
                helper.order(rows)
            if found:
                yield found
            before = rows
        if found := _read(clerk, file, before, helper):
            yield found
    finally:
        if helper:
            helper.end()


def _is_worth_it(file: IncomingFile) -> bool:
    return file.table.total >= ENOUGH and (os.cpu_count() or 1) > 1


def _read(
    clerk: Clerk, file: IncomingFile, rows: Sequence[RawRow], helper: "_Helper | None"
) -> list[ReadRow]:
    """The rows as the helper saw them, else as this process reads them."""
    found = helper.answer(rows) if helper else None
    return found or [ReadRow(row, parse_row(row, file.mapping, clerk.now)) for row in rows]


class _Helper:
    """The other process: ordered a portion while this one writes the one before.

    The two take turns on their pipes, so that neither ever waits for the other to read.
    """

    def __init__(self, clerk: Clerk, file: IncomingFile) -> None:
        self._office = clerk.office
        self._known: Knowledge | None = None
        self._is_ordered = False
        rules = clerk.office.rules
        desk, area = clerk.actor.department, clerk.office.settings.area
        self._kit = _Kit(file.mapping, clerk.now, desk, area, _dictionaries(rules))
        # -P: the folder where the program was started has no part in what is imported.
        command = [sys.executable, "-P", "-c", f"import {__name__} as own; own.main()"]
        environment = {"PYTHONPATH": ":".join(one for one in sys.path if one), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        # Their types do not know that both are pipes.
        self._orders: Any = self._process.stdin
        self._told: Any = self._process.stdout

    def order(self, rows: Sequence[RawRow]) -> None:
        """Has rows read, if the process has begun."""
        if not self._has_begun():
            return
        with reading(self._office.engine) as session:
            known = knowledge(self._office, learned_in(session), rarity_in(session))
        past, self._known = self._known, known
        is_new = past is None or past.learned is not known.learned
        if is_new or (past and past.rarity is not known.rarity):
            order = _Order(rows, (known.learned, known.rarity))
        else:
            order = _Order(rows)
        self._is_ordered = self._tell(order)

    def answer(self, rows: Sequence[RawRow]) -> list[ReadRow] | None:
        """What it saw of the rows ordered last; None where nothing was, or it is gone."""
        if not self._is_ordered:
            return None
        self._is_ordered = False
        seen = self._hear()
        known = self._known
        if seen is None or known is None:
            return None
        return [
            ReadRow(row, parsed, Look(look[0], look[1], look[2], known) if look else None)
            for row, (parsed, look) in zip(rows, seen, strict=True)
        ]

    def end(self) -> None:
        """The process is ended, whatever it is at."""
        self._process.kill()
        self._process.communicate()

    def _has_begun(self) -> bool:
        if self._known is not None:
            return True
        # It says so with its first word; until then it would take nothing off its pipe.
        speaks = bool(select.select([self._told], [], [], 0)[0])
        return speaks and self._hear() is True and self._tell(self._kit)

    def _tell(self, what: object) -> bool:
        with suppress(*_GONE):
            pickle.dump(what, self._orders, pickle.HIGHEST_PROTOCOL)
            self._orders.flush()
            return True
        return False

    def _hear(self) -> Any:
        with suppress(*_GONE):
            return pickle.load(self._told)
        return None


def _dictionaries(rules: Rulebook) -> tuple[Mapping[str, Any], ...]:
    index = rules.routing
    both = (rules.matters, rules.duties, index.departments, index.channels)
    return tuple(dict(one) for one in both)


def main() -> None:
    """The other process: it reads what it is ordered to for as long as the first one lives."""
    os.nice(GIVES_WAY)
    orders, told = sys.stdin.buffer, sys.stdout.buffer
    _answer(told, True)
    kit: _Kit = pickle.load(orders)
    known: Knowledge | None = None
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            order: _Order = pickle.load(orders)
            if order.learnt:
                known = kit.knowledge(*order.learnt)
            if known:
                _answer(told, [_seen(row, kit, known) for row in order.rows])


def _answer(told: Any, what: object) -> None:
    pickle.dump(what, told, pickle.HIGHEST_PROTOCOL)
    told.flush()


def _seen(row: RawRow, kit: _Kit, known: Knowledge) -> tuple[IncomingClue | RowRejection, Any]:
    parsed = parse_row(row, kit.mapping, kit.now)
    if isinstance(parsed, RowRejection):
        return parsed, None
    look = look_at(parsed, kit.desk, known)
    return parsed, (look.kept, look.routing, look.mark)
