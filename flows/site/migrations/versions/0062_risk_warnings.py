"""risk warnings: how a site set their indicators, and clues by the day they were received"""

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0051"


def upgrade() -> None:
    """Brings the tables to this revision: nothing is calibrated yet."""
    op.create_table(
        "indicator_setting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("chance", sa.Float(), nullable=False),
        sa.Column("wanted", sa.Float(), nullable=False),
        sa.Column("false_a_year", sa.Float(), nullable=False),
        sa.Column("real_a_year", sa.Float(), nullable=False),
        sa.Column("clues", sa.Integer(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_indicator_setting_indicator", "indicator_setting", ["indicator"])
    op.create_index("ix_clue_received", "clue", ["received_at"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_clue_received", "clue")
    op.drop_index("ix_indicator_setting_indicator", "indicator_setting")
    op.drop_table("indicator_setting")
