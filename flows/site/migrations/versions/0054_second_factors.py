"""second factors: a sealed secret per user, and digests of his recovery codes"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0056"


def upgrade() -> None:
    """Brings the tables to this revision: nobody has a second factor yet."""
    op.create_table(
        "second_factor",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("user_id", "digest"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("recovery_code")
    op.drop_table("second_factor")
