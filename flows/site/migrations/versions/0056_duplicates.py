"""duplicates: what clues are about, how rare words are, and what is related"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0064"


def upgrade() -> None:
    """Brings the tables to this revision: of earlier clues neither topics nor day are known."""
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topics", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("day", sa.Integer(), nullable=True))
    with op.batch_alter_table("suspicion", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kind", sa.String(), nullable=False, server_default="duplicate")
        )
    op.create_table(
        "pair_shares",
        sa.Column("clue_id", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Integer(), nullable=False),
        sa.Column("sha", sa.String(), nullable=False),
        sa.Column("shares", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("clue_id"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("pair_shares")
    with op.batch_alter_table("suspicion", schema=None) as batch_op:
        batch_op.drop_column("kind")
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.drop_column("day")
        batch_op.drop_column("topics")
