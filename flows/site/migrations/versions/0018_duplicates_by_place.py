"""clues are compared by place and by the matter they were proposed for, and found by place"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
INDEX = "ix_fingerprint_place_key"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.add_column("fingerprint", sa.Column("matter", sa.String(), nullable=True))
    op.create_index(INDEX, "fingerprint", ["place_key"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(INDEX, "fingerprint")
    op.drop_column("fingerprint", "matter")
