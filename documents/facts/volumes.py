"""The volumes of a file: 正卷 and 副卷 of a penalty case, and the file of the clue beside it."""

from documents.facts.incoming import FILES, incoming, scans_apart
from documents.facts.makers import Facts, Known, day_of, made_for, number_and_day, quoted
from documents.facts.paper import Issued, Paper
from documents.facts.penalty_facts import in_words
from domain.guards.conditions import lead_is_market
from domain.lifecycle.visibility import KEPT_KINDS, OPEN_KINDS
from domain.penalties.case_review import ANSWERS, GROUND, ITEM, VERDICT, VERDICTS
from domain.penalties.paper_service import PARTY
from domain.situation.complaints import asked_for_secrecy
from domain.situation.penalty import DECIDED

MAIN, INNER = "正卷", "副卷"
OWN_RULE = "案卷评查规则"
COVERS = {
    MAIN: ("case_cover", "case_catalogue"),
    INNER: ("inner_case_cover", "inner_case_catalogue"),
}
"""Cover and catalogue of a case's volumes; the file of a clue has those of the 正卷."""
_COVERS, _CATALOGUES = zip(*COVERS.values(), strict=True)
LISTS_FILES = frozenset({"case_catalogue", "case_cover", "crime_transfer", "materials_list"})
"""The papers that list or count the uploaded evidence: it lies in the 正卷, and in a packet."""
ABOUT_THE_FILE = frozenset((*_CATALOGUES, *_COVERS))
"""Covers and catalogues: a volume has one of each, and a new one when it is filed anew."""
OF_THE_CASE = frozenset({"filing_approval", "clue_registration", "verification_report"})
"""Papers of the main line that begin the file of the case: its source and its filing."""
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
    **dict.fromkeys(("testing_commission", "identification_request"), EVIDENCE),
    **dict.fromkeys(("disposal_announcement", "disposal_notice", "goods_announcement"), _GOODS),
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


@made_for(*_CATALOGUES)
def _catalogue(paper: Paper, facts: Known) -> Facts:
    return {"卷别": volume_of(paper), "卷内文件": paged(rows_of_volume(paper))}


@made_for(*_COVERS)
def _cover(paper: Paper, facts: Known) -> Facts:
    case = paper.situation.process.kind == "case"
    _, closed = number_and_day(paper, "closing_approval" if case else "result_reply")
    penalty = in_words(paper, DECIDED, facts.get("处罚内容"))
    result = penalty or facts.get("不予处罚理由") or facts.get("结案情形")
    rows = rows_of_volume(paper)
    return {
        "卷别": volume_of(paper),
        "案卷类别": "行政处罚案件" if case else "问题线索",
        "处理结果": result if case else facts.get("办理结果"),
        "结案日期": closed,
        "归档人": paper.situation.actor.name,
        "归档日期": paper.situation.today,
        "卷内件数": len(rows),
        "卷内页数": pages_of_volume(rows),
    }


def volume_of(paper: Paper) -> str | None:
    """Which volume a cover or catalogue belongs to; the file of a clue has one only."""
    if paper.situation.process.kind != "case":
        return None
    return INNER if paper.kind.startswith("inner_") else MAIN


def rows_of_volume(paper: Paper) -> list[Facts]:
    """What lies in the volume: of a clue as it came, of a case as 程序规定第七十八条 orders it.

    Without an order of its own: papers issued, papers that came in, uploaded evidence. A row says
    by `PAPER` and `FILES` which document or uploaded files it is about.
    """
    open_ones, volume = _receipts_filled_in_since(paper), volume_of(paper)
    lying = [one for one in paper.issued if _lies_here(paper, one) and one.id not in open_ones]
    came = [] if volume == INNER else incoming(paper, _processes(paper))
    files = [] if volume == INNER else scans_apart(came, paper.files)
    if volume is None:
        evidence = [] if _case_is_archived(paper) else files
        return [*map(_lying, lying), *came, *evidence]
    placed = [(_place_of(paper, one, inner=volume == INNER), _lying(one)) for one in lying]
    placed += [(EVIDENCE, row) for row in files] + [(OTHER, row) for row in came]
    return [row for _, row in sorted(placed, key=lambda one: one[0])]


def _place_of(paper: Paper, one: Issued, *, inner: bool) -> int:
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


@made_for("file_access_reply")
def _file_access_reply(paper: Paper, facts: Known) -> Facts:
    granted = paper.action == "grant"
    basis = ("cx-78-3",) if lead_is_market(paper.situation) else ("cf-50",)
    return {
        "查阅依据": quoted(paper, *basis),
        "同意查阅": granted,
        "可以查阅的材料": [_row(one) for one in _open_to_the_party(paper)] if granted else None,
    }


