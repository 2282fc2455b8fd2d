"""The two processes beside an import, begun while its file is still being opened.

To begin takes them about as long as to open a file of some thousand rows, and both wait for others.
How many rows a file has is known only then: its size tells whether it may be worth it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from flows.imports.comparing import comparing_beside
from flows.imports.incoming_file import IncomingFile
from flows.imports.other_process import OtherProcess
from flows.imports.reading_ahead import reader_process
from flows.matching.comparison import Comparer

ENOUGH = 500
"""Rows of a file that are worth other processes: they begin in the time of some two hundred."""
A_ROW = 100
"""A row takes hardly fewer bytes of a file."""


@dataclass(frozen=True)
class Beside:
    """Who reads ahead and who compares, where anybody does."""

    reader: OtherProcess | None = None
    comparer: Comparer | None = None


@contextmanager
def opened_beside(
    engine: Engine, path: Path, opened: Callable[[], IncomingFile]
) -> Iterator[tuple[IncomingFile, Beside]]:
    """The file, as `opened` gives it, and who works on it beside; they end with the block."""
    with ExitStack() as stack:
        begun = _begun(engine, stack) if _may_be_worth_it(path) else None
        file = opened()
        if not is_worth_it(file.table.total):
            stack.close()
            begun = Beside()
        yield file, begun or _begun(engine, stack)


def is_worth_it(rows: int) -> bool:
    """Whether so many rows are read with other processes beside this one."""
    return rows >= ENOUGH and (os.cpu_count() or 1) > 1


def _may_be_worth_it(path: Path) -> bool:
    return path.is_file() and is_worth_it(path.stat().st_size // A_ROW)


def _begun(engine: Engine, stack: ExitStack) -> Beside:
    reader = reader_process()
    stack.callback(reader.end)
    return Beside(reader, stack.enter_context(comparing_beside(engine)))
