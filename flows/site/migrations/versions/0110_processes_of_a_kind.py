"""processes of a kind are read from the newest, those that go on and those that ended"""

from alembic import op
from sqlalchemy import text

revision = "0110"
down_revision = "0109"


def upgrade() -> None:
    """Brings the tables to this revision."""
    for name, where in (("open", "IS NULL"), ("ended", "IS NOT NULL")):
        which = text(f"ended_at {where}")
        op.create_index(
            f"ix_process_{name}_of_kind",
            "process",
            ["kind", "id"],
            sqlite_where=which,
            postgresql_where=which,
        )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_process_ended_of_kind", "process")
    op.drop_index("ix_process_open_of_kind", "process")
