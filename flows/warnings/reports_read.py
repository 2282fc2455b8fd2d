"""The site's clues as reports to be counted, read by the days on which they were received."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.surge.reports import Remedy, Report
from domain.tables.matching import Fingerprint
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument

REMEDIES = ("correction_order", "interview_record", "commitment_letter")
"""The documents of 责令改正, 约谈 and 承诺: who is reported after one of these is reported anew."""


def read_reports(session: Session, first: date, last: date) -> list[Report]:
    """The clues received from one day to another, both counted; merged ones only once.

    A clue that nobody dispatched yet counts for the matter that its words suggest.
    """
    matter = func.coalesce(Clue.matter_id, Fingerprint.matter)
    told = (
        select(
            Clue.id, Clue.no, Clue.received_at, Clue.area, Clue.channel, matter,
            Clue.subject_key, Clue.reporter_key, Fingerprint.place_key,
        )  # type: ignore[call-overload]
        .outerjoin(Fingerprint, col(Fingerprint.clue_id) == col(Clue.id))
        .where(
            col(Clue.received_at) >= _morning(first),
            col(Clue.received_at) < _morning(last + timedelta(days=1)),
            col(Clue.merged_into_id).is_(None),
        )
    )  # fmt: skip
    return [
        Report(
            id=number,
            no=no,
            day=received.astimezone(CHINA).toordinal(),
            area=area,
            matter=about or "",
            subject=subject or "",
            reporter=reporter or "",
            place=place or "",
            channel=channel,
        )
        for number, no, received, area, channel, about, subject, reporter, place in session.exec(
            told
        )
    ]


def read_remedies(session: Session, first: date) -> list[Remedy]:
    """The corrections ordered, talks and promises since a day, by the clue they belong to."""
    matter = func.coalesce(Clue.matter_id, Fingerprint.matter)
    told = (
        select(Clue.id, IssuedDocument.issued_at, Clue.subject_key, matter)
        .join(IssuedDocument, col(IssuedDocument.clue_id) == col(Clue.id))
        .outerjoin(Fingerprint, col(Fingerprint.clue_id) == col(Clue.id))
        .where(
            col(IssuedDocument.kind).in_(REMEDIES),
            col(IssuedDocument.issued_at) >= _morning(first),
            col(IssuedDocument.voided_at).is_(None),
        )
    )
    return [
        Remedy(clue or 0, issued.astimezone(CHINA).toordinal(), subject or "", about or "")
        for clue, issued, subject, about in session.exec(told)
    ]


def begun_before(session: Session, channels: Iterable[str], day: date) -> frozenset[str]:
    """Those of the channels by which something had come before a day."""
    morning = _morning(day)
    found = set()
    for one in channels:
        query = select(Clue.id).where(col(Clue.channel) == one, col(Clue.received_at) < morning)
        if session.exec(query.limit(1)).first() is not None:
            found.add(one)
    return frozenset(found)


def first_day(session: Session) -> date | None:
    """The day of the oldest clue; None where there is none."""
    found = session.exec(select(func.min(Clue.received_at))).one()
    return found.astimezone(CHINA).date() if isinstance(found, datetime) else None


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA).astimezone(UTC)
