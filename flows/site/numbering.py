"""Numbers of clues and documents without gaps: allotted in the transaction that uses them.

A sequence of the database would lose a number with every transaction that is rolled back.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy import Integer, String, column, text
from sqlmodel import Session

from flows.rows.statements import Statement, ask
from flows.site.portions import Portion, portion_of

Series = tuple[str, str, int]
"""The organ, its series and the year."""


@cache
def next_of(series: int) -> Statement:
    """Counts so many series on, each by what is told, and says where each is then."""
    places = range(series)
    rows = ", ".join(f"(:organ_{one}, :series_{one}, :year_{one}, :more_{one})" for one in places)
    counted = text(
        f"INSERT INTO counter (organ, series, year, last) VALUES {rows} "
        "ON CONFLICT (organ, series, year) DO UPDATE SET last = counter.last + excluded.last "
        "RETURNING organ, series, year, last"
    )
    told = column("organ", String), column("series", String)
    return Statement(counted.columns(*told, column("year", Integer), column("last", Integer)))


LAST = text(
    "UPDATE counter SET last = :last WHERE organ = :organ AND series = :series AND year = :year"
)


def next_serial(session: Session, organ: str, series: str, year: int) -> int:
    """The next number, from 1, of an organ's series in a year (of China's time).

    Its row stays locked until the commit, so that a rolled-back number is the next one's. Whoever
    takes several in one transaction takes them in sorted order, or two may wait for each other.
    """
    [serial] = next_serials(session, [(organ, series, year)])
    return serial


def next_serials(session: Session, wanted: Sequence[Series]) -> list[int]:
    """The next number of each, in the order in which they are named."""
    portion = portion_of(session)
    if portion is not None:
        return [_next_of_portion(session, portion, one) for one in wanted]
    counted: dict[Series, int] = {}
    for one in wanted:
        counted[one] = counted.get(one, 0) + 1
    last = _count_on(session, counted) if counted else {}
    serials: list[int] = []
    for one in wanted:
        counted[one] -= 1
        serials.append(last[one] - counted[one])
    return serials


def _count_on(session: Session, wanted: Mapping[Series, int]) -> dict[Series, int]:
    """The last number of each series once it has given out so many; one statement for all."""
    values: dict[str, object] = {}
    for place, ((organ, series, year), more) in enumerate(wanted.items()):
        values |= {f"organ_{place}": organ, f"series_{place}": series}
        values |= {f"year_{place}": year, f"more_{place}": more}
    [rows] = ask(session.connection(), (next_of(len(wanted)), values))
    return {(one.organ, one.series, one.year): int(one.last) for one in rows}


def _next_of_portion(session: Session, portion: Portion, series: Series) -> int:
    key, values = ("serial", *series), _named(series)
    if key not in portion.known:
        serial = _count_on(session, {series: 1})[series]
    else:
        # The row is locked since the portion's first number: the others are told at its end.
        serial = portion.known[key] + 1
        portion.ends[key] = lambda: _tell_last(session, values | {"last": portion.known[key]})
    portion.known[key] = serial
    return serial


def _named(series: Series) -> dict[str, object]:
    organ, name, year = series
    return {"organ": organ, "series": name, "year": year}


def _tell_last(session: Session, values: dict[str, object]) -> None:
    session.connection().execute(LAST, values)


def document_number(short: str, series: str, year: int, serial: int) -> str:
    """A document's number as GB/T 9704-2012 writes it: 示市监案移〔2026〕12号."""
    return f"{short}{series}〔{year}〕{serial}号"


def dossier_number(prefix: str, year: int, serial: int) -> str:
    """The number of a clue or of an undertaking: XS2026000012."""
    return f"{prefix}{year}{serial:06d}"
