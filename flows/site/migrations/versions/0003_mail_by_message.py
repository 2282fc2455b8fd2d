"""messages know whom they reached by e-mail, and why nobody is tried any more"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

UNMAILED = sa.text("mailed_at IS NULL AND mail_note IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    with op.batch_alter_table("inbox_message") as batch_op:
        batch_op.add_column(sa.Column("mailed_to", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("mail_attempts", sa.Integer(), nullable=False, server_default="0")
        )
        batch_op.add_column(sa.Column("mail_note", sa.String(), nullable=True))
    op.create_index(
        "ix_inbox_message_unmailed",
        "inbox_message",
        ["created_at"],
        sqlite_where=UNMAILED,
        postgresql_where=UNMAILED,
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_inbox_message_unmailed", "inbox_message")
    with op.batch_alter_table("inbox_message") as batch_op:
        batch_op.drop_column("mail_note")
        batch_op.drop_column("mail_attempts")
        batch_op.drop_column("mailed_to")
