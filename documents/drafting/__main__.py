"""`python -m documents.drafting [KIND …]` writes templates/<kind>/template.docx anew."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from documents.drafting import (
    approvals,
    archive,
    beside_case,
    clues,
    complaints,
    cooperation,
    crime,
    decisions,
    enforcement,
    governing,
    hearing,
    investigation,
    lists,
    measures,
    penalty,
    prosecution,
    records,
    registration,
    service,
    spot_penalty,
    supervision,
    testing,
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
        complaints.complaint_admission,
        complaints.complaint_rejection,
        complaints.mediation_notice,
        complaints.mediation_agreement,
        complaints.mediation_end,
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
        spot_penalty.spot_decision,
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
        supervision.urging_notice,
        supervision.supervision_order,
        supervision.supervision_opinion,
        supervision.supervision_decision,
        supervision.supervision_circular,
        governing.arrival_receipt,
        governing.extension_request,
        governing.interview_record,
        governing.commitment_letter,
        governing.designation_request,
        decisions.matter_approval,
        decisions.decision_approval,
        measures.preservation_notice,
        measures.preservation_release,
        measures.property_list,
        measures.seizure_decision,
        measures.seizure_extension,
        measures.seizure_release,
        measures.goods_transfer_notice,
        testing.testing_commission,
        testing.testing_period_notice,
        testing.testing_result_notice,
        hearing.statement_record,
        hearing.hearing_announcement,
        hearing.hearing_report,
        hearing.discussion_record,
        records.scene_record,
        records.inquiry_record,
        records.inspection_record,
        records.destruction_record,
        records.hearing_record,
        records.hearing_waiver,
        beside_case.recusal_decision,
        beside_case.report_result_notice,
        beside_case.reward_approval,
        enforcement.demand_notice,
        enforcement.put_off_notice,
        enforcement.enforcement_application,
        archive.case_cover,
        cooperation.assistance_letter,
        cooperation.help_request,
        cooperation.consultation_letter,
        cooperation.situation_report,
        cooperation.circular,
        cooperation.request_reply,
        prosecution.opinion_reply,
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
