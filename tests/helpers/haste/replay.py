"""A step that was taken before in this process, from the same beginning, is put back, not taken.

Thousands of tests begin alike: a clue is registered, dispatched, signed for, and so on. What such a
step makes of an office depends on what its database and shelf hold, on the order, the actor and the
moment; where all of them are, byte for byte, what they were, the bytes that came of it are written
instead. A test sees no difference but in time. Whatever might make one (an altered function, an
own rulebook, somebody who counts statements, another database) has the step taken in earnest.
"""

import hashlib
import pickle
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path

import pytest

from documents.output.shelf import Shelf
from domain.rulebook.rulebook_reading import load_rulebook
from domain.situation.situation import Actor
from flows.door.steps import Command, Outcome
from flows.site.office import Office
from tests.helpers.office import new_file

PAGE = 4096
"""Bytes of a page of SQLite, unless somebody told it otherwise."""
COUNTERS = (slice(0, 24), slice(28, 92), slice(96, None))
"""A first page but for the two counters by which SQLite knows that its file was changed."""
JOURNAL = slice(18, 20)
"""Whether a database is kept with a log beside it, which one in memory cannot be."""
WATCHED = ("before_execute", "before_cursor_execute", "after_cursor_execute", "commit")
MOST_BYTES = 150_000_000
"""Of pages and papers that are kept; what was not needed for longest is forgotten."""

Key = tuple[bytes, str]
Step = Callable[[Office, Command, Actor, datetime], Outcome]


@dataclass(frozen=True)
class Holding:
    """What an office holds at a moment: the pages of its database, its papers by their place."""

    pages: tuple[bytes, ...]
    papers: Mapping[str, bytes]

    @property
    def content(self) -> bytes:
        """The database as one piece."""
        return b"".join(self.pages)

    @property
    def sizes(self) -> Mapping[str, int]:
        """How long each paper is."""
        return {name: len(content) for name, content in self.papers.items()}

    @cached_property
    def digest(self) -> bytes:
        """Equal for equal holdings only."""
        first, *others = self.pages
        found = hashlib.sha256(repr(sorted(self.sizes.items())).encode())
        for part in (*_told(first), *others):
            found.update(part)
        return found.digest()

    def has(self, pages: tuple[bytes, ...]) -> bool:
        """Whether the pages are its own: `_pages` has shared those that did not change."""
        if len(pages) != len(self.pages) or _told(pages[0]) != _told(self.pages[0]):
            return False
        return all(one is own for one, own in zip(pages[1:], self.pages[1:], strict=True))


@dataclass(frozen=True)
class Taken:
    """What came of a step: its outcome, ready to be copied, and what the office held then."""

    outcome: bytes
    after: Holding
    weight: int


class Memory:
    """The steps that this process took, those not asked for longest forgotten first."""

    def __init__(self) -> None:
        self._steps: OrderedDict[Key, Taken] = OrderedDict()
        self._met: set[bytes] = {beginning().digest}
        self._weight = 0
        self.patches: list[pytest.MonkeyPatch] = []
        self.in_earnest = 0

    def find(self, key: Key) -> Taken | None:
        """What came of the step when it was taken."""
        if key in self._steps:
            self._steps.move_to_end(key)
        return self._steps.get(key)

    def comes_again(self, before: Holding) -> bool:
        """Whether an office that held the same was met before: then a step is worth keeping."""
        known = before.digest in self._met
        self._met.add(before.digest)
        return known

    def keep(self, key: Key, taken: Taken) -> None:
        """Remembers a step; what came of it is met from now on."""
        self._met.add(taken.after.digest)
        self._steps[key] = taken
        self._weight += taken.weight
        while self._weight > MOST_BYTES:
            self._weight -= self._steps.popitem(last=False)[1].weight


_memory: list[Memory] = []
"""That of this test run; none outside of one, as in processes that tests start."""


@contextmanager
def steps_remembered() -> Iterator[None]:
    """Within the block steps are remembered, and it is known while a test has altered something."""
    memory = Memory()
    ways = ("setattr", "delattr", "setitem", "delitem", "chdir", "syspath_prepend", "undo")
    known = {way: getattr(pytest.MonkeyPatch, way) for way in ways}

    def noted(way: str) -> Callable[..., object]:
        def alter(self: pytest.MonkeyPatch, *words: object, **named: object) -> object:
            memory.patches.append(self)
            return known[way](self, *words, **named)

        return alter

    def undo(self: pytest.MonkeyPatch) -> None:
        known["undo"](self)
        memory.patches[:] = [one for one in memory.patches if one is not self]

    with pytest.MonkeyPatch.context() as patch:
        for way in ways:
            patch.setattr(pytest.MonkeyPatch, way, undo if way == "undo" else noted(way))
        memory.patches.clear()
        _memory.append(memory)
        yield
        _memory.pop()


