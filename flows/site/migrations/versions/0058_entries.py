"""inspections: one row for each department at each door, for the times a year"""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0060"


def upgrade() -> None:
    """Brings the tables to this revision: nobody was inspected yet."""
    op.create_table(
        "entry_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_key", sa.String(), nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("visit_no", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["undertaking.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_entry_count_subject",
        "entry_count",
        ["subject_key", "day", "department_id", "visit_no", "kind", "counts"],
    )
    op.create_index("ix_entry_count_department", "entry_count", ["department_id", "day"])
    op.create_index("ix_entry_count_visit_id", "entry_count", ["visit_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("entry_count")
