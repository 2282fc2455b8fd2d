"""whether a process of a kind is open beside a clue is read out of an index"""

from alembic import op
from sqlalchemy import text

revision = "0102"
down_revision = "0100"

OPEN = text("ended_at IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(
        "ix_process_open_of_clue",
        "process",
        ["clue_id", "kind"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_process_open_of_clue", "process")
