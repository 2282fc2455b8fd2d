"""Rows of a file laid over those that a draft holds: what comes, what changes, what stays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from domain.publications.row_reading import ReadLine, key_of
from domain.publications.row_words import KEYS

FateKind = Literal["added", "changed", "same", "aside"]
Row = Mapping[str, str]
BETWEEN, TELLS = "；", "："


@dataclass(frozen=True)
class RowFate:
    """What becomes of a row of a file."""

    line: ReadLine
    kind: FateKind


@dataclass(frozen=True)
class Merged:
    """The fate of every row, and the rows of the draft afterwards: nothing of it is lost."""

    fates: tuple[RowFate, ...]
    rows: tuple[Row, ...]


def merged(body: str, held: Sequence[Row], lines: Iterable[ReadLine]) -> Merged:
    """The rows without faults laid over those held, by their key; other rows stay as they are."""
    found = [dict(one) for one in held]
    places = {key_of(body, one): place for place, one in enumerate(found)}
    fates: list[RowFate] = []
    for line in lines:
        if line.faults:
            fates.append(RowFate(line, "aside"))
            continue
        place = places.get(line.key)
        if place is None:
            places[line.key] = len(found)
            found.append(dict(line.cells))
            fates.append(RowFate(line, "added"))
            continue
        # A column that the file leaves out or blank keeps what the draft says.
        after = {**found[place], **{name: text for name, text in line.cells.items() if text}}
        fates.append(RowFate(line, "same" if after == found[place] else "changed"))
        found[place] = after
    return Merged(tuple(fates), tuple(found))


def lines_of_text(body: str, text: str) -> tuple[list[str], list[Row]]:
    """The lines of a text that are prose, and those that were written from rows of this body."""
    prose: list[str] = []
    rows: list[Row] = []
    for line in text.splitlines():
        parts = [one.partition(TELLS) for one in line.split(BETWEEN)]
        cells = {name.strip(): value for name, sign, value in parts if sign}
        if set(KEYS[body]) <= set(cells):
            rows.append(cells)
        elif line.strip():
            prose.append(line)
    return prose, rows


def text_of_rows(prose: Iterable[str], rows: Iterable[Row]) -> str:
    """Prose first, then a line for each row, its columns named."""
    told = [
        BETWEEN.join(
            f"{name}{TELLS}{text.replace(BETWEEN, '，')}" for name, text in row.items() if text
        )
        for row in rows
    ]
    return "\n".join([*prose, *told])
