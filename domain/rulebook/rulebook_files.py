"""The files of a rulebook as they are read, and the names that are lost to a fault in them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from domain.shapes.yaml_layers import read_layers
from domain.shapes.yaml_source import REMOVE, Problem, Source, parse, parse_items

T = TypeVar("T")


@dataclass(frozen=True)
class KnownNames(Collection[str]):
    """The names that may be used: what was read, and what stands in the files but is lost.

    `everything`: the file could not be read at all, so nobody can say that a name is wrong.
    """

    read: Collection[str]
    lost: frozenset[str] = frozenset()
    everything: bool = False

    def __contains__(self, name: object) -> bool:
        return self.everything or name in self.read or name in self.lost

    def __iter__(self) -> Iterator[str]:
        return iter((*self.read, *self.lost))

    def __len__(self) -> int:
        return len(self.read) + len(self.lost)


@dataclass
class RulebookFiles:
    """The files read so far by their place below `roots`, and what was wrong with them.

    `roots`: the shipped folder, and what is laid over it.
    """

    roots: tuple[Path, ...]
    problems: list[Problem] = field(default_factory=list)
    _sources: dict[str, Source] = field(default_factory=dict)
    _lost: dict[str, frozenset[str]] = field(default_factory=dict)
    _unread: set[str] = field(default_factory=set)

    def source(self, name: str) -> Source:
        """A file with its lines, read once; one that is missing or no YAML is a problem."""
        if name not in self._sources:
            source, problems = read_layers(name, self.roots)
            self._sources[name] = source
            self.problems += problems
        return self._sources[name]

    @property
    def names(self) -> frozenset[str]:
        """The files read so far, each by its place."""
        return frozenset(self._sources)

    def whole(self, name: str, shape: type[T], empty: T) -> T:
        """A file in one shape; a missing or ill-shaped one is a problem and reads as empty."""
        source = self.source(name)
        if not source.is_read:
            return empty
        value, problems = parse(source, shape, source.data)
        self.problems += problems
        return empty if value is None else value

    def items(self, name: str, shape: type[T], *under: str) -> dict[str, T]:
        """The items of a file (below some keys of it), those left out that do not fit."""
        source, place = self.source(name), _place(name, *under)
        if not source.is_read:
            self._unread.add(place)
            return {}
        found, lost, problems = parse_items(source, shape, *under)
        self.problems += problems
        self._lost[place] = lost
        if problems and not lost:
            self._unread.add(place)
        return found

    def folder(self, name: str, shape: type[T], pattern: str = "*.yaml") -> dict[str, T]:
        """Every file of a folder in one shape, by file name; those left out that do not fit."""
        found: dict[str, T] = {}
        for file in names_in(self.roots, name, pattern):
            place, stem = f"{name}/{file}", Path(file).stem
            if self.source(place).marks.get(()) == REMOVE:
                continue
            value = self._one(place, shape)
            if value is None:
                self._lost[name] = self.lost_of(name) | {stem}
            else:
                found[stem] = value
        return found

    def only(self, name: str, keys: Collection[str]) -> None:
        """Every other key at the head of a file is a problem."""
        source = self.source(name)
        data = source.data if isinstance(source.data, dict) else {}
        self.problems += [
            source.problem(f"未知的键 {key}", key) for key in data if str(key) not in keys
        ]

    def lost_of(self, name: str) -> frozenset[str]:
        """The names in a file, or of the files in a folder, that could not be read."""
        return self._lost.get(name, frozenset())

    def known(self, read: Collection[str], name: str, *under: str) -> KnownNames:
        """The names that may be used of those that a file or folder gives."""
        place = _place(name, *under)
        return KnownNames(read, self.lost_of(place), place in self._unread)

    def known_from(self, read: Collection[str], name: str) -> KnownNames:
        """The same of names that the items of a file give: with one of them lost, all may be."""
        return KnownNames(read, everything=name in self._unread or bool(self.lost_of(name)))

    def _one(self, name: str, shape: type[T]) -> T | None:
        source = self.source(name)
        if not source.is_read:
            return None
        value, problems = parse(source, shape, source.data)
        self.problems += problems
        return value


def names_in(roots: tuple[Path, ...], folder: str, pattern: str) -> list[str]:
    """The names of the files that a folder has in any of the layers."""
    return sorted({path.name for root in roots for path in (root / folder).glob(pattern)})


def _place(name: str, *under: str) -> str:
    return ":".join((name, *under))
