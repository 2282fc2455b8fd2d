"""Where the numbers of an organ's documents begin in a year; from there on they have no gap.

An office that wrote papers before this system goes on with its own count. Once a number of the
series was given out in the year, nothing about it can be changed any more.
"""

from dataclasses import dataclass

from sqlalchemy import exists, text
from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.rulebook.rulebook import Rulebook
from domain.tables.record import Counter, IssuedDocument
from flows.people.user_keeping import Keeper, NotKept
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.numbering import document_number
from flows.site.site_rules import in_force
from flows.site.store import transaction

HIGHEST = 99_999
_BEGIN = text(
    "INSERT INTO counter (organ, series, year, last) VALUES (:organ, :series, :year, :last) "
    "ON CONFLICT (organ, series, year) DO UPDATE SET last = excluded.last "
    "WHERE counter.last = :seen RETURNING last"
)


@dataclass(frozen=True)
class Series:
    """A series of an organ in a year: the papers it numbers, its next number, whether it began."""

    series: str
    titles: tuple[str, ...]
    next_number: str
    next_serial: int
    has_begun: bool


@dataclass(frozen=True)
class Beginning:
    """With which number a series is to begin."""

    organ: str
    series: str
    year: int
    serial: int


def series_of(session: Session, rules: Rulebook, organ: str, year: int) -> list[Series]:
    """Every series in which the organ may number, by its letters, as it stands in the year."""
    short = rules.departments[organ].short
    counters = select(Counter).where(col(Counter.organ) == organ, col(Counter.year) == year)
    last = {one.series: one.last for one in session.exec(counters)}
    used = _used(session, organ, year)
    titles: dict[str, list[str]] = {}
    for kind in rules.documents.values():
        if kind.series:
            titles.setdefault(kind.series, []).append(kind.title)
    return [
        Series(
            series,
            tuple(titles[series]),
            document_number(short, series, year, last.get(series, 0) + 1),
            last.get(series, 0) + 1,
            series in used,
        )
        for series in sorted(titles)
    ]


def begin_series(keeper: Keeper, wanted: Beginning) -> None:
    """The next number of the series is `serial`, on record; NotKept with every complaint."""
    with transaction(keeper.office.engine) as session:
        rules = in_force(keeper.office, keeper.now).rules
        if found := _complaints(rules, keeper, wanted):
            raise NotKept(found)
        # The row stays locked until the commit: whoever numbers a paper meanwhile waits.
        seen = session.get(Counter, (wanted.organ, wanted.series, wanted.year))
        before = seen.last if seen else 0
        values = {"organ": wanted.organ, "series": wanted.series, "year": wanted.year}
        values_of_row = {**values, "last": wanted.serial - 1, "seen": before}
        kept = session.connection().execute(_BEGIN, values_of_row).scalar_one_or_none()
        if kept is None or wanted.series in _used(session, wanted.organ, wanted.year):
            raise NotKept({"serial": "本年度已经编过文号，起始号不能再改，以免断号、重号"})
        if before == wanted.serial - 1:
            return
        detail = {
            "department": wanted.organ,
            "series": wanted.series,
            "year": wanted.year,
            "before": before + 1,
            "after": wanted.serial,
        }
        act = Act("begin_numbers", keeper.actor, keeper.now, detail)
        append(session, [act_event(Thing("department"), act)], keeper.office.keys.chain)


def _used(session: Session, organ: str, year: int) -> set[str]:
    bears = exists().where(
        col(IssuedDocument.organ) == col(Counter.organ),
        col(IssuedDocument.series) == col(Counter.series),
        col(IssuedDocument.year) == col(Counter.year),
    )
    query = select(Counter.series).where(
        col(Counter.organ) == organ, col(Counter.year) == year, bears
    )
    return set(session.exec(query))


def _complaints(rules: Rulebook, keeper: Keeper, wanted: Beginning) -> dict[str, str]:
    found: dict[str, str] = {}
    this_year = day_of(keeper.now).year
    if wanted.organ not in rules.departments:
        found["organ"] = "没有这个部门"
    if wanted.series not in {one.series for one in rules.documents.values() if one.series}:
        found["series"] = "没有这个文号系列"
    if wanted.year not in (this_year, this_year + 1):
        found["year"] = f"只能设定{this_year}年、{this_year + 1}年的起始号"
    if not 1 <= wanted.serial <= HIGHEST:
        found["serial"] = f"起始号应为1至{HIGHEST}的整数"
    return found
