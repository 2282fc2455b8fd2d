"""`python -m documents.drafting [KIND …]` writes templates/<kind>/template.docx anew."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from documents.drafting import (
    approvals,
    clues,
    crime,
    investigation,
    lists,
    penalty,
    registration,
    service,
    supervision,
    verification,
)

DRAFTS: Mapping[str, Callable[[], bytes]] = {
    draft.__name__: draft
    for draft in (
        registration.clue_registration,
        registration.dispatch_slip,
        clues.transfer_letter,
        clues.return_letter,
        clues.jurisdiction_designation,
        clues.dispute_letter,
        clues.redirect_notice,
        clues.result_reply,
        verification.joint_verification_notice,
        verification.verification_report,
        approvals.filing_approval,
        approvals.refusal_to_file,
        approvals.transfer_approval,
        approvals.closing_approval,
        approvals.legal_review,
        investigation.investigation_closing_report,
        penalty.penalty_notice,
        penalty.penalty_decision,
        penalty.no_penalty_decision,
        penalty.hearing_notice,
        penalty.correction_order,
        service.service_receipt,
        crime.crime_investigation_report,
        crime.crime_transfer,
        crime.reconsideration_request,
        crime.filing_supervision_proposal,
        lists.goods_list,
        lists.materials_list,
        lists.goods_handover_list,
        lists.case_catalogue,
        supervision.supervision_order,
    )
}


def write(folder: Path, kinds: list[str]) -> None:
    """Writes these kinds, or all; an edited template is overwritten."""
    for kind in kinds or DRAFTS:
        target = folder / kind / "template.docx"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(DRAFTS[kind]())


if __name__ == "__main__":
    write(Path("templates"), sys.argv[1:])
