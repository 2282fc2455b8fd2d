"""Column mappings: how a platform's columns become a clue; the header row tells which platform."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator

from domain.files.headers import GROUP_SIGN, party_of
from domain.files.identifiers import half_width
from domain.files.rows import heading
from domain.shapes.entries import Record, Strings
from domain.shapes.yaml_layers import read_layers
from domain.shapes.yaml_source import REMOVE, BadConfig, Problem, parse

ClueField = Literal[
    "outside_no",
    "received_at",
    "title",
    "content",
    "category",
    "place",
    "subject_name",
    "subject_code",
    "subject_phone",
    "subject_address",
    "reporter_name",
    "reporter_account",
    "reporter_phone",
    "reporter_address",
    "urgency",
    "wants_reply",
    "confidential",
    "area",
    "named_department",
    "replies",
]
CLUE_FIELDS: tuple[ClueField, ...] = get_args(ClueField)
"""What intake knows how to read."""
FOLDER = "mappings"
ALIKE = 0.5
"""So much of two headings is the same where one may be meant by the other."""
SAMPLE = datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - only its way of writing matters


class ColumnMapping(Record):
    """How one platform's columns become a clue: headings, words, constants, what must be there.

    `left_out` columns are known and carry nothing for a clue. Figures lie within `longest`.
    `strict` fields reject the row when they are wrong; the others warn and keep what was written.
    `starts_1904`: date serials of the platform count from 1904.
    """

    label: str
    channel: str
    channel_label: str
    columns: dict[ClueField, Annotated[Strings, Field(min_length=1)]]
    left_out: tuple[str, ...] = ()
    date_formats: tuple[str, ...] = ()
    values: dict[ClueField, dict[str, str]] = Field(default={})
    constants: dict[ClueField, str] = Field(default={})
    required: tuple[ClueField, ...]
    strict: tuple[ClueField, ...] = ()
    not_before: date
    future_minutes: int = 10
    longest: dict[ClueField, int] = Field(default={})
    time_zone: str = "Asia/Shanghai"
    starts_1904: bool = False
    note: str = ""

    @field_validator("time_zone")
    @classmethod
    def _real_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as problem:
            raise ValueError(f"没有「{name}」这个时区，北京时间写作 Asia/Shanghai") from problem
        return name

    @field_validator("date_formats")
    @classmethod
    def _readable(cls, formats: tuple[str, ...]) -> tuple[str, ...]:
        for one in formats:
            try:
                datetime.strptime(SAMPLE.strftime(one), one)  # noqa: DTZ007 - the zone follows
            except ValueError as problem:
                raise ValueError(f"「{one}」不是日期格式，应如 %Y-%m-%d %H:%M:%S") from problem
        return formats

    @cached_property
    def by_heading(self) -> Mapping[str, tuple[ClueField, ...]]:
        """The clue fields that a normalised heading fills."""
        found: dict[str, tuple[ClueField, ...]] = {}
        for field, names in self.columns.items():
            for name in names:
                found[heading(name)] = (*found.get(heading(name), ()), field)
        return found

    @cached_property
    def known(self) -> frozenset[str]:
        """Every heading by which this platform's header row is recognised."""
        return frozenset(self.by_heading) | {heading(name) for name in self.left_out}

    @cached_property
    def _fields(self) -> dict[str, tuple[ClueField, ...]]:
        return {}

    def fields_of(self, column: str) -> tuple[ClueField, ...]:
        """The clue fields that a column fills; one of a party's group tells of that party."""
        found = self._fields.get(column)
        if found is None:
            found = self._fields[column] = self._told_by(column)
        return found

    def _told_by(self, column: str) -> tuple[ClueField, ...]:
        group, sign, name = column.rpartition(GROUP_SIGN)
        whole = self.by_heading.get(heading(column), ())
        if whole or not sign:
            return whole
        joined = self.by_heading.get(heading(group + name), ())
        return joined or of_party(party_of(group), name, self.by_heading.get(heading(name), ()))

    def knows(self, column: str) -> bool:
        """Whether a column fills a field or is known to carry nothing for a clue."""
        return bool(self.fields_of(column)) or heading(column) in self.known

    @cached_property
    def words(self) -> Mapping[ClueField, Mapping[str, str]]:
        """The value words as they are compared: half width and lower case."""
        return {
            field: {half_width(word).casefold(): value for word, value in words.items()}
            for field, words in self.values.items()
        }

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of moments written without one."""
        return ZoneInfo(self.time_zone)


_OF_PARTY: tuple[tuple[str, frozenset[str]], ...] = (
    ("name", frozenset({"名称", "姓名", "名字", "全称", "单位名称", "企业名称"})),
    (
        "phone",
        frozenset({"电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"}),
    ),
    ("address", frozenset({"地址", "住址", "住所", "联系地址", "经营地址", "所在地"})),
)


def of_party(party: str | None, name: str, known: tuple[ClueField, ...]) -> tuple[ClueField, ...]:
    """The fields that a column within a party's group fills; `known`: those it fills by itself.

    A telephone under 被反映单位 is the party's, and never that of who reported.
    """
    if party is None:
        return known
    parts = [part for part, words in _OF_PARTY if heading(name) in words]
    parts += [one.partition("_")[2] for one in known if one.startswith(("subject_", "reporter_"))]
    wanted = {f"{party}_{part}" for part in parts}
    found = tuple(one for one in CLUE_FIELDS if one in wanted)
    return found or tuple(one for one in known if not one.startswith(("subject_", "reporter_")))


class BadMappings(BadConfig):
    """Column mappings that do not hold together: no file is read by any of them."""

    heading = "列对照表有误，不能导入，请联系管理员改正"


class UnknownColumns(Exception):
    """A header row that no mapping fits, or that fits two; says which columns each one misses."""


def load_mappings(roots: tuple[Path, ...]) -> dict[str, ColumnMapping]:
    """Every column mapping of a configuration's folders, by file name without suffix.

    Raises BadMappings with every problem, its file and key.
    """
    mappings, problems = read_mappings(roots)
    if problems:
        raise BadMappings(problems)
    return mappings


def read_mappings(roots: tuple[Path, ...]) -> tuple[dict[str, ColumnMapping], list[Problem]]:
    """The column mappings that can be read, later folders over the first; what is wrong."""
    mappings: dict[str, ColumnMapping] = {}
    problems: list[Problem] = []
    for name in sorted({path.name for root in roots for path in (root / FOLDER).glob("*.yaml")}):
        source, faults = read_layers(f"{FOLDER}/{name}", roots)
        if source.marks.get(()) == REMOVE:
            continue
        problems += faults
        if not source.is_read:
            continue
        found, faults = parse(source, ColumnMapping, source.data)
        problems += faults
        if found is not None and not faults:
            mappings[Path(name).stem] = found
    if not mappings and not problems:
        problems.append(Problem(f"{roots[0].name}/{FOLDER}", 1, "没有任何列对照表"))
    return mappings, problems


def known_headings(mappings: Iterable[ColumnMapping]) -> frozenset[str]:
    """All headings, as `heading` compares them, by which a header is told from titles above it."""
    return frozenset().union(*(one.known for one in mappings))


def missing_columns(mapping: ColumnMapping, columns: Iterable[str]) -> tuple[str, ...]:
    """The required columns that a header row lacks, each by its usual name."""
    there = {one for column in columns for one in mapping.fields_of(column)}
    return tuple(
        mapping.columns[field][0]
        for field in mapping.required
        if field in mapping.columns and field not in there
    )


def recognise(columns: tuple[str, ...], mappings: Mapping[str, ColumnMapping]) -> str:
    """The name of the mapping that fits a header row best: all it requires, and most of the rest.

    Raises UnknownColumns where two fit equally, or none: with what each one misses and what comes
    nearest.
    """
    scores = {
        name: sum(map(one.knows, columns))
        for name, one in mappings.items()
        if not missing_columns(one, columns)
    }
    best = [name for name, score in scores.items() if score == max(scores.values())]
    if len(best) == 1:
        return best[0]
    if best:
        fits = "、".join(f"{name}（{mappings[name].label}）" for name in best)
        raise UnknownColumns(
            f"表头同时符合{fits}，不能确定按哪一种读入：请改用其中一种特有的列名，"
            "或者由管理员用命令行导入时以 --mapping 指明"
        )
    lacks = "；".join(
        f"{name}（{one.label}）缺少列 {'、'.join(missing_columns(one, columns))}"
        for name, one in mappings.items()
    )
    told = "".join(f"；“{one}”可能是“{usual}”" for one, usual in likely_columns(columns, mappings))
    advice = f"{told}，请改表头后重新导入，或者请管理员把写法加入列对照表" if told else ""
    raise UnknownColumns(f"无法识别表头“{'、'.join(columns)}”：{lacks}{advice}")


def likely_columns(
    columns: Iterable[str], mappings: Mapping[str, ColumnMapping]
) -> tuple[tuple[str, str], ...]:
    """What unknown headings may mean: each with the usual name of the column that reads alike.

    Of the mappings the one that lacks least is asked; a heading that is like none is left out.
    """
    given = tuple(columns)
    nearest = min(mappings.values(), key=lambda one: len(missing_columns(one, given)), default=None)
    if nearest is None:
        return ()
    usual = {name: names[0] for names in nearest.columns.values() for name in names}
    lacking = set(missing_columns(nearest, given))
    wanted = [key for key in usual if usual[key] in lacking]
    found: dict[str, str] = {}
    for one in given:
        alike = get_close_matches(one, wanted, n=1, cutoff=ALIKE)
        if alike and heading(one) not in nearest.known:
            found.setdefault(usual[alike[0]], one)
    return tuple((one, name) for name, one in found.items())
