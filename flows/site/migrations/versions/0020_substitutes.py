"""who is entrusted to head an organ for a while, from which day to which, on what paper"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
COLUMNS = ("stand_role", "stand_from", "stand_until", "stand_ground")


def upgrade() -> None:
    """Brings the tables to this revision: nobody stands in for anybody yet."""
    for name in COLUMNS:
        op.add_column("user", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name in COLUMNS:
        op.drop_column("user", name)
