"""A process of our own beside the one that writes: handed work by pipes, never waited for long.

The two take turns: what is handed over is answered before anything else is. One that died, or does
not answer in time, is gone; whoever asked it goes on by himself.
"""

import os
import pickle
import select
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from struct import Struct
from typing import Any

BEGINS_WITHIN = 0.0
"""Seconds that are waited for a process to begin: none, the work is done without it until then."""
_LENGTH = Struct("!Q")


class OtherProcess:
    """The process, seen from the one that began it; it ends with that one, if not before."""

    def __init__(
        self, module: str, patience: float, environment: Mapping[str, str] | None = None
    ) -> None:
        """`module`: whose `main` it runs; `patience`: seconds in which it answers, or is gone.

        Of this process's environment it has only what it is given: no key of the site's.
        """
        self._patience, self._has_begun, self._is_gone = patience, False, False
        # -P: the folder where the program was started has no part in what is done.
        command = [sys.executable, "-P", "-c", f"import {module} as own; own.main()"]
        own = {"PYTHONPATH": ":".join(one for one in sys.path if one), "PYTHONUTF8": "1"}
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**own, **(environment or {})},
        )
        # Their types do not know that both are pipes.
        orders, told = self._process.stdin, self._process.stdout
        self._orders, self._told = orders.fileno(), told.fileno()  # type: ignore[union-attr]
        os.set_blocking(self._orders, False)

    def has_begun(self) -> bool:
        """Whether it is there to be handed work: its first word says so."""
        if not (self._has_begun or self._is_gone) and _ready(self._told, select.POLLIN, self._soon):
            self._has_begun = self.hear() is True
        return self._has_begun and not self._is_gone

    def tell(self, what: object) -> bool:
        """Hands over; False where it is gone."""
        if self._is_gone:
            return False
        waiting, until = memoryview(pickle.dumps(what, pickle.HIGHEST_PROTOCOL)), self._until()
        with suppress(OSError):
            while waiting and _ready(self._orders, select.POLLOUT, until):
                waiting = waiting[os.write(self._orders, waiting) :]
        if waiting:
            self.end()
        return not waiting

    def hear(self) -> Any:
        """Its answer to what it was handed; None where it is gone."""
        if self._is_gone:
            return None
        until = self._until()
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            (length,) = _LENGTH.unpack(self._taken(_LENGTH.size, until))
            return pickle.loads(self._taken(length, until))
        self.end()
        return None

    def end(self) -> None:
        """The process is ended, whatever it is at."""
        if not self._is_gone:
            self._is_gone = True
            self._process.kill()
            self._process.communicate()

    @property
    def _soon(self) -> float:
        return time.monotonic() + BEGINS_WITHIN

    def _until(self) -> float:
        return time.monotonic() + self._patience

    def _taken(self, size: int, until: float) -> bytes:
        """So many bytes off the pipe; EOFError where they do not come."""
        found = bytearray()
        while len(found) < size:
            if not _ready(self._told, select.POLLIN, until):
                raise EOFError
            more = os.read(self._told, size - len(found))
            if not more:
                raise EOFError
            found += more
        return bytes(found)


def _ready(end: int, what: int, until: float) -> bool:
    """Whether the end of a pipe can be read, or written, before that moment."""
    poll = select.poll()
    poll.register(end, what)
    return bool(poll.poll(max(0.0, until - time.monotonic()) * 1000))


def orders() -> Iterator[Any]:
    """In the other process: what it is handed, for as long as the first one lives."""
    answer(True)
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            yield pickle.load(sys.stdin.buffer)


def answer(what: object) -> None:
    """In the other process: its answer."""
    told = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.write(_LENGTH.pack(len(told)) + told)
    sys.stdout.buffer.flush()
