"""YAML files read together with the line on which every value stands."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
Keys = tuple[str, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in the rulebook, with the place where it can be mended."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True)
class Source:
    """One parsed file: its data, and the line of every key path."""

    file: str
    data: object
    lines: dict[Keys, int] = field(default_factory=dict)

    def line(self, *keys: object) -> int:
        """The line of the deepest known part of a key path."""
        path = tuple(str(key) for key in keys)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, text: str, *keys: object) -> Problem:
        """A problem at a key path of this file."""
        return Problem(self.file, self.line(*keys), text)


def read_source(path: Path, root: Path) -> tuple[Source, list[Problem]]:
    """A YAML file as data with lines, and what is wrong with it as YAML."""
    return read_text(path.read_text(encoding="utf-8"), str(path.relative_to(root.parent)))


def read_text(text: str, name: str) -> tuple[Source, list[Problem]]:
    """The same of a text that bears a name."""
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return Source(name, {}), [Problem(name, 1, "文件为空")]
        source = Source(name, loader.construct_document(node))
        problems: list[Problem] = []
        _locate(node, (), source, problems)
        return source, problems
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Source(name, {}), [Problem(name, line, f"YAML 语法错误：{error.problem}")]
    finally:
        loader.dispose()


def _locate(node: yaml.Node, path: Keys, source: Source, problems: list[Problem]) -> None:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*path, str(key.value))
            if inner in source.lines:
                problems.append(
                    Problem(source.file, key.start_mark.line + 1, f"重复的键 {inner[-1]}")
                )
            source.lines[inner] = key.start_mark.line + 1
            _locate(value, inner, source, problems)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            _locate(value, (*path, str(index)), source, problems)


def parse(source: Source, shape: type[T], data: object) -> tuple[T | None, list[Problem]]:
    """The data of a source in the given shape, or what does not fit, each with its line."""
    try:
        return TypeAdapter(shape).validate_python(data), []
    except ValidationError as error:
        problems = [
            source.problem(_in_words(one["type"], one["msg"], one["loc"]), *one["loc"])
            for one in error.errors()
        ]
        return None, problems


def _in_words(kind: str, message: str, place: tuple[int | str, ...]) -> str:
    where = ".".join(str(part) for part in place)
    if kind == "extra_forbidden":
        return f"未知的键 {where}"
    if kind == "missing":
        return f"缺少 {where}"
    return f"{where} 不合要求：{message}"
