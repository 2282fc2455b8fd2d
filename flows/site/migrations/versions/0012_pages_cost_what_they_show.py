"""pages are read along an index, whatever has ended or was read long ago"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
OPEN, ENDED = sa.text("ended_at IS NULL"), sa.text("ended_at IS NOT NULL")
INDEXES = {
    "ix_clock_open_of_clue": ("clock", ["clue_id", "owner_id", "due_at", "id"], OPEN),
    "ix_clock_open_breach": ("clock", ["breach_at", "id"], OPEN),
    "ix_process_ended_here": ("process", ["department_id", "clue_id"], ENDED),
    "ix_process_ended_there": ("process", ["counterpart_id", "clue_id"], ENDED),
    "ix_clue_ended": ("clue", ["id"], ENDED),
    "ix_clue_desk": ("clue", ["desk_id"], None),
    "ix_clue_sender": ("clue", ["sender_id"], None),
    "ix_clue_counterpart": ("clue", ["counterpart_id"], None),
    "ix_inbox_message_newest": ("inbox_message", ["department_id", "role", "id"], None),
}


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, (table, columns, only) in INDEXES.items():
        op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name, (table, _, _) in INDEXES.items():
        op.drop_index(name, table)
