"""YAML files read together with the line on which every value stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from domain.shapes.misfits import NOT_A_MAPPING, misfit_in_words, syntax_in_words

T = TypeVar("T")
Keys = tuple[str, ...]
TIMESTAMP = "tag:yaml.org,2002:timestamp"
REMOVE, REPLACE = "!remove", "!replace"
"""What a site's file says of an entry that lies beneath (`yaml_layers`)."""
PLAIN: Mapping[type, str] = {
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.ScalarNode: "tag:yaml.org,2002:str",
}
MOST_VALUES = 100_000
"""A file with more values than this, as aliases of aliases make them, is not read."""


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong in the rulebook, with the place where it can be mended."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class BadConfig(Exception):
    """Files of the site that do not hold together; every problem with its file and line."""

    heading = "配置文件有误"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems)
        told = [str(one) for one in self.problems]
        joint = "\n" if len(told) > 1 else ""
        super().__init__(f"{self.heading}：{joint}" + "\n".join(told))


@dataclass(frozen=True)
class Source:
    """One parsed file: its data, and the line of every key path.

    `origins`: the file of each key path, where several lie over each other. `marks`: the key paths
    at which the file says what becomes of what lies beneath.
    """

    file: str
    data: object
    lines: dict[Keys, int] = field(default_factory=dict)
    origins: dict[Keys, str] = field(default_factory=dict)
    marks: dict[Keys, str] = field(default_factory=dict)

    @property
    def is_read(self) -> bool:
        """Whether anything of the file could be read."""
        return bool(self.lines)

    def line(self, *keys: object) -> int:
        """The line of the deepest known part of a key path."""
        return self.lines.get(self._known(*keys), 1)

    def file_of(self, *keys: object) -> str:
        """The file in which the deepest known part of a key path stands."""
        return self.origins.get(self._known(*keys), self.file)

    def _known(self, *keys: object) -> Keys:
        path = self.place(*keys)
        while path and path not in self.lines:
            path = path[:-1]
        return path

    def place(self, *keys: object) -> Keys:
        """A key path as it stands in the file, where a list of one may be written without it."""
        path: Keys = ()
        for key in keys:
            inner = (*path, str(key))
            if key != "[key]" and (inner in self.lines or not isinstance(key, int)):
                path = inner
        return path

    def problem(self, text: str, *keys: object) -> Problem:
        """A problem at a key path of this file."""
        return Problem(self.file_of(*keys), self.line(*keys), text)


FIGURES = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
LONGEST_FIGURE = 40
NO_VALUES = (ValueError, LookupError, AttributeError, TypeError, OverflowError)
"""What PyYAML raises where a text is none of the type that its tag says."""


