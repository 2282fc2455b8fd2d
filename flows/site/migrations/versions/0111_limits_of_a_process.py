"""whether a process is late, or has a successor of its kind, is told out of an index alone"""

from alembic import op
from sqlalchemy import text

revision = "0111"
down_revision = "0106"
LIMITS = ["process_kind", "process_id", "due_at"]
PROCESSES = ["clue_id", "kind"]
RUNNING = text("ended_at IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    _make([*LIMITS, "breach_at", "paused", "clue_id"], [*PROCESSES, "id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    _make(LIMITS, PROCESSES)


def _make(limits: list[str], processes: list[str]) -> None:
    name = "ix_clock_open_of_process"
    op.drop_index(name, "clock")
    op.create_index(name, "clock", limits, sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.drop_index("ix_process_of_clue", "process")
    op.create_index("ix_process_of_clue", "process", processes)
