"""of which paper a 送达回证 tells the service, and which uploaded file is its signed receipt"""

from alembic import op

revision = "0050"
down_revision = "0048"


def upgrade() -> None:
    """Brings the tables to this revision: earlier receipts name no paper."""
    # A table that is copied for a key (batch) gets its keys in another order each time.
    op.execute("ALTER TABLE document ADD COLUMN serves_id INTEGER REFERENCES document (id)")
    op.execute("ALTER TABLE attachment ADD COLUMN document_id INTEGER REFERENCES document (id)")


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_column("document_id")
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_column("serves_id")
