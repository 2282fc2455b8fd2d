"""pairs that look alike are read in the order of the queue, and by when they were decided upon"""

from alembic import op
from sqlalchemy import text

revision = "0108"
down_revision = "0107"

INDEXES = {
    "ix_suspicion_open": ("raised_at", text("decision IS NULL")),
    "ix_suspicion_decided": ("decided_at", text("decision IS NOT NULL")),
}


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, (moment, where) in INDEXES.items():
        columns = [moment, "id", "clue_id", "other_id"]
        op.create_index(name, "suspicion", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name in INDEXES:
        op.drop_index(name, "suspicion")
