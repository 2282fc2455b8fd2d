"""A YAML file of the site laid over the shipped one: key by key, each value with its own file.

Mappings are merged, everything else – a word, a figure, a list – takes the place of what lies
beneath. `!replace` before a mapping takes its place whole, `!remove` takes an entry away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from domain.shapes.yaml_source import REMOVE, REPLACE, Keys, Problem, Source, read_source

SITE_FILE = "本站 "
"""Before the name of a file that the site wrote."""


def read_layers(name: str, roots: tuple[Path, ...]) -> tuple[Source, list[Problem]]:
    """The file of this name, the later folders laid over the first, with what is wrong in any.

    A file of no folder has to be shipped, one of a folder to be in some layer. Where one of them
    cannot be read, nothing is.
    """
    there = [root for root in roots if (root / name).exists()]
    if roots[0] not in there and (not there or "/" not in name):
        there.insert(0, roots[0])
    problems: list[Problem] = []
    found: Source | None = None
    for root in there:
        source, faults = read_source(root / name, root)
        file = shown(root / name, root, roots)
        source = replace(source, file=file)
        problems += [replace(one, file=file) for one in faults]
        if not source.is_read:
            return source, problems
        found, misplaced = lay_over(found, source)
        problems += misplaced
    assert found is not None
    return found, problems


def shown(path: Path, root: Path, roots: tuple[Path, ...]) -> str:
    """A file as problems name it: the shipped by its folder, the site's by its whole path.

    The site's folder may be called as the shipped one is.
    """
    if root.is_relative_to(roots[0]):
        return str(path.relative_to(roots[0].parent))
    return f"{SITE_FILE}{path}"


def lay_over(lower: Source | None, upper: Source) -> tuple[Source, list[Problem]]:
    """Two files as one; a mark of the upper one on what is not there is a problem."""
    if lower is None:
        stray = [upper.problem(f"没有可以{_does(mark)}的内容", *at) for at, mark in _marks(upper)]
        return upper, stray
    together = _Together(lower, upper)
    data = together.merge(lower.data, upper.data, ())
    origins = {key: lower.file_of(*key) for key in together.lines_below}
    # What is missing in the whole file is missing in the one that was there first.
    added = {key: line for key, line in upper.lines.items() if key or () not in origins}
    origins |= dict.fromkeys(added, upper.file)
    lines = {**together.lines_below, **added}
    return Source(upper.file, data, lines, origins, upper.marks), together.problems


class _Together:
    """The merge of two files: what of the lower one's lines remains, and what went wrong."""

    def __init__(self, lower: Source, upper: Source) -> None:
        self.upper = upper
        self.lines_below = dict(lower.lines)
        self.problems: list[Problem] = []

    def merge(self, low: object, high: object, at: Keys) -> object:
        """The value at a key path: mappings merged, anything else the upper one."""
        whole = self.upper.marks.get(at) == REPLACE
        if whole or not isinstance(low, Mapping) or not isinstance(high, Mapping):
            self._forget(at)
            return high
        merged = dict(low)
        for key, value in high.items():
            inner = (*at, str(key))
            mark = self.upper.marks.get(inner)
            if mark and key not in low:
                self.problems.append(self._stray(inner, mark, map(str, low)))
            elif mark == REMOVE:
                merged.pop(key)
                self._forget(inner)
            if mark != REMOVE:
                merged[key] = self.merge(low[key], value, inner) if key in low else value
        return merged

    def _forget(self, at: Keys) -> None:
        inside = [key for key in self.lines_below if key[: len(at)] == at]
        for key in inside:
            self.lines_below.pop(key)

    def _stray(self, at: Keys, mark: str, there: Iterable[str]) -> Problem:
        near = get_close_matches(at[-1], list(there), n=1, cutoff=0.6)
        meant = f"，是否应为 {near[0]}？" if near else ""
        return self.upper.problem(f"没有可以{_does(mark)}的 {at[-1]}{meant}", *at)


def _does(mark: str) -> str:
    return "去掉" if mark == REMOVE else "替换"


def _marks(source: Source) -> Iterable[tuple[Keys, str]]:
    return source.marks.items()
