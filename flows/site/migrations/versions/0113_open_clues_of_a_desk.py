"""which open clues of a desk stand in a state is told out of an index alone"""

from alembic import op
from sqlalchemy import text

revision = "0113"
down_revision = "0116"
NAME, RUNNING = "ix_clue_open_at_desk", text("ended_at IS NULL")


def upgrade() -> None:
    """Brings the tables to this revision."""
    columns = ["desk_id", "state", "id"]
    op.create_index(NAME, "clue", columns, sqlite_where=RUNNING, postgresql_where=RUNNING)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(NAME, "clue")
