"""sources of evidence: of which other piece an attachment was given, for another case"""

import sqlalchemy as sa
from alembic import op

revision = "0077"
down_revision = "0076"


def upgrade() -> None:
    """Brings the tables to this revision; nothing so far was given."""
    with op.batch_alter_table("attachment") as table:
        table.add_column(sa.Column("source_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_attachment_source", "attachment", ["source_id"], ["id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("attachment") as table:
        table.drop_constraint("fk_attachment_source", type_="foreignkey")
        table.drop_column("source_id")
