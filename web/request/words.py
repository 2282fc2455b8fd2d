"""Words for values on a page: moments in China's time, what is left of a limit, names of things."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from domain.calendar.working_days import WEEKDAYS
from domain.limits.limit import UNIT_NAMES, days_late
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import Unit
from domain.situation.situation import CHINA
from web.request.fact_words import fact

HOURS_IN_HALF_A_WEEK = 72


def moment(value: datetime | str | None) -> str:
    """A moment to the minute in China's time; a dash for none."""
    found = _read(value)
    return f"{found:%Y-%m-%d %H:%M}" if found else "—"


def day(value: datetime | date | str | None) -> str:
    """A day with its weekday."""
    found: date | None = value if isinstance(value, date) else _read(value)
    if isinstance(found, datetime):
        found = found.astimezone(CHINA).date()
    return f"{found.isoformat()} {WEEKDAYS[found.weekday()]}" if found else "—"


def short(value: datetime | str | None, now: datetime | None = None) -> str:
    """A moment for a narrow column: month, day, weekday and time; the year where it is another."""
    found = _read(value)
    if not found:
        return "—"
    year = "" if now is None or found.year == now.astimezone(CHINA).year else f"{found.year}-"
    return f"{year}{found:%m-%d} {WEEKDAYS[found.weekday()]} {found:%H:%M}"


def left(due: datetime, now: datetime) -> str:
    """How much time is left, or by how much it is past."""
    rest = due - now
    if rest > timedelta(0):
        return f"还剩{_span(rest, rest.days)}"
    return f"已超{_span(-rest, days_late(due, now))}"


def _span(span: timedelta, days: int) -> str:
    hours, minutes = divmod(int(span.total_seconds()) // 60, 60)
    if hours >= HOURS_IN_HALF_A_WEEK:
        return f"{days}天"
    if hours:
        return f"{hours}小时"
    return f"{max(minutes, 1)}分钟"


def input_moment(value: datetime | str | None) -> str:
    """A moment as `<input type=datetime-local>` takes it."""
    found = _read(value)
    return f"{found:%Y-%m-%dT%H:%M}" if found else ""


def percent(value: float) -> str:
    """A share as a whole per cent."""
    return f"{value:.0%}"


def function_label(function: str, rules: Rulebook) -> str:
    """Organs of one function, as a site calls the first of them without its place."""
    known = (one.short for one in rules.departments.values() if one.function == function)
    return next(known, function)


def chair_label(role: str, rules: Rulebook) -> str:
    """A chair by its name."""
    return rules.roles[role].label


def unit(name: Unit) -> str:
    """A unit as it follows a figure."""
    return UNIT_NAMES[name]


def unit_name(name: Unit) -> str:
    """A unit as it stands alone."""
    return {"hours": "按小时", "natural_days": "按自然日", "working_days": "按工作日"}.get(
        name, "按月"
    )


def instrument(citation: str) -> str:
    """The instrument that a citation is of."""
    return citation.partition("-")[0]


def _read(value: datetime | date | str | None) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value.astimezone(CHINA) if value.tzinfo else value.replace(tzinfo=CHINA)


FILTERS: Mapping[str, Callable[..., str]] = {
    "moment": moment,
    "day": day,
    "short": short,
    "left": left,
    "input_moment": input_moment,
    "percent": percent,
    "chair_label": chair_label,
    "function_label": function_label,
    "fact": fact,
    "unit": unit,
    "unit_name": unit_name,
    "instrument": instrument,
}
