"""PostgreSQL learns that states, kinds and departments hang together, and expects as many rows"""

from alembic import op

revision = "0120"
down_revision = "0113"
TOGETHER = {
    "clue": ("state", "department_id", "desk_id"),
    "process": ("kind", "state", "department_id", "counterpart_id"),
}
"""By table, what a list asks for together. Taken one by one, PostgreSQL expects a twentieth of the
clues that a desk has registered, and gathers and sorts what it might have read in its order."""


def upgrade() -> None:
    """Brings the tables to this revision."""
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, columns in TOGETHER.items():
        op.execute(f"CREATE STATISTICS {_name(table)} ON {', '.join(columns)} FROM {table}")
        op.execute(f"ANALYZE {table}")


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    if op.get_bind().dialect.name == "postgresql":
        for table in TOGETHER:
            op.execute(f"DROP STATISTICS {_name(table)}")


def _name(table: str) -> str:
    return f"st_{table}_together"
