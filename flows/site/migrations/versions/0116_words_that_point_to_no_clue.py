"""pairs of signs and bands, some seventy rows of a clue, are not looked up there one by one"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0116"
down_revision = "0119"

KEYS: dict[str, tuple[str, sa.types.TypeEngine[Any]]] = {
    "search_gram": ("gram", sa.String(length=2)),
    "fingerprint_band": ("band", sa.BigInteger()),
}
"""The tables, each with the column by which it is looked up."""


def upgrade() -> None:
    """Brings the tables to this revision; on SQLite both are written anew, in their order."""
    for table in KEYS:
        if op.get_bind().dialect.name == "sqlite":
            _write_anew(table)
        else:
            [key] = sa.inspect(op.get_bind()).get_foreign_keys(table)
            op.drop_constraint(str(key["name"]), table, type_="foreignkey")


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for table in KEYS:
        if op.get_bind().dialect.name == "sqlite":
            _write_anew(table, sa.ForeignKeyConstraint(["clue_id"], ["clue.id"]))
        else:
            op.create_foreign_key(f"{table}_clue_id_fkey", table, "clue", ["clue_id"], ["id"])


def _write_anew(table: str, *keys: sa.ForeignKeyConstraint) -> None:
    lead, kind = KEYS[table]
    op.create_table(
        f"{table}_anew",
        sa.Column(lead, kind, nullable=False, autoincrement=False),
        sa.Column("clue_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(lead, "clue_id"),
        *keys,
        sqlite_with_rowid=False,
    )
    columns = f"{lead}, clue_id"
    op.execute(f"INSERT INTO {table}_anew ({columns}) SELECT {columns} FROM {table} ORDER BY 1, 2")
    op.drop_table(table)
    op.rename_table(f"{table}_anew", table)
