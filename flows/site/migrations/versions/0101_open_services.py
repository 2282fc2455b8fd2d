"""open services: the papers of which an hourly look found that they wait for their service"""

import sqlalchemy as sa
from alembic import op

revision = "0101"
down_revision = "0102"

NAME = "ix_document_service_undone"
VOIDED = sa.text("serves_id IS NOT NULL AND voided_at IS NOT NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_table(
        "open_service",
        sa.Column("document_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.PrimaryKeyConstraint("document_id"),
    )
    op.create_index(NAME, "document", ["serves_id"], sqlite_where=VOIDED, postgresql_where=VOIDED)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(NAME, "document")
    op.drop_table("open_service")
