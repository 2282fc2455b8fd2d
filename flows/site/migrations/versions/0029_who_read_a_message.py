"""who read which message, and who said so by name"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0029"
down_revision = "0025"

# What somebody of the department had read counted as read for all of it; so it stays.
READ_BY_ALL = """
INSERT INTO message_read (message_id, user_id, read_at, acknowledged)
SELECT m.id, u.id, m.read_at, false
FROM inbox_message AS m JOIN "user" AS u ON u.department_id = m.department_id
WHERE m.read_at IS NOT NULL AND (m.user_id IS NULL OR m.user_id = u.id)
"""


def upgrade() -> None:
    """Brings the tables to this revision: reading is each person's own."""
    op.create_table(
        "message_read",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["inbox_message.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("message_id", "user_id"),
    )
    op.execute(READ_BY_ALL)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("message_read")
