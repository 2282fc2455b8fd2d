"""numbers of parties: clues are found by the number of their party, whatever its name"""

from alembic import op

revision = "0092"
down_revision = "0087"


def upgrade() -> None:
    """Brings the tables to this revision."""
    with op.batch_alter_table("clue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clue_subject_code"), ["subject_code"], unique=False)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("clue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clue_subject_code"))
