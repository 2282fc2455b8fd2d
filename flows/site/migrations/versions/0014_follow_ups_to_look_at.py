"""parked follow-ups are found without reading those that were done"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
NAME = "ix_follow_up_parked"
PARKED = sa.text("parked_at IS NOT NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(NAME, "follow_up", ["id"], sqlite_where=PARKED, postgresql_where=PARKED)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(NAME, "follow_up")
