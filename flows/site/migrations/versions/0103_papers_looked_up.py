"""papers looked up: receipts by the paper that was served, and the newest numbers without rows"""

from alembic import op
from sqlalchemy import text

revision = "0103"
down_revision = "0101"

INDEXES = {
    "ix_document_serves": (["serves_id"], text("serves_id IS NOT NULL")),
    "ix_document_numbered": (["id", "number"], text("number IS NOT NULL")),
}


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, (columns, where) in INDEXES.items():
        op.create_index(name, "document", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name in INDEXES:
        op.drop_index(name, "document")
