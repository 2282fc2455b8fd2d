"""Which clues bear pairs of characters: how common a pair is, and all who bear a rare one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Integer, String, bindparam, column, select, text
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.tables.session import SearchGram
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask

SAMPLE = 500
"""Of so many of the newest clues that bear a pair is seen how common it is."""
COMMON = 20
"""A pair is common where every so-manieth of the newest clues bears it."""
FEW = 5000
"""So many clues are looked up before a list is read; of more, the list itself asks."""
NARROWED = 100
"""Of more than so many it is asked whether they bear other pairs, too: else each text is read."""
READ = 2
"""A second pair leaves few where the first is borne by so many times as many."""
_NEWEST = (
    f"SELECT clue_id FROM search_gram WHERE gram = word.value ORDER BY clue_id DESC LIMIT {SAMPLE}"
)
_COUNTED = {"borne": "count(*)", "oldest": "min(newest.clue_id)", "latest": "max(newest.clue_id)"}
_RANKED = {
    "postgresql": "SELECT word.value AS gram, told.* "
    "FROM json_array_elements_text(CAST(:pairs AS json)) AS word CROSS JOIN LATERAL (SELECT "
    + ", ".join(f"coalesce({what}, 0) AS {name}" for name, what in _COUNTED.items())
    + f" FROM ({_NEWEST}) AS newest) AS told",
    "sqlite": "SELECT word.value AS gram, "
    + ", ".join(
        f"(SELECT coalesce({what}, 0) FROM ({_NEWEST}) AS newest) AS {name}"
        for name, what in _COUNTED.items()
    )
    + " FROM json_each(:pairs) AS word",
}
_RANKS = {
    name: Statement(
        text(told).columns(column("gram", String), *(column(one, Integer) for one in _COUNTED))
    )
    for name, told in _RANKED.items()
}
"""How many of the newest clues bear each pair, and how far back they reach; by database."""
_FIRST, _OTHER = aliased(SearchGram), aliased(SearchGram)
_OF_ONE = (
    select(col(_FIRST.clue_id))
    .where(col(_FIRST.gram) == bindparam("gram"))
    .order_by(col(_FIRST.clue_id).desc())
    .limit(FEW + 1)
)
_BEARERS = Statement(_OF_ONE)
_BEARERS_OF_BOTH = Statement(
    _OF_ONE.where(
        select(col(_OTHER.clue_id))
        .where(col(_OTHER.gram) == bindparam("other"), col(_OTHER.clue_id) == col(_FIRST.clue_id))
        .scalar_subquery()
        .is_not(None)
    )
)
_OF_THESE = Statement(
    select(col(_FIRST.clue_id))
    .where(col(_FIRST.gram) == bindparam("gram"), among_told(col(_FIRST.clue_id), "few"))
    .order_by(col(_FIRST.clue_id).desc()),
    steady=True,
)


@dataclass(frozen=True)
class Borne:
    """A word's two rarest pairs, whether even these are common, and who bears them if few do.

    `by`: the newest first; of many of these only who bears another pair of the word, too.
    """

    pairs: tuple[str, ...]
    is_common: bool
    by: tuple[int, ...] | None


def borne(session: Session, pairs: Sequence[str]) -> Borne:
    """What the store has of these pairs; there is at least one.

    Of those that many clues bear, the rarer one's newest bearers reach further back.
    """
    connection = session.connection()
    told = json.dumps(list(pairs), ensure_ascii=False)
    [ranks] = ask(connection, (_RANKS[connection.dialect.name], {"pairs": told}))
    ranks.sort(key=lambda row: (row.borne, row.oldest, row.gram))
    first = ranks[0]
    span = first.latest - first.oldest
    is_full = first.borne == SAMPLE
    rarest = tuple(row.gram for row in ranks[:2])
    is_common = is_full and span < SAMPLE * COMMON
    many = is_full and SAMPLE * first.latest > READ * FEW * span
    few = None if many else _bearers(session, rarest)
    if few is not None and len(few) > NARROWED:
        few = _narrowed(session, few, _apart(rarest, [row.gram for row in ranks[2:]]))
    return Borne(rarest, is_common, few)


def _apart(known: Sequence[str], others: Sequence[str]) -> str | None:
    """The rarest of the others that shares no character with those known.

    Who bears 敏娜 nearly always bears 娜路; but hardly any of them bears 81.
    """
    return next((one for one in others if not set(one) & set("".join(known))), None)


def _narrowed(session: Session, few: tuple[int, ...], pair: str | None) -> tuple[int, ...]:
    """Those of a few clues that bear one more pair."""
    if pair is None:
        return few
    order = (_OF_THESE, {"gram": pair, "few": as_text(few)})
    [found] = ask(session.connection(), order)
    return tuple(row.clue_id for row in found)


def _bearers(session: Session, pairs: tuple[str, ...]) -> tuple[int, ...] | None:
    order = (_BEARERS, {"gram": pairs[0]})
    if len(pairs) > 1:
        order = (_BEARERS_OF_BOTH, {"gram": pairs[0], "other": pairs[1]})
    [found] = ask(session.connection(), order)
    return tuple(row.clue_id for row in found) if len(found) <= FEW else None
