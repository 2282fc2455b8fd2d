"""`pytest --copies N`: tests are collected once, and run by N copies of that process.

To load the house and find its tests takes as long as hundreds of tests do. Here it is done once;
the copies begin with all that was loaded, take file after file, and tell the first process what
came of each test. A copy that ends before its time fails the run.
"""

import os
import signal
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest

FORK = get_context("fork")
PATIENCE = 30.0
"""Seconds in which a copy that is to stop may put away what its tests use, as a database."""
Told = tuple[str, object]
"""What a copy says: what it is about, and the rest of it."""


@dataclass(frozen=True)
class Files:
    """The files of a run, each taken by one copy; none is taken once the run is to stop."""

    tests: Sequence[Sequence[pytest.Item]]
    next: "Synchronized[int]" = field(default_factory=lambda: FORK.Value("i", 0))
    stopped: "Synchronized[int]" = field(default_factory=lambda: FORK.Value("i", 0))

    def taken(self) -> Iterator[pytest.Item]:
        """The tests of one file after another, until no file is left."""
        while True:
            with self.next.get_lock():
                mine = self.next.value
                self.next.value += 1
            if mine >= len(self.tests):
                return
            for test in self.tests[mine]:
                if self.stopped.value:
                    return
                yield test


class Teller:
    """Within a copy: passes on to the first process what is said of a test."""

    def __init__(self, config: pytest.Config, say: Callable[[Told], None]) -> None:
        self._config = config
        self._say = say

    def pytest_runtest_logstart(self, nodeid: str, location: object) -> None:
        """A test begins."""
        self._say(("begins", (nodeid, location)))

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One of a test's three parts is over."""
        told = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._say(("report", told))

    def pytest_runtest_logfinish(self, nodeid: str, location: object) -> None:
        """A test is over."""
        self._say(("ends", (nodeid, location)))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: object
    ) -> None:
        """A warning that is no error."""
        said = warning_message
        told = f"{said.category.__name__}: {said.message}", said.filename, said.lineno
        self._say(("warning", (told, when, nodeid, location)))


class Listener:
    """In the first process: what the copies tell, as if it had run the tests itself."""

    def __init__(self, session: pytest.Session, files: Files) -> None:
        self._session = session
        self._hook = session.config.hook
        self._files = files
        self._at: dict[Connection, tuple[str, tuple[str, int | None, str]]] = {}

    def hear(self, copies: dict[Connection, ForkProcess]) -> None:
        """Listens until every copy has ended."""
        open_ = dict(copies)
        while open_:
            for one in wait(list(open_)):
                assert isinstance(one, Connection)
                try:
                    about, rest = one.recv()
                except EOFError:
                    self._lost(one, open_.pop(one))
                    continue
                if about == "done":
                    del open_[one]
                    continue
                getattr(self, f"_{about}")(one, rest)
                if self._session.shouldfail or self._session.shouldstop:
                    self._files.stopped.value = 1

    def _begins(self, copy: Connection, rest: tuple[str, tuple[str, int | None, str]]) -> None:
        self._at[copy] = rest
        self._hook.pytest_runtest_logstart(nodeid=rest[0], location=rest[1])

    def _ends(self, copy: Connection, rest: tuple[str, tuple[str, int | None, str]]) -> None:
        self._hook.pytest_runtest_logfinish(nodeid=rest[0], location=rest[1])

    def _report(self, copy: Connection, rest: object) -> None:
        config = self._session.config
        report = self._hook.pytest_report_from_serializable(config=config, data=rest)
        self._hook.pytest_runtest_logreport(report=report)

    def _warning(self, copy: Connection, rest: tuple[tuple[str, str, int], str, str, None]) -> None:
        (text, place, line), when, nodeid, location = rest
        said = warnings.WarningMessage(UserWarning(text), UserWarning, place, line)
        self._hook.pytest_warning_recorded.call_historic(
            kwargs={
                "warning_message": said,
                "when": when,
                "nodeid": nodeid,
                "location": location,
            }
        )

    def _lost(self, copy: Connection, process: ForkProcess) -> None:
        process.join()
        nodeid, location = self._at.pop(copy, ("a copy", ("", None, "")))
        why = f"the process that ran {nodeid} ended with {process.exitcode}"
        report = pytest.TestReport(nodeid, location, {}, "failed", why, "call")
        self._hook.pytest_runtest_logreport(report=report)
        self._session.shouldfail = why


def pytest_addoption(parser: pytest.Parser) -> None:
    """How many copies share the files; 0, the default, has this process run them."""
    parser.addoption("--copies", type=int, default=0, help="processes that share the test files")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Shares the files among copies of this process, where more than one is asked for."""
    config = session.config
    count = config.getoption("copies")
    if count < 2 or config.option.collectonly or session.testsfailed:
        return None
    assert threading.active_count() == 1, "a process with threads cannot be copied"
    files = Files([list(tests) for _, tests in groupby(session.items, lambda test: test.path)])
    folder = _folders(config).getbasetemp()
    begun = dict(_begin(session, files, folder / f"copy-{name}") for name in range(count))
    try:
        Listener(session, files).hear(begun)
    finally:
        files.stopped.value = 1
        for process in begun.values():
            process.join(PATIENCE)
            process.terminate()
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    if session.shouldstop:
        raise session.Interrupted(session.shouldstop)
    return True


def _begin(session: pytest.Session, files: Files, own: Path) -> tuple[Connection, ForkProcess]:
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_run, args=(session, files, own, there))
    process.start()
    there.close()
    return here, process


def _run(session: pytest.Session, files: Files, own: Path, to_first: Connection) -> None:
    """All that a copy does: its share of the files, one test after another."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    config = session.config
    _own_output(config)
    own.mkdir()
    _folders(config)._basetemp = own
    config.pluginmanager.unregister(name="terminalreporter")
    config.pluginmanager.register(Teller(config, to_first.send))
    tests = files.taken()
    test = next(tests, None)
    try:
        while test is not None:
            following = next(tests, None)
            config.hook.pytest_runtest_protocol(item=test, nextitem=following)
            test = following
    finally:
        session._setupstate.teardown_exact(None)
    to_first.send(("done", None))
    os._exit(0)


def _own_output(config: pytest.Config) -> None:
    """What tests print is caught in this copy's own files."""
    capture = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()


def _folders(config: pytest.Config) -> pytest.TempPathFactory:
    """What makes the tests' folders: each copy's in one of its own, below that of the run."""
    found: pytest.TempPathFactory = config._tmp_path_factory  # type: ignore[attr-defined]
    return found
