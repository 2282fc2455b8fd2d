"""the register of documents is read along the day of issue"""

from alembic import op

revision = "0011"
down_revision = "0010"
NAME = "ix_document_issued_at"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(NAME, "document", ["issued_at", "id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(NAME, "document")
