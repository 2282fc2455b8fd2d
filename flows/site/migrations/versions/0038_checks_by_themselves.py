"""checks that run by themselves: how far a round came, and what the last one found"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0038"
down_revision = "0032"


def upgrade() -> None:
    """Brings the tables to this revision: nothing was checked yet."""
    op.create_table(
        "site_check",
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.add_column("chain_check", sa.Column("seal", sa.String(), server_default="", nullable=False))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_column("chain_check", "seal")
    op.drop_table("site_check")
