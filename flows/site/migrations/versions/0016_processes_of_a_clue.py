"""the processes of a clue are found by clue and kind: by kind alone, all that ever were are read"""

from alembic import op

revision = "0016"
down_revision = "0015"
OLD, NEW = "ix_process_clue_id", "ix_process_of_clue"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(NEW, "process", ["clue_id", "kind"])
    op.drop_index(OLD, "process")


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.create_index(OLD, "process", ["clue_id"])
    op.drop_index(NEW, "process")
