"""what waits is read out of the index of states alone"""

from alembic import op

revision = "0100"
down_revision = "0099"

IN_STATE = ["kind", "state", "department_id", "clue_id", "counterpart_id"]


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.drop_index("ix_clue_state_department", "clue")
    op.drop_index("ix_process_kind_state", "process")
    op.create_index("ix_clue_in_state", "clue", ["state", "department_id", "id"])
    op.create_index("ix_process_in_state", "process", IN_STATE)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_clue_in_state", "clue")
    op.drop_index("ix_process_in_state", "process")
    op.create_index("ix_clue_state_department", "clue", ["state", "department_id"])
    op.create_index("ix_process_kind_state", "process", ["kind", "state", "department_id"])
