"""Suspected duplicates in the store: found by equal keys and bands, never by reading all clues."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from sqlalchemy import TextClause, delete, insert, or_, select, text
from sqlmodel import Session, col

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import CANDIDATES, COMMON, EXACT, Suspicion, suspects
from domain.duplicates.rarity import Rarity
from domain.tables import matching as tables
from flows.matching.word_rarity import count_if_due, rarity_in

COLUMNS = {
    "outside_no": "outside_no",
    "credit_code": "credit_code",
    "subject": "subject_key",
    "reporter": "reporter_key",
    "place": "place_key",
}
"""The exact keys of a fingerprint and the columns that hold them."""
INSERT_MARK, INSERT_BAND = insert(tables.Fingerprint), insert(tables.FingerprintBand)
INSERT_SUSPICION = insert(tables.Suspicion)
READ = select(
    col(tables.Fingerprint.clue_id),
    col(tables.Fingerprint.text),
    col(tables.Fingerprint.credit_code),
    col(tables.Fingerprint.subject_key),
    col(tables.Fingerprint.place_key),
    col(tables.Fingerprint.reporter_key),
    col(tables.Fingerprint.channel),
    col(tables.Fingerprint.outside_no),
    col(tables.Fingerprint.matter),
    col(tables.Fingerprint.topics),
    col(tables.Fingerprint.words),
    col(tables.Fingerprint.day),
)


def keep_fingerprint(session: Session, clue_id: int, mark: Fingerprint) -> None:
    """Keeps the clue's fingerprint, so that later clues find it."""
    connection = session.connection()
    connection.execute(
        INSERT_MARK,
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
        },
    )
    if mark.bands:
        connection.execute(INSERT_BAND, [{"band": one, "clue_id": clue_id} for one in mark.bands])
    count_if_due(session, clue_id)


def likely_duplicates(
    session: Session, mark: Fingerprint, rarity: Rarity | None = None
) -> tuple[Suspicion, ...]:
    """The likeliest duplicates of a fingerprint among the clues remembered, then what is related.

    The best of each come first. The key of a suspicion is the clue's id. The order itself, come a
    second time, is none.
    """
    candidates = [one for one in _candidates(session, mark) if not _same(one, mark)]
    if not candidates:
        return ()
    return suspects(mark, candidates, rarity=rarity or rarity_in(session))


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
    if rows:
        session.connection().execute(INSERT_SUSPICION, rows)


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


def _same(one: Fingerprint, mark: Fingerprint) -> bool:
    named = bool(mark.outside_no)
    return named and (one.channel, one.outside_no) == (mark.channel, mark.outside_no)


def _candidates(session: Session, mark: Fingerprint) -> list[Fingerprint]:
    """The clues that share keys with the target, with the bands they share; most shared first."""
    shared: Counter[int] = Counter()
    bands: defaultdict[int, list[int]] = defaultdict(list)
    for key, clue_ids in _sharing(session, mark).items():
        if isinstance(key, str):
            shared.update(dict.fromkeys(clue_ids, EXACT))
        elif len(clue_ids) <= COMMON:
            shared.update(clue_ids)
            for clue_id in clue_ids:
                bands[clue_id].append(mark.bands[key])
    return _read(session, [clue_id for clue_id, _ in shared.most_common(CANDIDATES)], bands)


def _read(session: Session, chosen: list[int], bands: Mapping[int, list[int]]) -> list[Fingerprint]:
    """The fingerprints of the chosen clues, in their order."""
    if not chosen:
        return []
    query = READ.where(col(tables.Fingerprint.clue_id).in_(chosen))
    found = {
        clue_id: Fingerprint(
            key=str(clue_id),
            text=text_,
            bands=tuple(bands.get(clue_id, ())),
            credit_code=credit_code,
            subject_key=subject_key,
            place_key=place_key,
            reporter_key=reporter_key,
            channel=channel,
            outside_no=outside_no,
            matter=matter,
            topics=topics or {},
            words=frozenset(words or ()),
            day=day,
        )
        for (
            clue_id,
            text_,
            credit_code,
            subject_key,
            place_key,
            reporter_key,
            channel,
            outside_no,
            matter,
            topics,
            words,
            day,
        ) in session.connection().execute(query)
    }
    return [found[clue_id] for clue_id in chosen]


def _sharing(session: Session, mark: Fingerprint) -> dict[str | int, list[int]]:
    """The clues that share each exact key, by name, and each band, by place; one query for all."""
    exact = dict(mark.exact_keys)
    if not exact and not mark.bands:
        return {}
    values = exact | {f"band{place}": band for place, band in enumerate(mark.bands)}
    query = _search(tuple(exact), len(mark.bands))
    found: defaultdict[str | int, list[int]] = defaultdict(list)
    for name, clue_id in session.connection().execute(query, values):
        found[int(name[4:]) if name.startswith("band") else name].append(clue_id)
    return found


@lru_cache(maxsize=512)
def _search(exact: tuple[str, ...], bands: int) -> TextClause:
    """The latest clues of each exact key; of a band one more than is still uncommon."""
    parts = [
        f"SELECT '{name}' AS name, clue_id FROM (SELECT clue_id FROM fingerprint "
        f"WHERE {COLUMNS[name]} = :{name} ORDER BY clue_id DESC LIMIT {COMMON}) AS {name}_"
        for name in exact
    ] + [
        f"SELECT 'band{place}' AS name, clue_id FROM (SELECT clue_id FROM fingerprint_band "
        f"WHERE band = :band{place} LIMIT {COMMON + 1}) AS band{place}_"
        for place in range(bands)
    ]
    return text(" UNION ALL ".join(parts))
