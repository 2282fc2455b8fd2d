"""机关代字: the letters with which an organ's numbers begin, by day, and twins among them.

What is on paper stays: letters that an organ used in a year are no other organ's in that year.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from sqlmodel import Session, col, select

from domain.rulebook.number_check import same_beginning, series_letters
from domain.rulebook.rulebook import Rulebook
from domain.shapes.entries import Department
from domain.tables.record import Counter
from domain.tables.site import SiteDepartment

Entered = Mapping[str, list[SiteDepartment]]
"""What administrators entered of each department, in the order of its days."""


@dataclass(frozen=True)
class Mark:
    """The 机关代字 of an organ and the days it holds; no `until`: it holds still."""

    short: str
    since: date
    until: date | None
    closed: bool


def marks_of(rules: Rulebook, session: Session, organ: str) -> list[Mark]:
    """The 机关代字 of an organ from the first to those that are to come, each told once."""
    found: list[Mark] = []
    for one in _marks(rules, _entered(session, organ), organ):
        last = found[-1] if found else None
        if last and (last.short, last.closed) == (one.short, one.closed):
            found[-1] = replace(last, until=one.until)
        else:
            found.append(one)
    return found


def twin_of(
    session: Session, rules: Rulebook, organ: str, given: Department, day: date
) -> str | None:
    """Which other organ's numbers would be the same in the year of `day` or later, in words."""
    entered, series = _entered(session), series_letters(rules)
    begun = _numbered_since(session, day.year)
    base = (rules.base or rules).departments
    for other in sorted({*base, *entered} - {organ}):
        for mark in _marks(rules, entered, other):
            if not _counts(mark, day, other in begun):
                continue
            if start := same_beginning(given.short, mark.short, series):
                return _told(
                    _name(base, entered, other), given.short, mark, f"{start}〔{day.year}〕"
                )
    return None


def _counts(mark: Mark, day: date, has_numbered: bool) -> bool:
    """Whether numbers under it may meet: of that year or later, unless it ended and has none."""
    if mark.until is not None and mark.until < date(day.year, 1, 1):
        return False
    gone = mark.closed or (mark.until is not None and mark.until <= day)
    return has_numbered or not gone


def _told(name: str, short: str, mark: Mark, start: str) -> str:
    if mark.short != short:
        return f"与{name}的机关代字「{mark.short}」会编出同样的文号，如「{start}1号」"
    if mark.until is not None:
        return f"{name}今年用过这个机关代字，同一年的文号会相同，请自明年1月1日起使用"
    return f"另一个部门（{name}）正在使用这个机关代字"


def _marks(rules: Rulebook, entered: Entered, organ: str) -> Iterator[Mark]:
    base = (rules.base or rules).departments.get(organ)
    known = [Mark(base.short, date.min, None, base.closed)] if base else []
    for row in entered.get(organ, ()):
        short, closed = str(row.content.get("short", "")), bool(row.content.get("closed"))
        known.append(Mark(short, row.from_day, None, closed))
    for one, following in pairwise(known):
        yield replace(one, until=following.since)
    yield from known[-1:]


def _name(base: Mapping[str, Department], entered: Entered, organ: str) -> str:
    rows = entered.get(organ)
    return str(rows[-1].content["name"]) if rows else base[organ].name


def _entered(session: Session, organ: str = "") -> Entered:
    query = select(SiteDepartment).order_by(col(SiteDepartment.from_day), col(SiteDepartment.id))
    if organ:
        query = query.where(col(SiteDepartment.department_id) == organ)
    return _by_organ(session.exec(query))


def _by_organ(rows: Iterable[SiteDepartment]) -> Entered:
    found: dict[str, list[SiteDepartment]] = {}
    for row in rows:
        found.setdefault(row.department_id, []).append(row)
    return found


def _numbered_since(session: Session, year: int) -> set[str]:
    query = select(Counter.organ).where(col(Counter.year) >= year, col(Counter.last) > 0)
    return set(session.exec(query.distinct()))
