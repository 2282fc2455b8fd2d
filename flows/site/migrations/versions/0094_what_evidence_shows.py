"""what evidence shows: an opinion or goods on a list; who took up a note that called him"""

import sqlalchemy as sa
from alembic import op

revision = "0094"
down_revision = "0093"


def upgrade() -> None:
    """Brings the tables to this revision; no file so far names an opinion or goods."""
    # A table that is copied for a key (batch) gets its keys in another order each time.
    op.execute("ALTER TABLE attachment ADD COLUMN process_id INTEGER REFERENCES process (id)")
    op.add_column("attachment", sa.Column("goods", sa.String(), nullable=True))
    op.create_table(
        "note_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["note_id"], ["clue_note.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("note_id", "user_id", name="uq_note_taken"),
    )
    op.create_index("ix_note_taken_note_id", "note_taken", ["note_id"], unique=False)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_note_taken_note_id", table_name="note_taken")
    op.drop_table("note_taken")
    with op.batch_alter_table("attachment") as batch_op:
        batch_op.drop_column("goods")
        batch_op.drop_column("process_id")
