"""papers without a number, and those that replace none, stand in no index of these"""

from alembic import op
from sqlalchemy import TextClause, text

revision = "0119"
down_revision = "0112"

UNIQUE = (
    ("uq_document_number", ["organ", "series", "year", "serial"], text("series IS NOT NULL")),
    ("uq_document_replaces", ["replaces_id"], text("replaces_id IS NOT NULL")),
)
NUMBERED = text("number IS NOT NULL")
WHOLE, FIRST_SIGNS = text("sha256"), text("substr(sha256, 1, 7)")


def upgrade() -> None:
    """Brings the tables to this revision.

    PostgreSQL looks papers up by the first signs of their hash alone.
    """
    with op.batch_alter_table("document") as batch_op:
        for name, _, _ in UNIQUE:
            batch_op.drop_constraint(name, type_="unique")
    for name, columns, where in UNIQUE:
        op.create_index(
            name, "document", columns, unique=True, sqlite_where=where, postgresql_where=where
        )
    op.drop_index("ix_document_number", "document")
    op.create_index(
        "ix_document_number",
        *("document", ["number"]),
        sqlite_where=NUMBERED,
        postgresql_where=NUMBERED,
    )
    _index_hashes(FIRST_SIGNS)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    _index_hashes(WHOLE)
    op.drop_index("ix_document_number", "document")
    op.create_index("ix_document_number", "document", ["number"])
    for name, _, _ in UNIQUE:
        op.drop_index(name, "document")
    with op.batch_alter_table("document") as batch_op:
        for name, columns, _ in UNIQUE:
            batch_op.create_unique_constraint(name, columns)


def _index_hashes(by: TextClause) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_document_sha256", "document")
        op.create_index("ix_document_sha256", "document", [by])