class _Loader(yaml.CSafeLoader):
    """Days stay the text that stands in the file: one that does not exist is told by its key."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own class attribute
        sign: [one for one in resolvers if one[0] != TIMESTAMP]
        for sign, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_object(self, node: yaml.Node, deep: bool = False) -> object:
        """The value of a node; a figure longer than any is not computed: that takes for ever."""
        if node.tag in FIGURES and len(str(node.value)) > LONGEST_FIGURE:
            raise _TooLarge
        found: object = super().construct_object(node, deep)
        return found


def read_source(path: Path, root: Path) -> tuple[Source, list[Problem]]:
    """A YAML file as data with lines, and what is wrong with it as YAML.

    `root`: the folder whose name begins the file's name in every problem.
    """
    name = str(path.relative_to(root.parent))
    try:
        return read_text(path.read_bytes().decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return Source(name, {}), [Problem(name, line, "不是 UTF-8 编码的文字，请另存为 UTF-8")]
    except FileNotFoundError:
        return Source(name, {}), [Problem(name, 1, "缺少文件")]
    except OSError as error:
        return Source(name, {}), [Problem(name, 1, f"文件不能读取（{error.errno}），请检查权限")]


def read_text(text: str, name: str) -> tuple[Source, list[Problem]]:
    """The same of a text that bears a name."""
    loader: _Loader | None = None
    try:
        loader = _Loader(text)
        node = loader.get_single_node()
        if node is None:
            return Source(name, {}), [Problem(name, 1, "文件为空")]
        marks: dict[Keys, str] = {}
        _unmark(node, (), marks, set())
        source = Source(name, loader.construct_document(node), marks=marks)
        problems: list[Problem] = []
        _locate(node, (), source, problems)
        return source, problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = syntax_in_words(error.problem or error.context)
        return Source(name, {}), [Problem(name, mark.line + 1 if mark else 1, told)]
    except (yaml.YAMLError, UnicodeEncodeError):
        return Source(name, {}), [Problem(name, 1, "YAML 语法错误：含有不可见的控制字符")]
    except NO_VALUES:
        return Source(name, {}), [Problem(name, 1, "有的值与所写的类型不符，无法读取")]
    except (_TooLarge, RecursionError):
        return Source(name, {}), [Problem(name, 1, "内容过多或者嵌套过深，无法读取")]
    finally:
        if loader is not None:
            loader.dispose()


class _TooLarge(Exception):
    """More values than any file of the house has."""


def _unmark(node: yaml.Node, path: Keys, marks: dict[Keys, str], seen: set[int]) -> None:
    """Takes note of the marks on mappings and their entries; the data are plain without them."""
    if id(node) in seen:
        return
    # Aliases of aliases are walked through once.
    seen.add(id(node))
    if node.tag in {REMOVE, REPLACE}:
        marks[path] = node.tag
        node.tag = PLAIN[type(node)]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            _unmark(value, (*path, str(key.value)), marks, seen)


def _locate(node: yaml.Node, path: Keys, source: Source, problems: list[Problem]) -> None:
    source.lines.setdefault(path, node.start_mark.line + 1)
    if len(source.lines) > MOST_VALUES:
        raise _TooLarge
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


def parse(
    source: Source, shape: type[T], data: object, *at: object
) -> tuple[T | None, list[Problem]]:
    """Data of a source in the given shape, or what does not fit, each with its line.

    `at`: the keys below which the data stand in the source.
    """
    try:
        return TypeAdapter(shape).validate_python(data), []
    except ValidationError as error:
        return None, _misfits(source, error, at)


def read_record(path: Path, root: Path, shape: type[T]) -> T:
    """A whole file in one shape, or BadConfig with everything that is wrong with it."""
    source, problems = read_source(path, root)
    if source.is_read:
        found, misfits = parse(source, shape, source.data)
        problems += misfits
        if found is not None and not problems:
            return found
    raise BadConfig(problems)


def parse_items(
    source: Source, shape: type[T], *under: str
) -> tuple[dict[str, T], frozenset[str], list[Problem]]:
    """The items of a mapping in the given shape, by name; one that does not fit harms no other.

    `under`: the keys below which the mapping stands. Answers with the items that fit, the names
    of those that do not, and what is wrong with these, each with its line; where no items can be
    told apart there are a problem and no names.
    """
    data = source.data
    for key in under:
        if not isinstance(data, Mapping) or key not in data:
            return {}, frozenset(), [source.problem(f"缺少 {'.'.join(under)}")]
        data = data[key]
    if not isinstance(data, Mapping):
        told = f"{'.'.join(under) or '文件'} 不合要求：{NOT_A_MAPPING}"
        return {}, frozenset(), [source.problem(told, *under)]
    adapter = TypeAdapter(dict[str, shape])  # type: ignore[valid-type]
    try:
        return adapter.validate_python(data), frozenset(), []
    except ValidationError as error:
        lost = frozenset(str(one["loc"][0]) for one in error.errors() if one["loc"])
        sound = {key: value for key, value in data.items() if str(key) not in lost}
        return adapter.validate_python(sound), lost, _misfits(source, error, under)


def _misfits(source: Source, error: ValidationError, under: Iterable[object]) -> list[Problem]:
    found = [(one, (*under, *one["loc"])) for one in error.errors()]
    return [
        source.problem(misfit_in_words(one, ".".join(source.place(*keys))), *keys)
        for one, keys in found
    ]
