"""words_of_clues: which words of the dictionaries a clue uses, to compare it by"""

import sqlalchemy as sa
from alembic import op

revision = "0085"
down_revision = "0091"


def upgrade() -> None:
    """Brings the tables to this revision: of earlier clues the words are not known."""
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.drop_column("words")
