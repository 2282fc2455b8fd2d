"""figures out of an index: the one of processes by their start bears what is counted of them"""

from alembic import op

revision = "0097"
down_revision = "0096"

NAME = "ix_process_opened"
BEFORE = ["kind", "opened_at"]
COUNTED = [*BEFORE, "department_id", "state", "clue_id"]


def upgrade() -> None:
    """Brings the tables to this revision."""
    _make(COUNTED)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    _make(BEFORE)


def _make(columns: list[str]) -> None:
    op.drop_index(NAME, "process")
    op.create_index(NAME, "process", columns)
