"""matters that a site published: each as its list tells it, from its day on"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"


def upgrade() -> None:
    """Brings the tables to this revision: lists published before are not read back."""
    op.create_table(
        "site_matter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["undertaking.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_site_matter_matter_id", "site_matter", ["matter_id"])
    op.create_index("ix_site_matter_publication_id", "site_matter", ["publication_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("site_matter")
