"""lists are walked, and the board is counted, without looking at the clocks themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
OPEN = sa.text("ended_at IS NULL")
LONGER = {
    "ix_clock_open_due": (["due_at"], ["due_at", "id", "clue_id"]),
    "ix_clock_owner_due": (["owner_id", "due_at", "id"], ["owner_id", "due_at", "id", "clue_id"]),
}
BOARD = "ix_clock_board"
COUNTED = [
    *("owner_id", "process_kind", "rule", "paused"),
    *("unit", "breach_at", "due_at", "started_at"),
]


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, (_, columns) in LONGER.items():
        op.drop_index(name, "clock")
        _make(name, columns)
    _make(BOARD, COUNTED)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(BOARD, "clock")
    for name, (columns, _) in LONGER.items():
        op.drop_index(name, "clock")
        _make(name, columns)


def _make(name: str, columns: list[str]) -> None:
    op.create_index(name, "clock", columns, sqlite_where=OPEN, postgresql_where=OPEN)