@contextmanager
def taken_in_earnest() -> Iterator[None]:
    """Within the block every step is taken: others may write meanwhile, or its work is measured."""
    for memory in _memory:
        memory.in_earnest += 1
    try:
        yield
    finally:
        for memory in _memory:
            memory.in_earnest -= 1


@cache
def beginning() -> Holding:
    """What a new test office holds."""
    return Holding(_pages(new_file()), {})


class Replay:
    """The steps of one office; what was only remembered is put back by `settle`."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._file = Path(office.engine.url.database or "")
        self._shelf = Path(office.settings.shelf)
        self._now = beginning()
        self._due = False

    @cached_property
    def _site(self) -> str:
        office = self.office
        keys = (office.keys.chain, office.keys.seal, office.keys.match, office.keys.verify)
        told = hashlib.sha256(b"".join(keys)).hexdigest()
        return repr((office.settings.model_dump(exclude={"home"}), told))

    def take(self, step: Step, command: Command, actor: Actor, now: datetime) -> Outcome:
        """What comes of the command, as the step tells it; raises what that raises."""
        if not _memory or not (self._due or _as_any_other(self.office)):
            return step(self.office, command, actor, now)
        memory = _memory[-1]
        before = self._now if self._due else self._look()
        order = repr((step.__qualname__, command, actor, now, self._site))
        key = before.digest, order
        known = memory.find(key)
        if known is not None:
            self._now, self._due = known.after, True
            copied: Outcome = pickle.loads(known.outcome)
            return copied
        self.settle()
        done = step(self.office, command, actor, now)
        if " at 0x" not in order and memory.comes_again(before):
            after = self._look()
            memory.keep(key, Taken(pickle.dumps(done), after, _weight(before, after)))
        return done

    def settle(self) -> None:
        """The office holds what came of the steps that were not taken."""
        if not self._due:
            return
        self._due = False
        for name, content in self._now.papers.items():
            place = self._shelf / name
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
        if self._is_open():
            self._write_beside_others(self._now.content)
        else:
            self._file.write_bytes(self._now.content)

    def _is_open(self) -> bool:
        log = self._file.with_name(f"{self._file.name}-shm")
        return self.office.engine.pool.checkedin() > 0 or log.exists()

    def _write_beside_others(self, content: bytes) -> None:
        plain = bytearray(content)
        plain[JOURNAL] = b"\1\1"
        with closing(sqlite3.connect(":memory:")) as source, self._connection() as target:
            source.deserialize(bytes(plain))
            source.backup(target)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(self.office.engine.raw_connection()) as borrowed:
            found = borrowed.driver_connection
            assert isinstance(found, sqlite3.Connection)
            yield found

    def _look(self) -> Holding:
        """What the office holds now; what did not change is shared with what it held before."""
        last, sizes = self._now, _sizes(self._shelf)
        pages = _pages(self._content(), last.pages)
        if sizes == last.sizes and last.has(pages):
            return last
        papers = {
            name: last.papers[name]
            if size == len(last.papers.get(name, b""))
            else (self._shelf / name).read_bytes()
            for name, size in sizes.items()
        }
        self._now = Holding(pages, papers)
        return self._now

    def _content(self) -> bytes:
        if not self._is_open():
            return self._file.read_bytes()
        with self._connection() as connection:
            return connection.serialize()


def _as_any_other(office: Office) -> bool:
    """Whether nothing but database, shelf, order and moment makes a step of this office its own."""
    memory, events = _memory[-1], office.engine.dispatch
    undisturbed = not memory.in_earnest and not memory.patches
    return (
        undisturbed
        and threading.current_thread() is threading.main_thread()
        and office.engine.dialect.name == "sqlite"
        and Path(office.engine.url.database or "").is_file()
        and not office.engine.pool.checkedout()
        and not any(getattr(events, name) for name in WATCHED)
        and office.rules is load_rulebook()
        and office.region is office.rules.regions.get(office.settings.region)
        and type(office.shelf) is Shelf
        and not office.settings.shelf_url
    )


def _pages(content: bytes, known: tuple[bytes, ...] = ()) -> tuple[bytes, ...]:
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    for place, (page, before) in enumerate(zip(pages, known, strict=False)):
        if page == before:
            pages[place] = before
    return tuple(pages)


def _told(first: bytes) -> list[bytes]:
    """What the first page says but for its counters; views would be compared sign by sign."""
    return [first[part] for part in COUNTERS]


def _sizes(shelf: Path) -> Mapping[str, int]:
    found = (one for one in shelf.rglob("*") if one.is_file())
    return {str(one.relative_to(shelf)): one.stat().st_size for one in found}


def _weight(before: Holding, after: Holding) -> int:
    known = {id(page) for page in before.pages}
    pages = sum(len(page) for page in after.pages if id(page) not in known)
    return pages + sum(len(after.papers[one]) for one in after.papers.keys() - before.papers.keys())
