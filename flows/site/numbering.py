"""Numbers of clues and documents without gaps: allotted in the transaction that uses them.

A sequence of the database would lose a number with every transaction that is rolled back.
"""

from sqlalchemy import Integer, column, text
from sqlmodel import Session

from flows.rows.statements import Statement, ask
from flows.site.portions import portion_of

NEXT = Statement(
    text(
        "INSERT INTO counter (organ, series, year, last) VALUES (:organ, :series, :year, 1) "
        "ON CONFLICT (organ, series, year) DO UPDATE SET last = counter.last + 1 RETURNING last"
    ).columns(column("last", Integer))
)

LAST = text(
    "UPDATE counter SET last = :last WHERE organ = :organ AND series = :series AND year = :year"
)


def next_serial(session: Session, organ: str, series: str, year: int) -> int:
    """The next number, from 1, of an organ's series in a year (of China's time).

    Its row stays locked until the commit, so that a rolled-back number is the next one's. Whoever
    takes several in one transaction takes them in sorted order, or two may wait for each other.
    """
    values: dict[str, object] = {"organ": organ, "series": series, "year": year}
    portion, key = portion_of(session), (NEXT, organ, series, year)
    if portion is None or key not in portion.known:
        [[counted]] = ask(session.connection(), (NEXT, values))
        serial = int(counted.last)
    else:
        # The row is locked since the portion's first number: the others are told at its end.
        serial = portion.known[key] + 1
        portion.ends[key] = lambda: _tell_last(session, values | {"last": portion.known[key]})
    if portion is not None:
        portion.known[key] = serial
    return serial


def _tell_last(session: Session, values: dict[str, object]) -> None:
    session.connection().execute(LAST, values)


def document_number(short: str, series: str, year: int, serial: int) -> str:
    """A document's number as GB/T 9704-2012 writes it: 示市监案移〔2026〕12号."""
    return f"{short}{series}〔{year}〕{serial}号"


def dossier_number(prefix: str, year: int, serial: int) -> str:
    """The number of a clue or of an undertaking: XS2026000012."""
    return f"{prefix}{year}{serial:06d}"
