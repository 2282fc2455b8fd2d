"""what a department has open and what ended have an index each: one over both would be mistaken

for either by SQLite, which knows nothing of their sizes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
ENDED = sa.text("ended_at IS NOT NULL")
NEW = "ix_clue_ended_here"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(
        NEW, "clue", ["department_id", "id"], sqlite_where=ENDED, postgresql_where=ENDED
    )
    for table in ("clue", "process"):
        op.drop_index(f"ix_{table}_department_id", table)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for table in ("clue", "process"):
        op.create_index(f"ix_{table}_department_id", table, ["department_id"])
    op.drop_index(NEW, "clue")
