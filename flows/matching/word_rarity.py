"""How rare words are at a site, counted from the latest clues and kept; the newest count holds."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from hashlib import sha256
from json import dumps

from sqlalchemy import insert, select
from sqlmodel import Session, col

from domain.duplicates.rarity import SAMPLE, UNKNOWN, Rarity, counted, counts_again, rarity_of
from domain.tables.matching import Fingerprint, PairShares
from flows.rows.statements import Statement, ask

INSERT_SHARES = insert(PairShares)
NEWEST = Statement(
    select(col(PairShares.clue_id), col(PairShares.sha))
    .order_by(col(PairShares.clue_id).desc())
    .limit(1)
)
LOOK = 50
"""Whether to count anew is looked at with every so many clues."""
KEPT = 2
Counted = tuple[int, dict[str, float]]
"""How many clues were counted, and the shares of pairs among them."""
_known: "OrderedDict[str, Rarity]" = OrderedDict()
"""Counts by their hash: what is in it never changes, whatever the store."""


def rarity_in(session: Session) -> Rarity:
    """The rarity by the store's newest count; the ordinary one where too few clues were there."""
    newest = _newest(session)
    if newest is None:
        return UNKNOWN
    clue_id, sha = newest
    if sha not in _known:
        query = select(col(PairShares.shares), col(PairShares.counted))
        found = query.where(col(PairShares.clue_id) == clue_id)
        _known[sha] = rarity_of(*session.connection().execute(found).one())
        if len(_known) > KEPT:
            _known.popitem(last=False)
    return _known[sha]


def _newest(session: Session) -> tuple[int, str] | None:
    [found] = ask(session.connection(), (NEWEST, {}))
    return tuple(found[0]) if found else None


def is_due(session: Session, clue_ids: Iterable[int]) -> bool:
    """Whether the words of the latest clues are to be counted anew with one of these."""
    looked_at = [one for one in clue_ids if one % LOOK == 0]
    if not looked_at:
        return False
    newest = _newest(session)
    return any(counts_again(one, newest[0] if newest else 0) for one in looked_at)


def count_latest(session: Session, fresh: Sequence[str] = ()) -> Counted:
    """Counts the words of the latest clues; `fresh`: of those that are not in the store yet."""
    latest = select(col(Fingerprint.text)).order_by(col(Fingerprint.clue_id).desc())
    stored = session.connection().execute(latest.limit(SAMPLE - len(fresh)))
    texts = [*fresh, *(text for (text,) in stored)]
    return len(texts), counted(texts)


def count_if_due(session: Session, clue_id: int, known: Counted | None = None) -> None:
    """Counts the words of the latest clues anew, where many came since they were counted.

    `clue_id` is the clue just kept; `known`: what somebody counted a moment ago. The cost is spread
    over thousands of clues.
    """
    if not is_due(session, [clue_id]):
        return
    number, shares = known or count_latest(session)
    sha = sha256(dumps([number, shares], ensure_ascii=False).encode()).hexdigest()
    row = {"clue_id": clue_id, "counted": number, "shares": shares, "sha": sha}
    session.connection().execute(INSERT_SHARES, row)
