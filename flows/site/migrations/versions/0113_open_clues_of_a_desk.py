"""which open clues of a desk stand in a state, and which found a crime, is told out of indexes"""

from alembic import op
from sqlalchemy import text

revision = "0113"
down_revision = "0116"
AT_DESK, CRIMES, RUNNING = "ix_clue_open_at_desk", "ix_clue_crime_found", "ended_at IS NULL"
FOUND = {
    "sqlite": "json_extract(facts, '$.finding') = 'criminal' "
    "OR json_extract(facts, '$.found_criminal_at') IS NOT NULL",
    "postgresql": "(facts ->> 'finding') = 'criminal' "
    "OR (facts ->> 'found_criminal_at') IS NOT NULL",
}


def upgrade() -> None:
    """Brings the tables to this revision."""
    _make(AT_DESK, ["desk_id", "state", "id"], RUNNING)
    _find_crimes_by("(CASE WHEN {} THEN 1 END) BETWEEN 1 AND 1")


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index(AT_DESK, "clue")
    _find_crimes_by("({})")


def _find_crimes_by(said: str) -> None:
    op.drop_index(CRIMES, "clue")
    found = said.format(FOUND[op.get_bind().dialect.name])
    _make(CRIMES, ["state", "id"], f"{RUNNING} AND {found}")


def _make(name: str, columns: list[str], condition: str) -> None:
    where = text(condition)
    op.create_index(name, "clue", columns, sqlite_where=where, postgresql_where=where)
