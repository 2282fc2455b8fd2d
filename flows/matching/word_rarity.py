"""How rare words are at a site, counted from the latest clues and kept; the newest count holds."""

from collections import OrderedDict
from hashlib import sha256
from json import dumps

from sqlalchemy import insert, select
from sqlmodel import Session, col

from domain.duplicates.rarity import SAMPLE, UNKNOWN, Rarity, counted, counts_again, rarity_of
from domain.tables.matching import Fingerprint, PairShares

INSERT_SHARES = insert(PairShares)
NEWEST = (
    select(col(PairShares.clue_id), col(PairShares.sha))
    .order_by(col(PairShares.clue_id).desc())
    .limit(1)
)
LOOK = 50
"""Whether to count anew is looked at with every so many clues."""
KEPT = 2
_known: "OrderedDict[str, Rarity]" = OrderedDict()
"""Counts by their hash: what is in it never changes, whatever the store."""


def rarity_in(session: Session) -> Rarity:
    """The rarity by the store's newest count; the ordinary one where too few clues were there."""
    newest = session.connection().execute(NEWEST).first()
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


def count_if_due(session: Session, clue_id: int) -> None:
    """Counts the words of the latest clues anew, where many came since they were counted.

    `clue_id` is the clue just kept. The cost is spread over thousands of clues.
    """
    if clue_id % LOOK:
        return
    connection = session.connection()
    newest = connection.execute(NEWEST).first()
    if not counts_again(clue_id, newest[0] if newest else 0):
        return
    latest = select(col(Fingerprint.text)).order_by(col(Fingerprint.clue_id).desc()).limit(SAMPLE)
    texts = [text for (text,) in connection.execute(latest)]
    shares = counted(texts)
    sha = sha256(dumps([len(texts), shares], ensure_ascii=False).encode()).hexdigest()
    row = {"clue_id": clue_id, "counted": len(texts), "shares": shares, "sha": sha}
    connection.execute(INSERT_SHARES, row)
