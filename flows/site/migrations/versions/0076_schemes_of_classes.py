"""schemes of classes: of which evaluation a credit-risk class is"""

import sqlalchemy as sa
from alembic import op

revision = "0076"
down_revision = "0069"


def upgrade() -> None:
    """Brings the tables to this revision; classes so far are of the site's own scheme."""
    with op.batch_alter_table("credit_class") as table:
        table.add_column(sa.Column("scheme", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("credit_class") as table:
        table.alter_column("scheme", server_default=None)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("credit_class") as table:
        table.drop_column("scheme")
