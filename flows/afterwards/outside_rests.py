"""Destinations outside: one that fails rests for a while, and delays nobody else."""

from datetime import datetime, timedelta

from sqlmodel import Session, select

from domain.tables.site import OutsideRest
from flows.site.office import Office
from flows.site.store import reading, transaction

RESTS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
)
"""So long a destination is left alone after its second, third, … failure in a row.

The first may be a blip: it is tried again in the same run.
"""


def resting_until(office: Office, name: str, now: datetime) -> datetime | None:
    """Until when nothing is sent to the destination; None where it may be tried."""
    with reading(office.engine) as session:
        row = session.get(OutsideRest, name)
    return row.resting_until if row and row.resting_until and now < row.resting_until else None


def note_unreached(office: Office, name: str, error: str, now: datetime) -> None:
    """Writes down that the destination did not answer, and lets it rest."""
    with transaction(office.engine) as session:
        row = session.get(OutsideRest, name) or OutsideRest(name=name, since=now)
        row.failures, row.error, row.failed_at = row.failures + 1, error[:500], now
        if row.failures > 1:
            row.resting_until = now + RESTS[min(row.failures - 1, len(RESTS)) - 1]
        session.add(row)


def note_reached(office: Office, name: str) -> None:
    """Forgets the failures of a destination that answers."""
    with reading(office.engine) as session:
        if session.get(OutsideRest, name) is None:
            return
    with transaction(office.engine) as session:
        if (row := session.get(OutsideRest, name)) is not None:
            session.delete(row)


def failing(session: Session) -> dict[str, OutsideRest]:
    """The destinations that failed when they were last tried, by name."""
    return {one.name: one for one in session.exec(select(OutsideRest))}
