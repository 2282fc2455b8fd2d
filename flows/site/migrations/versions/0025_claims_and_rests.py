"""who mails a message and when it was tried; destinations that rest; which process keeps time"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"
MOMENTS = ("mail_claimed_until", "mail_tried_at")


def upgrade() -> None:
    """Brings the tables to this revision: nothing is claimed, nothing rests."""
    for name in MOMENTS:
        op.add_column("inbox_message", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "outside_rest",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resting_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "site_lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    op.drop_table("site_lease")
    op.drop_table("outside_rest")
    for name in MOMENTS:
        op.drop_column("inbox_message", name)
