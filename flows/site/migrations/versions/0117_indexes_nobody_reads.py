"""indexes along which nobody reads are no longer kept"""

from alembic import op

revision = "0117"
down_revision = "0114"

UNREAD = (
    ("ix_clock_owner_id", "clock", ["owner_id"]),
    ("ix_inbox_message_to", "inbox_message", ["department_id", "role", "read_at"]),
    ("ix_clue_matter_id", "clue", ["matter_id"]),
    ("ix_clue_reporter_key", "clue", ["reporter_key"]),
)


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, table, _ in UNREAD:
        op.drop_index(name, table)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name, table, columns in UNREAD:
        op.create_index(name, table, columns)
