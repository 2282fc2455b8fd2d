"""passkeys: the public half of each key, the moment of the last question it answered"""

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0081"


def upgrade() -> None:
    """Brings the tables to this revision: nobody has a passkey yet."""
    op.create_table(
        "passkey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_passkey_user_id", "passkey", ["user_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("passkey")
