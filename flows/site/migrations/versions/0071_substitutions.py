"""who looks after the matters of an absent colleague"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0071"
down_revision = "0057"
INDEXED = ("absent_id", "substitute_id", "department_id")


def upgrade() -> None:
    """Brings the tables to this revision: nobody stands in for a colleague yet."""
    op.create_table(
        "substitution",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("substitute_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("department_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("first_day", sqlmodel.AutoString(), nullable=False),
        sa.Column("last_day", sqlmodel.AutoString(), nullable=False),
        sa.Column("reason", sqlmodel.AutoString(), nullable=False),
        sa.Column("named_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_by", sqlmodel.AutoString(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["absent_id"], ["user.id"]),
        sa.ForeignKeyConstraint(["substitute_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in INDEXED:
        op.create_index(f"ix_substitution_{column}", "substitution", [column])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("substitution")
