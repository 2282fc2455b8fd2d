"""kept lists: of which page a list is that somebody keeps under a name"""

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0079"

BY_NAME, BY_PATH = "uq_saved_filter_user_name", "uq_saved_filter_user_path_name"


def upgrade() -> None:
    """Brings the tables to this revision: what was kept before is a list of clues."""
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("path", sa.String(), nullable=False, server_default="/clues"))
        batch_op.drop_constraint(BY_NAME, type_="unique")
        batch_op.create_unique_constraint(BY_PATH, ["user_id", "path", "name"])


def downgrade() -> None:
    """Takes the tables back to the revision before: lists of other pages are gone."""
    op.execute(sa.text("DELETE FROM saved_filter WHERE path <> '/clues'"))
    with op.batch_alter_table("saved_filter", schema=None) as batch_op:
        batch_op.drop_constraint(BY_PATH, type_="unique")
        batch_op.drop_column("path")
        batch_op.create_unique_constraint(BY_NAME, ["user_id", "name"])
