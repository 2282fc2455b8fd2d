"""files whose pages could not be counted, by SHA-256, with the reason and the last try"""

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"


def upgrade() -> None:
    """Brings the tables to this revision: nothing has failed yet."""
    op.create_table(
        "pages_not_counted",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("pages_not_counted")
