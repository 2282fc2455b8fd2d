"""a clue's running limits are told out of their index alone"""

from alembic import op
from sqlalchemy import text

revision = "0106"
down_revision = "0110"
NAME = "ix_clock_open_of_clue"
FIRST = ["clue_id", "owner_id", "due_at", "id"]
RUNNING = text("ended_at IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    _make([*FIRST, "process_kind", "breach_at", "paused", "started_at"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    _make(FIRST)


def _make(columns: list[str]) -> None:
    op.drop_index(NAME, "clock")
    op.create_index(NAME, "clock", columns, sqlite_where=RUNNING, postgresql_where=RUNNING)
