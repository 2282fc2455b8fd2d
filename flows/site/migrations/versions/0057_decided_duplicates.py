"""suspicions: who decided upon a pair that looked alike, and when"""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0065"


def upgrade() -> None:
    """Brings the tables to this revision: nothing was decided before."""
    with op.batch_alter_table("suspicion", schema=None) as batch_op:
        batch_op.add_column(sa.Column("decided_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("suspicion", schema=None) as batch_op:
        batch_op.drop_column("decided_at")
        batch_op.drop_column("decided_by")
