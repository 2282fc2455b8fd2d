"""when a paper left the house, and by which later one it was corrected, changed or revoked"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0020"
STAYING = (
    *("address_confirmation", "case_catalogue", "case_cover", "closing_approval"),
    *("clue_registration", "crime_investigation_report", "decision_approval"),
    *("destruction_record", "discussion_record", "filing_approval", "hearing_record"),
    *("hearing_report", "hearing_waiver", "inquiry_record", "inspection_record"),
    *("investigation_closing_report", "legal_review", "matter_approval", "refusal_to_file"),
    *("reward_approval", "scene_record", "service_receipt", "statement_record"),
    "transfer_approval",
)
"""Kinds that lay in the file only when this revision was written."""
LEAVING = {
    "serve": ("penalty_decision", "no_penalty_decision", "amendment_decision"),
    "serve_notice": ("penalty_notice",),
    "serve_hearing_notice": ("hearing_notice",),
    "serve_demand": ("demand_notice",),
    "record_publication": ("publication_summary",),
    "deliver": ("crime_transfer", "goods_list", "materials_list"),
}
"""Kinds that left with a later act of their process."""
LEFT_WITH_ACT = """
UPDATE document SET left_at = (
  SELECT MIN(event.at) FROM event
  WHERE event.process_kind = document.process_kind AND event.process_id = document.process_id
    AND event.action = :action AND event.at >= document.issued_at
) WHERE kind IN :kinds
"""


def upgrade() -> None:
    """Brings the tables to this revision: what left is told from the acts on record."""
    op.add_column("document", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
    # A table that is copied for a key (batch) gets its keys in another order each time.
    op.execute("ALTER TABLE document ADD COLUMN altered_by_id INTEGER REFERENCES document (id)")
    waiting = tuple(kind for kinds in LEAVING.values() for kind in kinds)
    at_once = sa.text("UPDATE document SET left_at = issued_at WHERE kind NOT IN :kinds")
    op.execute(_among(at_once, (*STAYING, *waiting)))
    for action, kinds in LEAVING.items():
        statement = _among(sa.text(LEFT_WITH_ACT), kinds)
        op.execute(statement.bindparams(action=action))


def _among(statement: sa.TextClause, kinds: tuple[str, ...]) -> sa.TextClause:
    return statement.bindparams(sa.bindparam("kinds", value=list(kinds), expanding=True))


def downgrade() -> None:
    """Takes the tables back to the revision before."""
    with op.batch_alter_table("document") as batch_op:
        batch_op.drop_column("altered_by_id")
        batch_op.drop_column("left_at")
