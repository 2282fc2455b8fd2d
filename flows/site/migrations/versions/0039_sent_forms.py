"""forms that were sent and what came of each: none is carried out twice"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0039"
down_revision = "0038"


def upgrade() -> None:
    """Brings the tables to this revision: no form was sent yet."""
    op.create_table(
        "sent_form",
        sa.Column("user_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("nonce", sqlmodel.AutoString(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "nonce"),
    )
    op.create_index("ix_sent_form_sent_at", "sent_form", ["sent_at"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("sent_form")
