"""Candidates for duplicates in the store: found by equal keys and bands, for many clues at once."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import TextClause, column, text
from sqlmodel import Session

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import CANDIDATES, COMMON, EXACT
from domain.tables.columns import json_value
from flows.rows.statements import Statement, ask

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
_COLUMNS = (
    *("clue_id", "text", "code", "subject", "place", "reporter", "channel", "outside_no"),
    *("matter", "topics", "words", "day"),
)
_READ = (
    "SELECT clue_id, text, credit_code, subject_key, place_key, reporter_key, channel, outside_no,"
    " matter, CAST(topics AS text), CAST(words AS text), day FROM fingerprint WHERE clue_id "
)
READ = {
    kind: Statement(text(f"{_READ} {ending}").columns(*map(column, _COLUMNS)))
    for kind, ending in {
        "sqlite": "IN (SELECT value FROM json_each(:some))",
        "postgresql": "= ANY(:some)",
    }.items()
}
REMEMBERED = 2048
"""Fingerprints made of rows that are kept at hand: later clues of a file share their candidates."""
Key = tuple[str, str | int]
"""The name of an exact key, or `band`, with its value."""
Sharing = Mapping[Key, list[int]]


@dataclass(frozen=True)
class Arrivals:
    """New clues by their ids, in their order; the keys of each, and which of them share a key."""

    marks: Mapping[int, Fingerprint]
    keys: Mapping[int, tuple[Key, ...]]
    sharing: Sharing

    @classmethod
    def of(cls, marks: Mapping[int, Fingerprint]) -> "Arrivals":
        """Those with these fingerprints."""
        keys = {clue_id: tuple(_keys(mark)) for clue_id, mark in marks.items()}
        sharing: defaultdict[Key, list[int]] = defaultdict(list)
        for clue_id, own in keys.items():
            for key in own:
                sharing[key].append(clue_id)
        return cls(marks, keys, sharing)

    def before(self, clue_id: int, key: Key) -> list[int]:
        """Those before a clue that share one of its keys."""
        found = self.sharing[key]
        return found[: found.index(clue_id)] if len(found) > 1 else []


def candidates_of(
    session: Session, new: Arrivals, some: Sequence[int] | None = None
) -> dict[int, list[Fingerprint]]:
    """For each new clue, by its id, those that share keys with it; most shared first.

    Among the clues remembered and, as if it had been remembered already, the new ones before it.
    The key of each is the clue's id; those remembered come without bands. `some`: the new ones for
    which it is asked.
    """
    asked = new.keys if some is None else {one: new.keys[one] for one in some}
    stored = _sharing(session, asked.values())
    chosen = {clue_id: _chosen(clue_id, own, stored, new) for clue_id, own in asked.items()}
    wanted = {other for found in chosen.values() for other in found}
    known = dict(kept_marks(session, sorted(wanted - new.marks.keys())))
    known |= {one: replace(new.marks[one], key=str(one)) for one in wanted & new.marks.keys()}
    return {clue_id: [known[other] for other in found] for clue_id, found in chosen.items()}


def _keys(mark: Fingerprint) -> Iterator[Key]:
    yield from mark.exact_keys
    yield from ((BAND, one) for one in mark.bands)


def _chosen(clue_id: int, keys: Iterable[Key], stored: Sharing, arrivals: Arrivals) -> list[int]:
    shared: defaultdict[int, int] = defaultdict(int)
    for key in keys:
        old, new = stored.get(key, []), arrivals.before(clue_id, key)
        if key[0] != BAND:
            for other in [*reversed(new), *old][:COMMON]:
                shared[other] += EXACT
        elif len(old) + len(new) <= COMMON:
            for other in (*old, *new):
                shared[other] += 1
    return sorted(shared, key=shared.__getitem__, reverse=True)[:CANDIDATES]


def kept_marks(session: Session, clue_ids: Sequence[int]) -> Iterator[tuple[int, Fingerprint]]:
    """The fingerprints of clues as they are kept, by their ids, without bands."""
    connection = session.connection()
    kind = connection.dialect.name
    for at in range(0, len(clue_ids), TOGETHER):
        some = list(clue_ids[at : at + TOGETHER])
        values = {"some": json.dumps(some) if kind == "sqlite" else some}
        [rows] = ask(connection, (READ[kind], values))
        for row in rows:
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


def _sharing(session: Session, keys: Iterable[Iterable[Key]]) -> Sharing:
    """The clues that share each of the keys; one query for all."""
    wanted: defaultdict[str, set[str | int]] = defaultdict(set)
    for name, value in chain.from_iterable(keys):
        wanted[name].add(value)
    if not wanted:
        return {}
    connection = session.connection()
    names, on_file = tuple(sorted(wanted)), connection.dialect.name == "sqlite"
    lists = {name: sorted(wanted[name]) for name in names}
    values = {name: json.dumps(one) for name, one in lists.items()} if on_file else lists
    [rows] = ask(connection, (_asked(names, connection.dialect.name), values))
    return {
        (name, int(value) if name == BAND else value): json.loads(found) if on_file else found
        for name, value, found in rows
        if found and found != NOBODY
    }


@lru_cache(maxsize=128)
def _asked(names: tuple[str, ...], dialect: str) -> Statement:
    return Statement(search(names, dialect).columns(*map(column, ("name", "value", "found"))))


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
