"""the pages of stored files, by SHA-256; of which incoming paper an uploaded file is the scan"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0054"


def upgrade() -> None:
    """Brings the tables to this revision: nothing is counted yet."""
    op.create_table(
        "page_count",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.add_column("attachment", sa.Column("scan_of", sa.String(), nullable=True))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_column("scan_of")
    op.drop_table("page_count")
