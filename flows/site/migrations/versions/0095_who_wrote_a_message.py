"""who wrote a message: he is not told it in the stead of an absent colleague"""

import sqlalchemy as sa
from alembic import op

revision = "0095"
down_revision = "0094"


def upgrade() -> None:
    """Brings the tables to this revision; of what was sent before it is not known."""
    op.add_column("inbox_message", sa.Column("written_by", sa.String(), nullable=True))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_column("inbox_message", "written_by")
