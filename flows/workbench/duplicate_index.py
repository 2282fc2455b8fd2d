"""Clues that earlier versions kept, indexed anew so that later ones are compared with them."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlmodel import col

from domain.tables.matching import Fingerprint
from domain.tables.process import Clue
from flows.door.first_look import index_again
from flows.site.office import Office
from flows.site.store import reading, transaction

PORTION = 100
"""So many clues are indexed in one transaction: registrations wait for no more."""


def to_index(office: Office) -> int:
    """How many clues are kept without the words by which this version compares."""
    query = select(func.count()).select_from(Fingerprint).where(col(Fingerprint.words).is_(None))
    with reading(office.engine) as session:
        waiting: int = session.execute(query).scalar_one()
    return waiting


def index_anew(office: Office) -> Iterator[int]:
    """Indexes them, the newest first, a portion at a time; yields how many each portion had.

    Stopped at any moment it may be begun again: what was indexed is not done twice.
    """
    wanted = (
        select(Clue)
        .join(Fingerprint, col(Fingerprint.clue_id) == col(Clue.id))
        .where(col(Fingerprint.words).is_(None))
        .order_by(col(Clue.id).desc())
        .limit(PORTION)
    )
    while True:
        with transaction(office.engine) as session:
            clues = list(session.scalars(wanted))
            for clue in clues:
                index_again(session, office, clue)
        if not clues:
            return
        yield len(clues)
