"""documents are found by kind and by number without reading the others"""

from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index("ix_document_kind", "document", ["kind", "issued_at", "id"])
    op.create_index("ix_document_number", "document", ["number"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_document_number", "document")
    op.drop_index("ix_document_kind", "document")
