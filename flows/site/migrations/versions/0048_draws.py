"""draws: the sealed frame of each, and its secret under the site's key"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0044"


def upgrade() -> None:
    """Brings the tables to this revision: nothing is sealed yet."""
    op.create_table(
        "draw_frame",
        sa.Column("draw_id", sa.Integer(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["undertaking.id"]),
        sa.PrimaryKeyConstraint("draw_id"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("draw_frame")
