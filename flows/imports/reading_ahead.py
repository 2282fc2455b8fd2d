"""Rows read and looked at by a process of its own, ahead of the one that writes them.

What it sees is what this process would see, which decides everything and sees for itself where
there is no second processor, the file is small, or the other process has not begun or is gone.
"""

import os
from collections.abc import Generator, Mapping, Sequence
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
from flows.imports.other_process import OtherProcess, answer, orders
from flows.matching.looks import Knowledge, Look, look_at
from flows.matching.routing_lessons import learned_in
from flows.matching.word_rarity import rarity_in
from flows.site.store import reading

ENOUGH = 500
"""Rows of a file that are worth a second process: to begin takes it as long as some two hundred."""
GIVES_WAY = 5
"""How far it stands behind what people wait for."""
PATIENCE = 20.0
"""Seconds that are waited for a portion: hundreds of times what it takes."""


@dataclass(frozen=True)
class ReadRow:
    """A row as it stands in the file and as it was read; `look`: what was seen of its clue."""

    raw: RawRow
    parsed: IncomingClue | RowRejection
    look: Look | None = None


@dataclass(frozen=True)
class _Order:
    """Rows to read, with what they are read, and what the site learnt, where either is new."""

    rows: Sequence[RawRow]
    kit: "_Kit | None" = None
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
    helper = _Helper(clerk, file) if is_worth_it(file) else None
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


def is_worth_it(file: IncomingFile) -> bool:
    """Whether a file is read with other processes beside this one."""
    return file.table.total >= ENOUGH and (os.cpu_count() or 1) > 1


def _read(
    clerk: Clerk, file: IncomingFile, rows: Sequence[RawRow], helper: "_Helper | None"
) -> list[ReadRow]:
    """The rows as the helper saw them, else as this process reads them."""
    found = helper.answer(rows) if helper else None
    return found or [ReadRow(row, parse_row(row, file.mapping, clerk.now)) for row in rows]


class _Helper:
    """The other process: ordered a portion while this one writes the one before."""

    def __init__(self, clerk: Clerk, file: IncomingFile) -> None:
        self._office = clerk.office
        self._known: Knowledge | None = None
        self._is_ordered = False
        rules = clerk.office.rules
        desk, area = clerk.actor.department, clerk.office.settings.area
        self._kit = _Kit(file.mapping, clerk.now, desk, area, _dictionaries(rules))
        self._process = OtherProcess(__name__, PATIENCE)

    def order(self, rows: Sequence[RawRow]) -> None:
        """Has rows read, if the process has begun."""
        if not self._process.has_begun():
            return
        with reading(self._office.engine) as session:
            known = knowledge(self._office, learned_in(session), rarity_in(session))
        past, self._known = self._known, known
        kit = self._kit if past is None else None
        is_new = past is None or past.learned is not known.learned
        if is_new or (past and past.rarity is not known.rarity):
            order = _Order(rows, kit, (known.learned, known.rarity))
        else:
            order = _Order(rows, kit)
        self._is_ordered = self._process.tell(order)

    def answer(self, rows: Sequence[RawRow]) -> list[ReadRow] | None:
        """What it saw of the rows ordered last; None where nothing was, or it is gone."""
        if not self._is_ordered:
            return None
        self._is_ordered = False
        seen, known = self._process.hear(), self._known
        if seen is None or known is None:
            return None
        return [
            ReadRow(row, parsed, Look(look[0], look[1], look[2], known) if look else None)
            for row, (parsed, look) in zip(rows, seen, strict=True)
        ]

    def end(self) -> None:
        """The process is ended, whatever it is at."""
        self._process.end()


def _dictionaries(rules: Rulebook) -> tuple[Mapping[str, Any], ...]:
    index = rules.routing
    both = (rules.matters, rules.duties, index.departments, index.channels)
    return tuple(dict(one) for one in both)


def main() -> None:
    """The other process: it reads what it is ordered to."""
    os.nice(GIVES_WAY)
    kit: _Kit | None = None
    known: Knowledge | None = None
    for order in orders():
        kit = order.kit or kit
        if kit and order.learnt:
            known = kit.knowledge(*order.learnt)
        if kit and known:
            answer([_seen(row, kit, known) for row in order.rows])


def _seen(row: RawRow, kit: _Kit, known: Knowledge) -> tuple[IncomingClue | RowRejection, Any]:
    parsed = parse_row(row, kit.mapping, kit.now)
    if isinstance(parsed, RowRejection):
        return parsed, None
    look = look_at(parsed, kit.desk, known)
    return parsed, (look.kept, look.routing, look.mark)
