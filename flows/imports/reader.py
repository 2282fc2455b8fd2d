"""The process that reads rows ahead: parses them, says where each belongs and makes its keys.

It needs no database and no office, so that it loads neither and begins in half the time.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.duplicates.rarity import Rarity
from domain.files.column_mapping import ColumnMapping
from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.routing.learning import Learned
from domain.routing.matter_index import build_index
from flows.imports.other_process import answer, orders
from flows.matching.looks import Knowledge, look_at

GIVES_WAY = 10
"""How far it stands behind what people wait for, and who compares: it is two portions ahead."""


@dataclass(frozen=True)
class Kit:
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


@dataclass(frozen=True)
class ReadOrder:
    """Rows to read, with what they are read, and what the site learnt, where either is new."""

    rows: Sequence[RawRow]
    kit: Kit | None = None
    learnt: tuple[Learned, Rarity] | None = None


def main() -> None:
    """It reads what it is ordered to."""
    os.nice(GIVES_WAY)
    kit: Kit | None = None
    known: Knowledge | None = None
    for order in orders():
        kit = order.kit or kit
        if kit and order.learnt:
            known = kit.knowledge(*order.learnt)
        if kit and known:
            answer([_seen(row, kit, known) for row in order.rows])


def _seen(row: RawRow, kit: Kit, known: Knowledge) -> tuple[IncomingClue | RowRejection, Any]:
    parsed = parse_row(row, kit.mapping, kit.now)
    if isinstance(parsed, RowRejection):
        return parsed, None
    look = look_at(parsed, kit.desk, known)
    return parsed, (look.kept, look.routing, look.mark)
