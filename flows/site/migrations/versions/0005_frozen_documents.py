"""documents that are voided and replaced, template versions, attachments and their recognition"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Brings the tables to this revision."""
    with op.batch_alter_table("document") as batch_op:
        for name in ("action", "signer", "code"):
            batch_op.add_column(
                sa.Column(name, sqlmodel.AutoString(), nullable=False, server_default="")
            )
        batch_op.add_column(sa.Column("replaces_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("voided_by", sqlmodel.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("void_reason", sqlmodel.AutoString(), nullable=True))
        batch_op.create_foreign_key("fk_document_replaces", "document", ["replaces_id"], ["id"])
        batch_op.create_unique_constraint("uq_document_replaces", ["replaces_id"])
        batch_op.create_index("ix_document_code", ["code"])
        batch_op.create_index("ix_document_sha256", ["sha256"])
    op.create_table(
        "template_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("note", sqlmodel.AutoString(), nullable=False),
        sa.Column("uploaded_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sqlmodel.AutoString(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retired_by", sqlmodel.AutoString(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_template_version_kind", "template_version", ["kind"])
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("clue_id", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.AutoString(), nullable=False),
        sa.Column("suffix", sqlmodel.AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.AutoString(), nullable=False),
        sa.Column("added_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("department_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["clue_id"], ["clue.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("clue_id", "sha256", name="uq_attachment"),
    )
    op.create_index("ix_attachment_clue_id", "attachment", ["clue_id"])
    op.create_table(
        "recognition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sqlmodel.AutoString(), nullable=False),
        sa.Column("recognised_by", sqlmodel.AutoString(), nullable=False),
        sa.Column("recognised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opinion", sqlmodel.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("attachment_id", "department_id", name="uq_recognition"),
    )
    op.create_index("ix_recognition_attachment_id", "recognition", ["attachment_id"])


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    for name in ("recognition", "attachment", "template_version"):
        op.drop_table(name)
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_index("ix_document_sha256")
        batch_op.drop_index("ix_document_code")
        batch_op.drop_constraint("uq_document_replaces", type_="unique")
        batch_op.drop_constraint("fk_document_replaces", type_="foreignkey")
        for name in ("void_reason", "voided_by", "voided_at", "replaces_id", "code"):
            batch_op.drop_column(name)
        batch_op.drop_column("signer")
        batch_op.drop_column("action")
