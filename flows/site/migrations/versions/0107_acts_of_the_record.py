"""the acts of the record are read one by one: what enters a paper, out of an index alone"""

from alembic import op

revision = "0107"
down_revision = "0105"

COLUMNS = ["process_kind", "action", "seq", "department_id", "process_id", "clue_id"]


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index("ix_event_acts", "event", COLUMNS)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_event_acts", "event")
