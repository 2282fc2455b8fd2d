"""when a referral was delivered stands in a column, and those that go on are read by it"""

from datetime import UTC, datetime, timedelta, timezone

from alembic import op
from sqlalchemy import Column, DateTime, Integer, bindparam, column, table, text, update

revision = "0114"
down_revision = "0111"

CHINA = timezone(timedelta(hours=8))
DELIVERED = {
    "sqlite": "json_extract(facts, '$.delivered_at')",
    "postgresql": "facts ->> 'delivered_at'",
}
OPEN_REFERRAL = text("kind = 'referral' AND ended_at IS NULL")
COLUMNS = ("state", "department_id", "delivered_at", "opened_at", "id", "clue_id")


def upgrade() -> None:
    """Brings the tables to this revision: when known referrals were delivered is in their facts."""
    op.add_column("process", Column("delivered_at", DateTime(timezone=True), nullable=True))
    connection = op.get_bind()
    told = DELIVERED[connection.dialect.name]
    known = text(f"SELECT id, {told} FROM process WHERE kind = 'referral' AND {told} <> ''")
    rows = [{"own": key, "moment": _moment(said)} for key, said in connection.execute(known)]
    process = table("process", column("id", Integer), column("delivered_at", DateTime(True)))
    change = update(process).where(process.c.id == bindparam("own"))
    if rows:
        connection.execute(change.values(delivered_at=bindparam("moment")), rows)
    op.create_index(
        "ix_process_open_referral",
        "process",
        list(COLUMNS),
        sqlite_where=OPEN_REFERRAL,
        postgresql_where=OPEN_REFERRAL,
    )


def _moment(said: str) -> datetime:
    """A moment as facts say it: in China's time where no other is named."""
    moment = datetime.fromisoformat(said)
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC)


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_index("ix_process_open_referral", "process")
    op.drop_column("process", "delivered_at")
