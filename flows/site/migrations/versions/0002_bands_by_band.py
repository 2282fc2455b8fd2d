"""bands found by band, and fingerprints that know their order number"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Brings the tables to this revision."""
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("outside_no", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_fingerprint_outside_no"), ["outside_no"], unique=False)
    op.execute(
        "UPDATE fingerprint SET "
        "channel = (SELECT channel FROM clue WHERE clue.id = fingerprint.clue_id), outside_no = "
        "COALESCE((SELECT outside_no FROM clue WHERE clue.id = fingerprint.clue_id), '')"
    )
    op.rename_table("fingerprint_band", "fingerprint_band_before")
    _create_bands()
    op.execute(
        "INSERT INTO fingerprint_band (band, clue_id) "
        "SELECT DISTINCT band, clue_id FROM fingerprint_band_before"
    )
    op.drop_table("fingerprint_band_before")


def downgrade() -> None:
    """Takes the tables back to the revision before; the places of the bands are made anew."""
    op.rename_table("fingerprint_band", "fingerprint_band_after")
    op.create_table(
        "fingerprint_band",
        sa.Column("clue_id", sa.Integer(), sa.ForeignKey("clue.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("clue_id", "position"),
    )
    op.execute(
        "INSERT INTO fingerprint_band (clue_id, position, band) SELECT clue_id, "
        "row_number() OVER (PARTITION BY clue_id ORDER BY band) - 1, band "
        "FROM fingerprint_band_after"
    )
    op.drop_table("fingerprint_band_after")
    op.create_index("ix_fingerprint_band", "fingerprint_band", ["band", "clue_id"])
    with op.batch_alter_table("fingerprint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fingerprint_outside_no"))
        batch_op.drop_column("outside_no")
        batch_op.drop_column("channel")


def _create_bands() -> None:
    op.create_table(
        "fingerprint_band",
        sa.Column("band", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("clue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["clue_id"], ["clue.id"]),
        sa.PrimaryKeyConstraint("band", "clue_id"),
        sqlite_with_rowid=False,
    )
