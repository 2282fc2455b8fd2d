"""document bytes: those of a document lie in its transaction until they are carried to the shelf"""

import sqlalchemy as sa
from alembic import op

revision = "0087"
down_revision = "0085"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_table(
        "document_bytes",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before; what was not carried to the shelf is lost."""
    op.drop_table("document_bytes")
