"""Rows read and looked at by a process of its own, ahead of the one that writes them.

What it sees is what this process would see, which decides everything and sees for itself where
there is no second processor, the file is small, or the other process has not begun or is gone.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
AHEAD = 2
"""Portions that are with the other process while one is written: it is behind at times, for it
gives way to who compares, and catches up when that one has nothing to do."""


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
    """The rows of a file in portions of that size, each read only when asked for, but for `AHEAD`.

    `reader`: the process that reads ahead, if any.
    """
    helper = _Helper(clerk, file, reader) if reader else None
    waiting: deque[_Portion] = deque()
    for rows in file.portions(size):
        waiting.append(_Portion(rows))
        if len(waiting) > AHEAD:
            found = _read(clerk, file, waiting.popleft(), helper)
            if helper:
                helper.order(waiting)
            yield found
    while waiting:
        yield _read(clerk, file, waiting.popleft(), helper)


def _read(
    clerk: Clerk, file: IncomingFile, portion: "_Portion", helper: "_Helper | None"
) -> list[ReadRow]:
    """The rows as the helper saw them, else as this process reads them."""
    found = helper.answer(portion) if helper else None
    return found or [ReadRow(row, parse_row(row, file.mapping, clerk.now)) for row in portion.rows]


@dataclass
class _Portion:
    """Rows that nobody has written; `known`: with what the helper reads them, if it does."""

    rows: list[RawRow]
    known: Knowledge | None = None


class _Helper:
    """The other process: ordered some portions while this one writes those before."""

    def __init__(self, clerk: Clerk, file: IncomingFile, process: OtherProcess) -> None:
        self._office = clerk.office
        self._known: Knowledge | None = None
        rules = clerk.office.rules
        desk, area = clerk.actor.department, clerk.office.settings.area
        self._kit = Kit(file.mapping, clerk.now, desk, area, _dictionaries(rules))
        self._process = process

    def order(self, portions: Iterable[_Portion]) -> None:
        """Has those portions read that it was not ordered to read yet, if the process has begun."""
        if not self._process.has_begun():
            return
        with reading(self._office.engine) as session:
            known = knowledge(self._office, learned_in(session), rarity_in(session))
        for portion in portions:
            if portion.known is None and self._process.tell(self._order(portion.rows, known)):
                portion.known = self._known = known

    def _order(self, rows: Sequence[RawRow], known: Knowledge) -> ReadOrder:
        past = self._known
        kit = self._kit if past is None else None
        if past and past.learned is known.learned and past.rarity is known.rarity:
            return ReadOrder(rows, kit)
        return ReadOrder(rows, kit, (known.learned, known.rarity))

    def answer(self, portion: _Portion) -> list[ReadRow] | None:
        """What it saw of a portion, in their order; None where it was not ordered, or is gone."""
        known = portion.known
        seen = self._process.hear() if known else None
        if seen is None or known is None:
            return None
        return [
            ReadRow(row, parsed, Look(look[0], look[1], look[2], known) if look else None)
            for row, (parsed, look) in zip(portion.rows, seen, strict=True)
        ]


def _dictionaries(rules: Rulebook) -> tuple[Mapping[str, Any], ...]:
    index = rules.routing
    both = (rules.matters, rules.duties, index.departments, index.channels)
    return tuple(dict(one) for one in both)
