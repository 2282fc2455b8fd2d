"""Words and pages of lists that the pages of the rulebook have in common."""

from collections.abc import Sequence
from typing import TypeVar

from domain.lookup.citations import Use

T = TypeVar("T")
PAGE = 30
TABS = (
    ("时限", "/rules"),
    ("期限计算", "/rules/due"),
    ("依据", "/rules/articles"),
    ("流程", "/rules/lifecycles"),
    ("裁量基准", "/rules/discretion"),
    ("法律核对", "/rules/checklists"),
    ("罪名标准", "/offences"),
    ("待核对", "/rules/stale"),
)


def page_of_list(found: Sequence[T], number: int, address: str) -> tuple[Sequence[T], str, str]:
    """A page of what was found, and the addresses of those before and after it."""
    start = (number - 1) * PAGE
    joint = "" if address.endswith("?") else "&" if "?" in address else "?"
    newer = f"{address}{joint}number={number - 1}" if number > 1 else ""
    older = f"{address}{joint}number={number + 1}" if len(found) > start + PAGE else ""
    return found[start : start + PAGE], newer, older


def page_of_use(use: Use) -> str:
    """Where something that cites an article has its page; empty where it has none."""
    if use.kind == "limit":
        return f"/rules/limits/{use.id}"
    if use.kind == "action":
        kind, _, name = use.id.partition(".")
        return f"/rules/lifecycles/{kind}#{name}"
    if use.kind == "offence":
        return f"/offences/{use.id}"
    return "/rules/discretion" if use.kind == "discretion" else ""
