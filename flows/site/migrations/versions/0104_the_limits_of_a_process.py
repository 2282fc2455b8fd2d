"""the running limits of a process are read out of an index"""

from alembic import op
from sqlalchemy import text

revision = "0104"
down_revision = "0103"

OPEN = text("ended_at IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(
        "ix_clock_open_of_process",
        "clock",
        ["process_kind", "process_id", "due_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_clock_open_of_process", "clock")
