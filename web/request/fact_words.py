"""Words for the facts that a document keeps: days, amounts, lists and rows as a page shows them."""

from collections.abc import Mapping
from datetime import datetime

from domain.situation.situation import CHINA


def fact(value: object) -> str:
    """The fact as text; rows one to a line."""
    if value is None or value in ("", []):
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return "，".join(f"{name}：{fact(one)}" for name, one in value.items() if one is not None)
    if isinstance(value, list):
        rows = any(isinstance(one, Mapping) for one in value)
        return ("\n" if rows else "、").join(fact(one) for one in value)
    return _moment(str(value))


def _moment(text: str) -> str:
    """A moment as people read it; any other text as it is."""
    if "T" not in text:
        return text
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.astimezone(CHINA) if found.tzinfo else found:%Y-%m-%d %H:%M}"
