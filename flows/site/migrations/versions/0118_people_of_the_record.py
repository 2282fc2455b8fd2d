"""acts are read along one index, which tells their kind; whose they are without their order"""

from alembic import op

revision = "0118"
down_revision = "0117"


def upgrade() -> None:
    """Brings the tables to this revision.

    PostgreSQL keeps equal keys once, which a number behind each of them forbids.
    """
    op.create_index("ix_event_actor_id", "event", ["actor_id"])
    op.drop_index("ix_event_actor", "event")
    op.drop_index("ix_event_action", "event")


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.create_index("ix_event_action", "event", ["action", "seq"])
    op.create_index("ix_event_actor", "event", ["actor_id", "seq"])
    op.drop_index("ix_event_actor_id", "event")
