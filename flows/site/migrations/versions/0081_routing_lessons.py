"""routing_lessons: what the site's own record teaches of routing"""

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0072"


def upgrade() -> None:
    """Brings the tables to this revision: nothing was learnt before."""
    op.create_table(
        "routing_lessons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("evidence", sa.JSON(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("routing_lessons")
