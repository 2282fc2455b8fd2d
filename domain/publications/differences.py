"""What a version of a list, plan or text changes of the one before, row by row and line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import ndiff

Row = Mapping[str, str]
KEYS = ("监管事项", "计划名称", "审批事项")
"""By which column the rows of two versions are told to be the same."""


@dataclass(frozen=True)
class Difference:
    """What came, went, and changed; each changed row with its columns, old and new."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]

    @property
    def is_none(self) -> bool:
        """Whether both versions say the same."""
        return not (self.added or self.removed or self.changed)


def difference(old: Mapping[str, object], new: Mapping[str, object], body: str) -> Difference:
    """The difference of two versions, by the facts that their drafts recorded."""
    if body == "content":
        return _of_texts(str(old.get(body) or ""), str(new.get(body) or ""))
    return _of_rows(_keyed(old.get(body)), _keyed(new.get(body)))


def _of_texts(old: str, new: str) -> Difference:
    lines = list(ndiff(old.splitlines(), new.splitlines()))
    return Difference(
        added=tuple(one[2:] for one in lines if one.startswith("+ ")),
        removed=tuple(one[2:] for one in lines if one.startswith("- ")),
        changed=(),
    )


def _of_rows(old: Mapping[str, Row], new: Mapping[str, Row]) -> Difference:
    both = [key for key in new if key in old and new[key] != old[key]]
    return Difference(
        added=tuple(key for key in new if key not in old),
        removed=tuple(key for key in old if key not in new),
        changed=tuple((key, _columns(old[key], new[key])) for key in both),
    )


def _columns(old: Row, new: Row) -> tuple[tuple[str, str, str], ...]:
    names = dict.fromkeys([*old, *new])
    return tuple(
        (name, old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def _keyed(value: object) -> dict[str, Row]:
    rows: Sequence[Row] = value if isinstance(value, list | tuple) else ()
    found: dict[str, Row] = {}
    for number, row in enumerate(rows, start=1):
        key = next((row[one] for one in KEYS if row.get(one)), f"第{number}行")
        found[f"{key}（第{number}行）" if key in found else key] = row
    return found
