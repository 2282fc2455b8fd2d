"""who handles a clue stands in a column, and lists by handler are read along it"""

from alembic import op
from sqlalchemy import Column, String, text

revision = "0105"
down_revision = "0104"

AT_ONCE = 20_000
"""Clues that one statement goes through: a million at once would be held in memory."""
HANDLER = {
    "sqlite": "json_extract(facts, '$.handler_user')",
    "postgresql": "facts ->> 'handler_user'",
}


def upgrade() -> None:
    """Brings the tables to this revision: who handles the clues known so far is in their facts."""
    # No batch: a column with a fixed default is added without the table being written anew.
    op.add_column("clue", Column("handler_id", String(), nullable=False, server_default=""))
    connection = op.get_bind()
    handler = HANDLER[connection.dialect.name]
    told = text(
        f"UPDATE clue SET handler_id = {handler} "
        f"WHERE id > :after AND id <= :last AND {handler} <> ''"
    )
    newest = connection.execute(text("SELECT max(id) FROM clue")).scalar() or 0
    for after in range(0, newest, AT_ONCE):
        connection.execute(told, {"after": after, "last": after + AT_ONCE})
    for name, columns, where in (
        ("ix_clue_open_handled", ["handler_id", "department_id", "state", "id"], "IS NULL"),
        ("ix_clue_ended_handled", ["handler_id", "id"], "IS NOT NULL"),
    ):
        which = text(f"ended_at {where}")
        op.create_index(name, "clue", columns, sqlite_where=which, postgresql_where=which)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_clue_ended_handled", "clue")
    op.drop_index("ix_clue_open_handled", "clue")
    op.drop_column("clue", "handler_id")
