"""In what order papers lie in the volumes of a penalty case (程序规定第七十八条)."""

from documents.facts.paper import Issued, Paper
from domain.penalties.paper_service import PARTY

RECEIPT = "service_receipt"
EVIDENCE, OTHER = 4, 7
"""Of the 正卷: where evidence lies, and what has no place of its own."""
_HEARD, _GOODS = 5, 6
_PLACES = {
    "filing_approval": 1,
    **dict.fromkeys(("penalty_decision", "no_penalty_decision", "amendment_decision"), 2),
    **dict.fromkeys(("revocation_decision", "correction_notice"), 2),
    **dict.fromkeys(("hearing_record", "statement_record", "hearing_waiver"), _HEARD),
    **dict.fromkeys(("goods_list", "goods_handover_list", "destruction_record"), _GOODS),
    "testing_commission": EVIDENCE,
}
"""立案审批表, the decision, (papers to the party, evidence,) the hearing, the goods."""
_INNER_PLACES = {
    **dict.fromkeys(("clue_registration", "verification_report"), 1),
    "investigation_closing_report": 2,
    "legal_review": 3,
    "hearing_report": 4,
    "closing_approval": 5,
}
"""Of the 副卷: 案源材料, 调查终结报告, 审核意见, 听证报告, 结案审批表; then what else there is."""
_RECORDS = "record"
"""The process of records: what they hold is evidence."""


def place_of(paper: Paper, one: Issued, *, inner: bool) -> int:
    """The group in which an issued paper lies; a receipt lies with what it serves."""
    if inner:
        return _INNER_PLACES.get(one.kind, OTHER)
    if one.kind == RECEIPT:
        return min((_place(paper, each) for each in _served(paper, one)), default=3)
    return _place(paper, one)


def _place(paper: Paper, one: Issued) -> int:
    if one.kind in _PLACES:
        return _PLACES[one.kind]
    if paper.rules.documents[one.kind].to == PARTY:
        return 3
    return EVIDENCE if one.process[0] == _RECORDS else OTHER


def _served(paper: Paper, receipt: Issued) -> list[Issued]:
    """What a receipt serves; beside a paper that is not served yet, what its step issued."""
    if receipt.serves is not None:
        return [one for one in paper.issued if one.id == receipt.serves]
    beside = (receipt.process, receipt.issued_at)
    return [
        one
        for one in paper.issued
        if (one.process, one.issued_at) == beside and paper.rules.documents[one.kind].to == PARTY
    ]
