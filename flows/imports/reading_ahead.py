"""Rows read and looked at by a process of its own, ahead of the one that writes them.

What it sees is what this process would see, which decides everything and sees for itself where
there is no second processor, the file is small, or the other process has not begun or is gone.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.rulebook.rulebook import Rulebook
from flows.door.first_look import knowledge
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import IncomingFile
from flows.imports.other_process import OtherProcess
from flows.imports.reader import Kit, ReadOrder
from flows.matching.looks import Knowledge, Look
from flows.matching.routing_lessons import learned_in
from flows.matching.word_rarity import rarity_in
from flows.site.store import reading

READS = "flows.imports.reader"
"""What the other process runs."""
PATIENCE = 20.0
"""Seconds that are waited for a portion: hundreds of times what it takes."""


@dataclass(frozen=True)
class ReadRow:
    """A row as it stands in the file and as it was read; `look`: what was seen of its clue."""

    raw: RawRow
    parsed: IncomingClue | RowRejection
    look: Look | None = None


def reader_process() -> OtherProcess:
    """The process that reads; whoever began it ends it."""
    return OtherProcess(READS, PATIENCE)


def read_rows(
    clerk: Clerk, file: IncomingFile, size: int, reader: OtherProcess | None = None
) -> Iterator[list[ReadRow]]:
    """The rows of a file in portions of that size, each read only when asked for, but for one.

    `reader`: the process that reads ahead, if any.
    """
    helper = _Helper(clerk, file, reader) if reader else None
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


def _read(
    clerk: Clerk, file: IncomingFile, rows: Sequence[RawRow], helper: "_Helper | None"
) -> list[ReadRow]:
    """The rows as the helper saw them, else as this process reads them."""
    found = helper.answer(rows) if helper else None
    return found or [ReadRow(row, parse_row(row, file.mapping, clerk.now)) for row in rows]


class _Helper:
    """The other process: ordered a portion while this one writes the one before."""

    def __init__(self, clerk: Clerk, file: IncomingFile, process: OtherProcess) -> None:
        self._office = clerk.office
        self._known: Knowledge | None = None
        self._is_ordered = False
        rules = clerk.office.rules
        desk, area = clerk.actor.department, clerk.office.settings.area
        self._kit = Kit(file.mapping, clerk.now, desk, area, _dictionaries(rules))
        self._process = process

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
            order = ReadOrder(rows, kit, (known.learned, known.rarity))
        else:
            order = ReadOrder(rows, kit)
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


def _dictionaries(rules: Rulebook) -> tuple[Mapping[str, Any], ...]:
    index = rules.routing
    both = (rules.matters, rules.duties, index.departments, index.channels)
    return tuple(dict(one) for one in both)
