"""calendars and departments kept by administrators, locks, sign-ins, checks and ticks"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
EVENT_INDEXES = (
    ("ix_event_action", ["action", "seq"]),
    ("ix_event_actor", ["actor_id", "seq"]),
    ("ix_event_at", ["at"]),
)
TABLES = (
    "site_calendar",
    "site_department",
    "chain_check",
    "tick_note",
    "account_lock",
    "sign_in_note",
)


def upgrade() -> None:
    """Brings the tables to this revision."""
    op.create_table(
        "site_calendar",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("uploaded_by", sa.String(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_site_calendar_year", "site_calendar", ["year"])
    op.create_table(
        "site_department",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.String(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_site_department_department_id", "site_department", ["department_id"])
    op.create_table(
        "chain_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.String(), nullable=False),
        sa.Column("from_seq", sa.Integer(), nullable=False),
        sa.Column("to_seq", sa.Integer(), nullable=False),
        sa.Column("checked_to", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("head_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "tick_note",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("went_well", sa.Boolean(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    _people()
    for name, columns in EVENT_INDEXES:
        op.create_index(name, "event", columns)


def _people() -> None:
    op.create_table(
        "account_lock",
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("locked_by", sa.String(), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "sign_in_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sign_in_note_at", "sign_in_note", ["at"])
    op.create_index("ix_sign_in_note_user_id", "sign_in_note", ["user_id"])
    no = sa.false()
    op.add_column(
        "password", sa.Column("must_change", sa.Boolean(), nullable=False, server_default=no)
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name, _ in EVENT_INDEXES:
        op.drop_index(name, "event")
    op.drop_column("password", "must_change")
    for table in TABLES:
        op.drop_table(table)
