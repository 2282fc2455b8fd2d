"""documents: found by the process that issued them"""

from alembic import op

revision = "0060"
# It landed before 0058, which follows it: databases at 0060 have not had 0058 and 0059 yet.
down_revision = "0053"


def upgrade() -> None:
    """Brings the tables to this revision: lists of referrals and orders read no other papers."""
    op.create_index("ix_document_process", "document", ["process_kind", "process_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_document_process", table_name="document")
