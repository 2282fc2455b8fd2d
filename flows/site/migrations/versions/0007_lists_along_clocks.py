"""what lists are read along, and older clues made findable by their words"""

from collections.abc import Iterable
from itertools import pairwise
from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
SEARCHED = ("no", "outside_no", "title", "subject_name", "place")
OPEN = sa.text("ended_at IS NULL")
INDEXES = (
    ("ix_process_open_here", "process", ["department_id", "clue_id"]),
    ("ix_process_open_there", "process", ["counterpart_id", "clue_id"]),
    ("ix_clock_owner_due", "clock", ["owner_id", "due_at", "id"]),
)


def grams(texts: Iterable[str]) -> set[str]:
    """Every pair of neighbours, as lists compared them when this revision was made."""
    plain = ("".join(normalize("NFKC", text).lower().split()) for text in texts)
    return {one + other for text in plain for one, other in pairwise(text)}


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns, sqlite_where=OPEN, postgresql_where=OPEN)
    connection = op.get_bind()
    clues = sa.table("clue", sa.column("id"), *(sa.column(name) for name in SEARCHED))
    words = sa.table("search_gram", sa.column("gram"), sa.column("clue_id"))
    known = sa.select(words.c.clue_id)
    rows = connection.execute(sa.select(clues).where(clues.c.id.not_in(known))).all()
    for row in rows:
        found = grams(str(getattr(row, name) or "") for name in SEARCHED)
        if found:
            entries = [{"gram": one, "clue_id": row.id} for one in sorted(found)]
            connection.execute(words.insert(), entries)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
