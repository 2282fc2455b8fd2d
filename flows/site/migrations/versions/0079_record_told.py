"""record told: how far along the record Prefect has been told of its steps"""

import sqlalchemy as sa
from alembic import op

revision = "0079"
down_revision = "0077"


def upgrade() -> None:
    """Brings the tables to this revision: what was recorded before is not told any more."""
    told = op.create_table(
        "record_told",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    newest = op.get_bind().execute(sa.text("SELECT MAX(seq) FROM event")).scalar()
    if newest:
        op.bulk_insert(told, [{"name": "prefect", "seq": newest}])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("record_told")
