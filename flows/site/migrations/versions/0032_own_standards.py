"""own_standards: the discretion standards that organs enter for themselves"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    """Brings the tables to this revision: no organ has entered a standard."""
    op.create_table(
        "site_standard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("standard", sa.String(), nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejected_by", sa.String(), nullable=True),
        sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rejection", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("standard", "department_id", "confirmed_at"):
        op.create_index(f"ix_site_standard_{column}", "site_standard", [column])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("site_standard")
