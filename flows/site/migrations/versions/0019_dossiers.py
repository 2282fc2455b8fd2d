"""clues and undertakings share their ids; what hung on a clue hangs on either of the two"""

import re
from collections.abc import Callable

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
HANGING = ("process", "clock", "document", "attachment", "follow_up")
"""The tables whose `clue_id` points to a dossier from now on."""
OF_CLUE, OF_DOSSIER = "REFERENCES clue (id)", "REFERENCES dossier (id)"
OWN_KEY = ", FOREIGN KEY(id) REFERENCES dossier (id))"
MADE = sa.text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
BESIDE = sa.text(
    "SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = :name "
    "AND sql IS NOT NULL ORDER BY name"
)
COUNT_ON = sa.text(
    "SELECT setval(pg_get_serial_sequence('dossier', 'id'), coalesce(max(id), 1), "
    "max(id) IS NOT NULL) FROM dossier"
)


def upgrade() -> None:
    """Brings the tables to this revision: every clue keeps its id, which is its dossier's too."""
    _dossier()
    op.execute("INSERT INTO dossier (id, kind, no) SELECT id, 'clue', no FROM clue")
    _undertaking()
    if op.get_bind().dialect.name == "sqlite":
        _made_anew("clue", lambda made: made[: made.rindex(")")] + OWN_KEY)
        for table in HANGING:
            _made_anew(table, lambda made: made.replace(OF_CLUE, OF_DOSSIER))
        return
    for table in HANGING:
        _point(table, "dossier")
    op.execute("ALTER TABLE clue ALTER COLUMN id DROP DEFAULT")
    op.execute("DROP SEQUENCE clue_id_seq")
    op.create_foreign_key("clue_id_fkey", "clue", "dossier", ["id"], ["id"])
    op.get_bind().execute(COUNT_ON)


def downgrade() -> None:
    """Takes the tables back to the revision before; impossible once there are undertakings."""
    if op.get_bind().dialect.name == "sqlite":
        _made_anew("clue", lambda made: made.replace(OWN_KEY, ")"))
        for table in HANGING:
            _made_anew(table, lambda made: made.replace(OF_DOSSIER, OF_CLUE))
    else:
        op.drop_constraint("clue_id_fkey", "clue", type_="foreignkey")
        for table in HANGING:
            _point(table, "clue")
        op.execute("CREATE SEQUENCE clue_id_seq OWNED BY clue.id")
        op.execute("ALTER TABLE clue ALTER COLUMN id SET DEFAULT nextval('clue_id_seq')")
        op.execute("SELECT setval('clue_id_seq', coalesce(max(id), 0) + 1, false) FROM clue")
    op.drop_table("undertaking")
    op.drop_table("dossier")


def _dossier() -> None:
    op.create_table(
        "dossier",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("no", sqlmodel.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )


def _undertaking() -> None:
    op.create_table(
        "undertaking",
        sa.Column("state", sqlmodel.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("department_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("counterpart_id", sqlmodel.AutoString(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("no", sqlmodel.AutoString(), nullable=False),
        sa.Column("title", sqlmodel.AutoString(), nullable=False),
        sa.Column("area", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["id"], ["dossier.id"]),
        sa.ForeignKeyConstraint(["parent_id"], ["undertaking.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index("ix_undertaking_kind", "undertaking", ["kind", "id"])
    op.create_index("ix_undertaking_department", "undertaking", ["department_id", "kind", "id"])
    op.create_index("ix_undertaking_parent_id", "undertaking", ["parent_id"])


def _point(table: str, to: str) -> None:
    """PostgreSQL: a table's `clue_id` points to another table than before."""
    name = f"{table}_clue_id_fkey"
    op.drop_constraint(name, table, type_="foreignkey")
    op.create_foreign_key(name, table, to, ["clue_id"], ["id"])


def _made_anew(table: str, changed: Callable[[str], str]) -> None:
    """SQLite changes no key of a table: it is made anew as it was made, but for that key.

    The way that SQLite's manual goes: another table, filled, put in the place of the first, with
    its indexes. Keys are not looked at meanwhile (see flows.site.migration), but before the commit.
    """
    connection = op.get_bind()
    made = changed(connection.execute(MADE, {"name": table}).scalar_one())
    beside = list(connection.execute(BESIDE, {"name": table}).scalars())
    made = re.sub(rf'^CREATE TABLE "?{table}"?', f"CREATE TABLE {table}_anew", made)
    connection.exec_driver_sql(made)
    connection.exec_driver_sql(f"INSERT INTO {table}_anew SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_anew RENAME TO {table}")
    for one in beside:
        connection.exec_driver_sql(one)
