"""templates_by_organ: which organ's own a template is; all there are so far print for everybody"""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0050"


def upgrade() -> None:
    """Brings the tables to this revision: every template there is stays the base of its kind."""
    with op.batch_alter_table("template_version") as table:
        table.add_column(sa.Column("department_id", sa.String(), nullable=False, server_default=""))
        table.alter_column("department_id", server_default=None)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("template_version") as table:
        table.drop_column("department_id")
