"""reminders of limits: each message of a reminder names the clock it is about"""

import re

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0059"
REMINDER = re.compile(r"[a-z_.]+-(\d+)-\d{4}-\d\d-\d\dT")
"""The key of a reminder as rungs wrote it: kind, clock, due moment, rung, desk."""
PORTION = 2000


def upgrade() -> None:
    """Brings the tables to this revision; what was sent before is told by its key."""
    with op.batch_alter_table("inbox_message") as table:
        table.add_column(sa.Column("clock_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_inbox_message_clock", "clock", ["clock_id"], ["id"])
    _fill(op.get_bind())


def _fill(bind: sa.Connection) -> None:
    message = sa.table("inbox_message", sa.column("id"), sa.column("key"), sa.column("clock_id"))
    clock = sa.table("clock", sa.column("id"))
    after = 0
    some = sa.select(message.c.id, message.c.key).order_by(message.c.id).limit(PORTION)
    while rows := bind.execute(some.where(message.c.id > after)).all():
        after = rows[-1].id
        for row in rows:
            found = REMINDER.match(row.key)
            if found:
                known = sa.select(clock.c.id).where(clock.c.id == int(found[1])).scalar_subquery()
                told = sa.update(message).where(message.c.id == row.id)
                bind.execute(told.values(clock_id=known))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("inbox_message") as table:
        table.drop_constraint("fk_inbox_message_clock", type_="foreignkey")
        table.drop_column("clock_id")
