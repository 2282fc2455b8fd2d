"""what a first page tells of a day's limits is told out of indexes alone"""

from alembic import op
from sqlalchemy import text

revision = "0112"
down_revision = "0118"
DUE = ["due_at", "id", "clue_id", "breach_at", "paused", "started_at"]
KIND = "process_kind"
RUNNING = "ended_at IS NULL"
NEW = {
    "ix_clock_open_started": (
        ["started_at", "owner_id", "clue_id", "due_at", "id", KIND],
        RUNNING,
    ),
    "ix_clock_open_two_readings": (
        ["owner_id", "due_at", "breach_at", "id", "clue_id", KIND],
        f"{RUNNING} AND breach_at <> due_at",
    ),
}


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.drop_index("ix_clock_open_due", "clock")
    _make("ix_clock_open_due", [*DUE, KIND], RUNNING)
    for name, (columns, condition) in NEW.items():
        _make(name, columns, condition)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name in NEW:
        op.drop_index(name, "clock")
    op.drop_index("ix_clock_open_due", "clock")
    _make("ix_clock_open_due", DUE, RUNNING)


def _make(name: str, columns: list[str], condition: str) -> None:
    where = text(condition)
    op.create_index(name, "clock", columns, sqlite_where=where, postgresql_where=where)
