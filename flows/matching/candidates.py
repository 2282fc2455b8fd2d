"""Candidates for duplicates in the store: found by equal keys and bands, for many clues at once."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from sqlalchemy import TextClause, text
from sqlmodel import Session

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import CANDIDATES, COMMON, EXACT
from domain.tables.columns import json_value

COLUMNS = {
    "outside_no": "outside_no",
    "credit_code": "credit_code",
    "subject": "subject_key",
    "reporter": "reporter_key",
    "place": "place_key",
}
"""The exact keys of a fingerprint and the columns that hold them."""
BAND = "band"
NOBODY = "[]"
"""What SQLite says of a key that no clue has."""
TOGETHER = 500
"""Fingerprints read with one statement."""
_READ = (
    "SELECT clue_id, text, credit_code, subject_key, place_key, reporter_key, channel, outside_no,"
    " matter, CAST(topics AS text), CAST(words AS text), day FROM fingerprint WHERE clue_id "
)
READ = {
    "sqlite": text(f"{_READ} IN (SELECT value FROM json_each(:some))"),
    "postgresql": text(f"{_READ} = ANY(:some)"),
}
REMEMBERED = 2048
"""Fingerprints made of rows that are kept at hand: later clues of a file share their candidates."""
Key = tuple[str, str | int]
"""The name of an exact key, or `band`, with its value."""
Sharing = Mapping[Key, list[int]]
Chosen = Mapping[int, list[int]]
"""Clues to compare with, each with the bands that it shares, in the order of what they share."""


def candidates_of(
    session: Session, marks: Mapping[int, Fingerprint], some: Sequence[int] | None = None
) -> dict[int, list[Fingerprint]]:
    """For each new clue, by its id, those that share keys with it; most shared first.

    Among the clues remembered and, as if it had been remembered already, those before it in
    `marks`. Each candidate bears only the bands shared, and as its key the clue's id. `some`: those
    of `marks` for which it is asked.
    """
    asked = {one: marks[one] for one in some} if some is not None else marks
    stored, fresh = _sharing(session, asked.values()), defaultdict[Key, list[int]](list)
    chosen: dict[int, Chosen] = {}
    for clue_id, mark in marks.items():
        if clue_id in asked:
            chosen[clue_id] = _chosen(mark, stored, fresh)
        for key in _keys(mark):
            fresh[key].append(clue_id)
    wanted = {other for found in chosen.values() for other in found} - set(marks)
    known = dict(kept_marks(session, sorted(wanted)))
    known |= {clue_id: replace(mark, key=str(clue_id)) for clue_id, mark in marks.items()}
    return {
        clue_id: [known[other].sharing(tuple(bands)) for other, bands in found.items()]
        for clue_id, found in chosen.items()
    }


def _keys(mark: Fingerprint) -> Iterator[Key]:
    yield from mark.exact_keys
    yield from ((BAND, one) for one in mark.bands)


def _chosen(mark: Fingerprint, stored: Sharing, fresh: Sharing) -> Chosen:
    shared: Counter[int] = Counter()
    bands: defaultdict[int, list[int]] = defaultdict(list)
    for key in _keys(mark):
        old, new = stored.get(key, []), fresh.get(key, [])
        if key[0] != BAND:
            shared.update(dict.fromkeys([*reversed(new), *old][:COMMON], EXACT))
        elif len(old) + len(new) <= COMMON:
            shared.update((*old, *new))
            for clue_id in (*old, *new):
                bands[clue_id].append(int(key[1]))
    return {clue_id: bands[clue_id] for clue_id, _ in shared.most_common(CANDIDATES)}


def kept_marks(session: Session, clue_ids: Sequence[int]) -> Iterator[tuple[int, Fingerprint]]:
    """The fingerprints of clues as they are kept, by their ids, without bands."""
    connection = session.connection()
    kind = connection.dialect.name
    for at in range(0, len(clue_ids), TOGETHER):
        some = list(clue_ids[at : at + TOGETHER])
        values = {"some": json.dumps(some) if kind == "sqlite" else some}
        for row in connection.execute(READ[kind], values).all():
            yield row[0], _made(*row)


@lru_cache(maxsize=REMEMBERED)
def _made(clue_id: int, words: str, *row: Any) -> Fingerprint:
    """The fingerprint of a row as it stands."""
    code, subject, place, reporter, channel, outside_no, matter, topics, said, day = row
    return Fingerprint(
        key=str(clue_id),
        text=words,
        bands=(),
        credit_code=code,
        subject_key=subject,
        place_key=place,
        reporter_key=reporter,
        channel=channel,
        outside_no=outside_no,
        matter=matter,
        topics=_value(topics) or {},
        words=frozenset(_value(said) or ()),
        day=day,
    )


def _value(kept: str | None) -> Any:
    return json_value(kept) if kept else None


def _sharing(session: Session, marks: Iterable[Fingerprint]) -> Sharing:
    """The clues that share each key of any of them; one query for all."""
    wanted: defaultdict[str, set[str | int]] = defaultdict(set)
    for mark in marks:
        for name, value in _keys(mark):
            wanted[name].add(value)
    if not wanted:
        return {}
    connection = session.connection()
    names, on_file = tuple(sorted(wanted)), connection.dialect.name == "sqlite"
    lists = {name: sorted(wanted[name]) for name in names}
    values = {name: json.dumps(one) for name, one in lists.items()} if on_file else lists
    rows = connection.execute(search(names, connection.dialect.name), values)
    return {
        (name, int(value) if name == BAND else value): json.loads(found) if on_file else found
        for name, value, found in rows
        if found and found != NOBODY
    }


@lru_cache(maxsize=128)
def search(names: tuple[str, ...], dialect: str) -> TextClause:
    """The latest clues of each exact key; of a band one more than is still uncommon."""
    part, of = (_ON_FILE, _OF_FILE) if dialect == "sqlite" else (_ON_SERVER, _OF_SERVER)
    parts = [
        part.format(
            name=name,
            kind="bigint" if name == BAND else "text",
            of=f"fingerprint_band WHERE band = asked.value ORDER BY clue_id LIMIT {COMMON + 1}"
            if name == BAND
            else of.format(key=COLUMNS[name]),
        )
        for name in names
    ]
    return text(" UNION ALL ".join(parts))


_OF_FILE = f"fingerprint WHERE {{key}} = asked.value ORDER BY clue_id DESC LIMIT {COMMON}"
_OF_SERVER = (
    "fingerprint WHERE {key} >= asked.value AND {key} <= asked.value"
    f" ORDER BY {{key}} DESC, clue_id DESC LIMIT {COMMON}"
)
"""PostgreSQL goes by how common keys were when it counted them, perhaps among a few clues: it would
read the whole table, or all clues from the newest. A span in the order of the key leaves it the
key's index. So does the order of a band's clues.
"""
_ON_FILE = (
    "SELECT '{name}' AS name, asked.value, (SELECT json_group_array(clue_id)"
    " FROM (SELECT clue_id FROM {of})) FROM json_each(:{name}) AS asked"
)
_ON_SERVER = (
    "SELECT '{name}' AS name, CAST(asked.value AS text), ARRAY(SELECT clue_id FROM {of})"
    " FROM unnest(CAST(:{name} AS {kind}[])) AS asked(value)"
)
