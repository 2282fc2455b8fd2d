"""cases that met a criminal threshold are found without reading the others"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
NAME = "ix_process_threshold_met"


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(
        NAME,
        "process",
        ["ended_at", "clue_id"],
        sqlite_where=sa.text("json_extract(facts, '$.threshold_met') = 1"),
        postgresql_where=sa.text("(facts ->> 'threshold_met') = 'true'"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(NAME, "process")
