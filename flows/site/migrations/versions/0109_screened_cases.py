"""open cases whose screening found something have an index of their own"""

from alembic import op
from sqlalchemy import text

revision = "0109"
down_revision = "0108"

GRAVE = {
    "sqlite": ("json_extract(facts, '$.screening')", "instr"),
    "postgresql": ("replace(facts ->> 'screening', ' ', '')", "strpos"),
}


def upgrade() -> None:
    """Brings the tables to this revision."""
    said, has = GRAVE[op.get_bind().dialect.name]
    met, suspicion, near, ask = (
        f'{has}({said}, \'"outcome":"{one}"\') > 0' for one in ("met", "suspicion", "near", "ask")
    )
    grave = f"(CASE WHEN {met} OR {suspicion} THEN 0 WHEN {near} THEN 1 WHEN {ask} THEN 2 END)"
    where = text(f"kind = 'case' AND ended_at IS NULL AND {grave} BETWEEN 0 AND 2")
    columns = ["opened_at", "id", "department_id"]
    op.create_index(
        "ix_process_screened", "process", columns, sqlite_where=where, postgresql_where=where
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_process_screened", "process")
