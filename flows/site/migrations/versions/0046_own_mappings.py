"""own column mappings: how files of a platform become clues, as the site settled it"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0046"
down_revision = "0039"


def upgrade() -> None:
    """Brings the tables to this revision: the site has settled nothing yet."""
    op.create_table(
        "site_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.AutoString(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("saved_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_site_mapping_name", "site_mapping", ["name"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("site_mapping")
