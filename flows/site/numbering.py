"""Numbers without gaps: allotted in the transaction that uses them."""

from sqlalchemy import text
from sqlmodel import Session

NEXT = text(
    "INSERT INTO counter (organ, series, year, last) VALUES (:organ, :series, :year, 1) "
    "ON CONFLICT (organ, series, year) DO UPDATE SET last = counter.last + 1 RETURNING last"
)


def next_serial(session: Session, organ: str, series: str, year: int) -> int:
    """The next number of an organ's series in a year; its row stays locked until the commit."""
    values = {"organ": organ, "series": series, "year": year}
    return int(session.connection().execute(NEXT, values).scalar_one())


def document_number(short: str, series: str, year: int, serial: int) -> str:
    """机关代字、年份和顺序号, as GB/T 9704-2012 writes them: 示市监案移〔2026〕12号."""
    return f"{short}{series}〔{year}〕{serial}号"


def dossier_number(prefix: str, year: int, serial: int) -> str:
    """The number of a clue or of an undertaking: XS2026000012."""
    return f"{prefix}{year}{serial:06d}"
