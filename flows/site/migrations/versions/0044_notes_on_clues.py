"""what colleagues write to each other about a clue"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0044"
down_revision = "0043"


def upgrade() -> None:
    """Brings the tables to this revision: there are no notes yet."""
    op.create_table(
        "clue_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clue_id", sa.Integer(), nullable=False),
        sa.Column("author_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("department_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clue_id"], ["clue.id"]),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clue_note_clue_id", "clue_note", ["clue_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("clue_note")
