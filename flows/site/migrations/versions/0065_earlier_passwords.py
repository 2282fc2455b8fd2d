"""earlier passwords: the hashes that a user may not come back to"""

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0062"


def upgrade() -> None:
    """Brings the tables to this revision: no earlier password is known."""
    op.add_column("password", sa.Column("earlier", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_column("password", "earlier")
