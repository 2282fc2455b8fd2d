"""Suspected duplicates in the store: found by equal keys and bands, never by reading all clues."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, or_, select
from sqlmodel import Session, col

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import Suspicion
from domain.duplicates.rarity import Rarity
from domain.tables import matching as tables
from flows.matching.candidates import Arrivals
from flows.matching.comparison import suspicions
from flows.matching.word_rarity import Counted, count_if_due, rarity_in
from flows.rows.statements import Statement, ask
from flows.site.portions import put

INSERT_MARK = Statement(
    insert(tables.Fingerprint),
    *("clue_id", "channel", "outside_no", "credit_code", "subject_key", "place_key"),
    *("reporter_key", "text", "matter", "topics", "words", "day"),
)
INSERT_BAND = Statement(insert(tables.FingerprintBand), "band", "clue_id")
INSERT_SUSPICION = Statement(
    insert(tables.Suspicion), "clue_id", "other_id", "score", "reason", "kind", "raised_at"
)


def keep_fingerprint(session: Session, clue_id: int, mark: Fingerprint) -> None:
    """Keeps the clue's fingerprint, so that later clues find it."""
    keep_fingerprints(session, {clue_id: mark})


def keep_fingerprints(
    session: Session, marks: Mapping[int, Fingerprint], counted: Counted | None = None
) -> None:
    """Keeps the fingerprints of clues, by their ids; `counted`: the words of the latest clues."""
    connection = session.connection()
    rows = [
        {
            "clue_id": clue_id,
            "channel": mark.channel,
            "outside_no": mark.outside_no,
            "credit_code": mark.credit_code,
            "subject_key": mark.subject_key,
            "place_key": mark.place_key,
            "reporter_key": mark.reporter_key,
            "text": mark.text,
            "matter": mark.matter,
            "topics": dict(mark.topics),
            "words": sorted(mark.words),
            "day": mark.day,
        }
        for clue_id, mark in marks.items()
    ]
    bands = [
        {"band": one, "clue_id": clue_id} for clue_id, mark in marks.items() for one in mark.bands
    ]
    for statement, values in ((INSERT_MARK, rows), (INSERT_BAND, bands)):
        if values:
            ask(connection, (statement, values))
    for clue_id in marks:
        count_if_due(session, clue_id, counted)


def likely_duplicates(
    session: Session, mark: Fingerprint, rarity: Rarity | None = None
) -> tuple[Suspicion, ...]:
    """The likeliest duplicates of a fingerprint among the clues remembered, then what is related.

    The best of each come first. The key of a suspicion is the clue's id. The order itself, come a
    second time, is none.
    """
    return suspicions(session, Arrivals.of({0: mark}), rarity or rarity_in(session))[0]


def raise_suspicions(
    session: Session, clue_id: int, found: Iterable[Suspicion], now: datetime
) -> None:
    """Puts the suspicions before the person who decides about them."""
    rows = [
        {
            "clue_id": clue_id,
            "other_id": int(one.key),
            "score": one.score,
            "reason": one.reason,
            "kind": one.kind,
            "raised_at": now,
        }
        for one in found
    ]
    put(session, INSERT_SUSPICION, rows)


def forget_fingerprint(session: Session, clue_id: int) -> None:
    """Takes the clue's fingerprint away, so that it can be kept as it is now."""
    connection = session.connection()
    for table in (tables.FingerprintBand, tables.Fingerprint):
        connection.execute(delete(table).where(col(table.clue_id) == clue_id))


def raise_anew(session: Session, clue_id: int, found: Iterable[Suspicion], now: datetime) -> None:
    """The clue's suspicions as they are now; those that a person decided upon stay as they are.

    A pair that stands there the other way round is not raised a second time.
    """
    one = tables.Suspicion
    mine = col(one.clue_id) == clue_id
    connection = session.connection()
    connection.execute(delete(one).where(mine, col(one.decision).is_(None)))
    pairs = (
        select(col(one.other_id)).where(mine),
        select(col(one.clue_id)).where(col(one.other_id) == clue_id),
    )
    there = {other for query in pairs for (other,) in connection.execute(query)}
    raise_suspicions(session, clue_id, [each for each in found if int(each.key) not in there], now)


def decided_with(session: Session, clue_id: int) -> frozenset[int]:
    """The clues of which a person said that they are related to this one, or another matter."""
    one = tables.Suspicion
    pairs = select(col(one.clue_id), col(one.other_id)).where(col(one.decision).is_not(None))
    mine = pairs.where(or_(col(one.clue_id) == clue_id, col(one.other_id) == clue_id))
    return frozenset(key for row in session.connection().execute(mine) for key in row) - {clue_id}