def _open_to_the_party(paper: Paper) -> list[Issued]:
    """What of the 正卷 its party may see: nothing internal, nothing that tells of the reporter."""
    kinds, secret = paper.rules.documents, asked_for_secrecy(paper.situation)
    witnesses = {
        (one.kind, one.id)
        for one in paper.situation.of_kind(_RECORDS)
        if secret and one.facts.get("asked_as") == "witness"
    }
    return [
        one
        for one in paper.issued
        if _is_of_the_case(one)
        and one.id is not None
        and one.process[0] not in (*KEPT_KINDS, "file_access")
        and one.process not in witnesses
        and one.kind not in ABOUT_THE_FILE
        and not (kinds[one.kind].is_inner or kinds[one.kind].reporter_fact)
    ]


PAPER = "文书"
"""Of a row: the number of the issued document that it is about; no catalogue prints it."""
_UNTOLD = frozenset({"页数", "收文", PAPER, FILES})
"""What a row says only for the counting of pages and for finding what it is about."""


def paged(rows: list[Facts]) -> list[Facts]:
    """The rows with the page on which each begins and ends, as far as the counts go."""
    found: list[Facts] = []
    before: int | None = 0
    for row in rows:
        pages = row.get("页数")
        last = before + pages if before is not None and isinstance(pages, int) else None
        first = (before or 0) + 1
        place = None if last is None else str(first) if first == last else f"{first}-{last}"
        found.append({**{k: v for k, v in row.items() if k not in _UNTOLD}, "页号": place})
        before = last
    return found


def pages_of_volume(rows: list[Facts]) -> int | None:
    """The pages of the volume; None while those of any paper are not known."""
    known = [pages for row in rows if isinstance(pages := row.get("页数"), int)]
    return sum(known) if known and len(known) == len(rows) else None


def _receipts_filled_in_since(paper: Paper) -> frozenset[int | None]:
    """The open receipts beside a paper whose act of service has issued a full one."""
    papers = {one.id: one for one in paper.issued}
    served = [papers[one.serves] for one in paper.issued if one.serves in papers]
    beside = {(one.process, one.issued_at) for one in served}
    return frozenset(
        one.id
        for one in paper.issued
        if one.kind == RECEIPT and one.serves is None and (one.process, one.issued_at) in beside
    )


def _lying(one: Issued) -> Facts:
    return {**_row(one), PAPER: one.id}


def _row(one: Issued) -> Facts:
    return {
        "文号": one.number,
        "责任者": one.organ,
        "题名": one.title,
        "日期": day_of(one.issued_at),
        "页数": one.pages,
    }


def _lies_here(paper: Paper, one: Issued) -> bool:
    if one.kind in ABOUT_THE_FILE or one.process[0] in KEPT_KINDS:
        return False
    volume = volume_of(paper)
    if volume is None:
        return not (_case_is_archived(paper) and _is_of_the_case(one))
    inner = paper.rules.documents[one.kind].is_inner
    return _is_of_the_case(one) and inner == (volume == INNER)


def _is_of_the_case(one: Issued) -> bool:
    return one.process[0] not in OPEN_KINDS or one.kind in OF_THE_CASE


def _case_is_archived(paper: Paper) -> bool:
    return any(one.kind in _CATALOGUES and one.process[0] == "case" for one in paper.issued)


def _processes(paper: Paper) -> frozenset[str]:
    """The kinds of process whose incoming papers lie here: what is kept apart lies in no volume."""
    every = frozenset(paper.rules.lifecycles) - KEPT_KINDS
    if volume_of(paper) is None:
        return OPEN_KINDS if _case_is_archived(paper) else every
    return every - OPEN_KINDS


@made_for("case_review")
def _case_review(paper: Paper, facts: Known) -> Facts:
    """The reviewer's answers under the groups and articles of the checklist."""
    given = paper.form.get(ANSWERS)
    rows = {str(one.get(ITEM)): one for one in given} if isinstance(given, list | tuple) else {}
    items = [
        {
            "类别": one.group,
            "项目": one.says,
            "依据": quoted(paper, *one.basis) or OWN_RULE,
            "结论": rows.get(one.says, {}).get(VERDICT),
            "说明": rows.get(one.says, {}).get(GROUND),
        }
        for one in paper.rules.case_review.values()
    ]
    counts = ((one, sum(item["结论"] == one for item in items)) for one in VERDICTS)
    number, _ = number_and_day(paper, "penalty_decision")
    no_penalty, _ = number_and_day(paper, "no_penalty_decision")
    return {
        "评查项目": items,
        "评查情况": "，".join(f"{one}{count}项" for one, count in counts),
        "决定书文号": number or no_penalty,
        "评查人": paper.situation.actor.name,
    }
