"""what lists are narrowed to: open clues by their numbers, and lights in the order of limits"""

from alembic import op
from sqlalchemy import text

revision = "0099"
down_revision = "0097"

OPEN = text("ended_at IS NULL")
LIGHTS = ["breach_at", "paused", "started_at"]
ORDERS = {
    "ix_clock_open_due": ["due_at", "id", "clue_id"],
    "ix_clock_owner_due": ["owner_id", "due_at", "id", "clue_id"],
}
NUMBERS = {"ix_clue_open_here": ["department_id", "id"], "ix_clue_open_id": ["id"]}


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, columns in ORDERS.items():
        op.drop_index(name, "clock")
        _make(name, "clock", [*columns, *LIGHTS])
    for name, columns in NUMBERS.items():
        _make(name, "clue", columns)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name in NUMBERS:
        op.drop_index(name, "clue")
    for name, columns in ORDERS.items():
        op.drop_index(name, "clock")
        _make(name, "clock", columns)


def _make(name: str, table: str, columns: list[str]) -> None:
    op.create_index(name, table, columns, sqlite_where=OPEN, postgresql_where=OPEN)
