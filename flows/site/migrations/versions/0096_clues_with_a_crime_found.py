"""clues with a crime found: an index of the open ones, for the warnings"""

import sqlalchemy as sa
from alembic import op

revision = "0096"
down_revision = "0095"

NAME = "ix_clue_crime_found"
SQLITE = (
    "ended_at IS NULL AND (json_extract(facts, '$.finding') = 'criminal' "
    "OR json_extract(facts, '$.found_criminal_at') IS NOT NULL)"
)
POSTGRESQL = (
    "ended_at IS NULL AND ((facts ->> 'finding') = 'criminal' "
    "OR (facts ->> 'found_criminal_at') IS NOT NULL)"
)


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_index(
        NAME,
        "clue",
        ["state", "id"],
        sqlite_where=sa.text(SQLITE),
        postgresql_where=sa.text(POSTGRESQL),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(NAME, "clue")
