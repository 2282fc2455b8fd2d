"""calendar feeds, and what the supervisor's figures are read along"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0006"
down_revision = "0005"
OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_table(
        "calendar_feed",
        sa.Column("user_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("key_sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
        sa.UniqueConstraint("key_sha256"),
    )
    op.create_index(
        "ix_clue_open",
        "clue",
        ["department_id", "received_at"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    op.create_index("ix_process_opened", "process", ["kind", "opened_at"])
    op.create_index("ix_process_ended", "process", ["kind", "ended_at"])
    op.create_index(
        "ix_clock_breach", "clock", ["breach_at", "owner_id", "rule", "ended_at", "paused"]
    )


def downgrade() -> None:
    """Back to the revision before."""
    op.drop_index("ix_clock_breach", "clock")
    op.drop_index("ix_process_ended", "process")
    op.drop_index("ix_process_opened", "process")
    op.drop_index("ix_clue_open", "clue")
    op.drop_table("calendar_feed")
