"""Files from outside are read in a process of their own, with limits of memory and time.

A few kilobytes can make a reader ask for all memory of the machine or run for hours, and a reader
written in another language may end its whole process. Here it ends only its own.
"""

import importlib
import io
import logging
import os
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import IO

AT_ONCE = BoundedSemaphore(2)
"""So many files are read at the same time by one process; the others wait for their turn."""
WAIT_SECONDS = 30.0
LARGEST_RESULT = 1 << 30
_REFUSED, _END = "refused", "end"
_PLAIN = {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")}


class Unreadable(Exception):
    """The file cannot be read within its limits; says in Chinese why and what to do."""


@dataclass(frozen=True)
class Budget:
    """What a reader may use: bytes of address space and seconds of processor time."""

    memory: int
    seconds: int


def confined(
    task: str, argument: object, budget: Budget, plain: frozenset[tuple[str, str]] = frozenset()
) -> Iterator[object]:
    """What the function `module:name` yields for the argument, from a process of its own.

    All of it is there before the first piece is given, and of a function that refuses in its course
    nothing is. `plain` are the classes (module, name) that a piece may hold beside plain values and
    times. Raises Unreadable where the function raises it, and where its process dies, uses up its
    budget or finds no turn.
    """
    if not AT_ONCE.acquire(timeout=WAIT_SECONDS):
        raise Unreadable("正在读取的文件较多，请稍后重新上传")
    with ExitStack() as turn:
        turn.callback(AT_ONCE.release)
        told = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the pieces have been read
        with ExitStack() as fault:
            fault.enter_context(told)
            _run(task, argument, budget, told)
            fault.pop_all()
    pieces = _pieces(told, frozenset(_PLAIN) | plain)
    next(pieces)
    return pieces


def _run(task: str, argument: object, budget: Budget, told: IO[bytes]) -> None:
    order = pickle.dumps((task, argument, budget))
    # -P: the folder where the program was started has no part in what is imported.
    command = [sys.executable, "-P", "-c", f"import {__name__} as own; own.main()"]
    environment = {"PYTHONPATH": ":".join(one for one in sys.path if one), "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command,
            input=order,
            stdout=told,
            stderr=subprocess.PIPE,
            timeout=budget.seconds * 2 + 10,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(_spent()) from late
    if done.returncode:
        words = done.stderr.decode("utf-8", "replace")[-2000:]
        logging.getLogger(__name__).warning("%s ended with %s: %s", task, done.returncode, words)
        raise Unreadable(_spent())


def _spent() -> str:
    return (
        "文件无法在限定的内存和时间内读取，可能已损坏、区域过大或者含有异常内容；"
        "请用办公软件打开后另存为新文件，或者分成几个较小的文件"
    )


class _Plain(pickle.Unpickler):
    """Reads plain values only: what a hostile file made of its reader cannot name code here."""

    def __init__(self, stream: IO[bytes], allowed: frozenset[tuple[str, str]]) -> None:
        super().__init__(stream)
        self._allowed = allowed

    def find_class(self, module: str, name: str) -> object:
        """The class, if a piece may hold it."""
        if (module, name) not in self._allowed:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def _pieces(told: IO[bytes], allowed: frozenset[tuple[str, str]]) -> Iterator[object]:
    with told:
        told.seek(0)
        # Begun at once: only a generator that was begun closes its file when it is thrown away.
        yield None
        while True:
            try:
                kind, piece = _Plain(told, allowed).load()
            except (pickle.UnpicklingError, EOFError, ValueError, TypeError) as fault:
                raise Unreadable(_spent()) from fault
            if kind == _REFUSED:
                raise Unreadable(str(piece))
            if kind == _END:
                return
            yield piece


def main() -> None:
    """Carries out the order on standard input; its pieces go to standard output."""
    task, argument, budget = pickle.load(sys.stdin.buffer)
    out = io.BufferedWriter(io.FileIO(1, "w", closefd=False), 1 << 20)
    module, name = task.split(":")
    function = getattr(importlib.import_module(module), name)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_RESULT, LARGEST_RESULT))
    resource.setrlimit(resource.RLIMIT_CPU, (budget.seconds, budget.seconds))
    resource.setrlimit(resource.RLIMIT_AS, (budget.memory, budget.memory))
    try:
        for piece in function(argument):
            pickle.dump(("piece", piece), out)
        pickle.dump((_END, None), out)
    except Unreadable as fault:
        # Alone: what was told before is not given to anybody who then learns that it was refused.
        out.flush()
        os.lseek(1, 0, os.SEEK_SET)
        os.ftruncate(1, 0)
        pickle.dump((_REFUSED, str(fault)), out)
    out.flush()
