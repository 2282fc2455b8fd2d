"""A process of our own beside the one that writes: handed work by pipes, never waited for long.

What is handed over is answered, in one piece or in several, before anything else is, but for a word
that cuts the work short. One that died, or does not answer in time, is gone; whoever asked it goes
on by himself.
"""

import fcntl
import gc
import os
import pickle
import select
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from struct import Struct
from typing import Any

BEGINS_WITHIN = 0.0
"""Seconds that are waited for a process to begin: none, the work is done without it until then."""
WIDTH = 1 << 20
"""Bytes that a pipe holds: several portions of long texts."""
YOUNG = 1
"""How old what is looked through for circles may be: not what has stayed for long."""
_LENGTH = Struct("!Q")
_ORDERS, _EVER = 0, float("inf")
"""Where the other process is handed what it does, and how long it waits for it."""


class OtherProcess:
    """The process, seen from the one that began it; it ends with that one, if not before."""

    def __init__(
        self, module: str, patience: float, environment: Mapping[str, str] | None = None
    ) -> None:
        """`module`: whose `main` it runs; `patience`: seconds in which it answers, or is gone.

        Of this process's environment it has only what it is given: no key of the site's.
        """
        self._patience, self._has_begun, self._is_gone = patience, False, False
        self._heard: deque[Any] = deque()
        # -P: the folder where the program was started has no part in what is done.
        program = f"import gc; gc.disable(); import {module} as own; own.main()"
        command = [sys.executable, "-P", "-c", program]
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
        for end in (self._orders, self._told):
            _widen(end)

    def has_begun(self) -> bool:
        """Whether it is there to be handed work: its first word says so."""
        if not (self._has_begun or self._is_gone) and _ready(self._soon, told=self._told):
            self._has_begun = self.hear() is True
        return self._has_begun and not self._is_gone

    def tell(self, what: object) -> bool:
        """Hands over; False where it is gone."""
        if self._is_gone:
            return False
        waiting, until = memoryview(_framed(what)), self._until()
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            while waiting and (ready := _ready(until, self._orders, self._told)):
                if self._orders in ready:
                    waiting = waiting[os.write(self._orders, waiting) :]
                else:  # it takes nothing before somebody takes its answer
                    self._heard.append(_read(self._told, until))
        if waiting:
            self.end()
        return not waiting

    def has_answer(self) -> bool:
        """Whether an answer of it stands there, or its end does."""
        return bool(self._heard or (not self._is_gone and _ready(0.0, told=self._told)))

    def hear(self) -> Any:
        """Its next answer to what it was handed; None where it is gone."""
        if self._heard:
            return self._heard.popleft()
        if self._is_gone:
            return None
        until = self._until()
        with suppress(OSError, EOFError, pickle.UnpicklingError):
            return _read(self._told, until)
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


def _widen(end: int) -> None:
    """Lets a pipe hold a whole portion where it can: neither waits for the other to read."""
    with suppress(AttributeError, OSError):  # Linux alone, and only so many for each user
        fcntl.fcntl(end, fcntl.F_SETPIPE_SZ, WIDTH)


def _ready(until: float, orders: int | None = None, told: int | None = None) -> set[int]:
    """Which ends of pipes can be written (`orders`) or read (`told`) before that moment."""
    poll = select.poll()
    if orders is not None:
        poll.register(orders, select.POLLOUT)
    if told is not None:
        poll.register(told, select.POLLIN)
    left = None if until == _EVER else max(0.0, until - time.monotonic()) * 1000
    return {end for end, _ in poll.poll(left)}


def _framed(what: object) -> bytes:
    """Anything as it goes through a pipe: its length, then itself."""
    told = pickle.dumps(what, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(told)) + told


def _read(end: int, until: float) -> Any:
    """What comes next off a pipe; EOFError where it does not come whole before that moment."""
    (length,) = _LENGTH.unpack(_taken(end, _LENGTH.size, until))
    return pickle.loads(_taken(end, length, until))


def _taken(end: int, size: int, until: float) -> bytes:
    found = bytearray()
    while len(found) < size:
        if not _ready(until, told=end):
            raise EOFError
        more = os.read(end, size - len(found))
        if not more:
            raise EOFError
        found += more
    return bytes(found)


def orders() -> Iterator[Any]:
    """In the other process: what it is handed, for as long as the first one lives.

    It looks for values that only hold each other when an order is answered: hardly any are there.
    """
    gc.freeze()
    gc.disable()
    answer(True)
    with suppress(EOFError, KeyboardInterrupt):
        while True:
            yield _read(_ORDERS, _EVER)
            gc.collect(YOUNG)


def is_told() -> bool:
    """In the other process: whether a word to it stands there, which `orders` would give next."""
    return bool(_ready(0.0, told=_ORDERS))


def answer(what: object) -> None:
    """In the other process: its answer."""
    sys.stdout.buffer.write(_framed(what))
    sys.stdout.buffer.flush()
