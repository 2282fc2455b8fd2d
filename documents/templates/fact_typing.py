"""Values as they come from JSON or a form, as the types of facts that templates know."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from documents.values.money import to_amount

_ZONE = ZoneInfo("Asia/Shanghai")


def typed(kind: str, value: object) -> object:
    """The value as that type of fact; ValueError, TypeError or NotAnAmount where it is none."""
    if kind in _READERS:
        try:
            return _READERS[kind](value)
        except ValueError as error:
            raise ValueError(f"现为“{value}”") from error
    if kind == "amount":
        return value if isinstance(value, Decimal) else to_amount(str(value))
    if kind in ("flag", "list"):
        return _as(bool if kind == "flag" else list, value)
    return _as(str, value) if not isinstance(value, int | float) else str(value)


def _as(kind: type, value: object) -> object:
    if kind is list and isinstance(value, str | tuple):
        value = [value] if isinstance(value, str) else list(value)
    if not isinstance(value, kind):
        raise TypeError(f"“{value}”不合要求")
    return value


def _as_date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _as_datetime(value: object) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)


_READERS: Mapping[str, Callable[[object], object]] = {
    "date": _as_date,
    "datetime": _as_datetime,
    "integer": lambda value: int(str(value)),
}
