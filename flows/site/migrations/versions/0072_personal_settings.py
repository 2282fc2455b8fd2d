"""how a person wants to be told, and the phrases that he and his department write often"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0072"
down_revision = "0071"


def upgrade() -> None:
    """Brings the tables to this revision: everybody is told as before, nobody has phrases."""
    op.create_table(
        "notice_wish",
        sa.Column("user_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("digest_hour", sa.Integer(), nullable=True),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("user_id", sqlmodel.AutoString(), nullable=True),
        sa.Column("text", sqlmodel.AutoString(), nullable=False),
        sa.Column("written_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_phrase_department_id", "phrase", ["department_id"])
    op.create_index("ix_phrase_user_id", "phrase", ["user_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("phrase")
    op.drop_table("notice_wish")
