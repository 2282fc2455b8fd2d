"""What would make a receiving organ send a paper of the rehearsal back: facts and file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from sqlmodel import Session, col, select

from documents.facts.endorsement import APPROVALS
from documents.output.kept_facts import typed_facts
from documents.templates.kinds import load_template
from domain.situation.situation import CHINA
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.site.office import Office
from flows.site.stored_documents import pages_of
from tests.helpers.story import docx_text
from tests.rehearsal.text_faults import Said, said_wrongly

REPLIES = frozenset({"result_reply", "interim_reply", "redirect_notice"})
BEFORE_FILING = frozenset({"filing_approval", "refusal_to_file"})
PACKET = ("materials_list", "crime_transfer")
OWN = {"涉嫌犯罪案件情况的调查报告": "crime_investigation_report", "涉案物品清单": "goods_list"}
"""By name on a list of materials, the paper that the product itself puts in."""
DECISIONS = ("penalty_decision", "no_penalty_decision")
SENT_TO = ("主送机关", "抄送机关", "接收单位", "备案机关", "受理机关", "协办部门")
"""Facts that name whom a paper goes to."""


@dataclass(frozen=True)
class Papers:
    """The papers of one clue, or those of no clue, in the order of their issue, with their texts.

    `texts` by id, whole and of the paragraphs alone; letters to reporters lie sealed and have none.
    `pages` by id, where counted.
    """

    office: Office
    clue: Clue | None
    issued: list[IssuedDocument]
    texts: Mapping[int | None, tuple[str, str]]
    pages: Mapping[int | None, int]


def faults_of(office: Office, session: Session, clue: Clue | None) -> list[str]:
    """Every fault of the papers of a clue, or of all that belong to none.

    Addressed to itself, a ground without its article, days that do not agree across the file,
    page counts that do not, an approval without its opinion, a demanded content that is empty.
    """
    return faults_in(read_papers(office, session, clue))


def read_papers(office: Office, session: Session, clue: Clue | None) -> Papers:
    """The papers read from the shelf."""
    issued = papers_of(session, clue)
    counted = pages_of(session, (one.sha256 for one in issued))
    return Papers(
        office,
        clue,
        issued,
        {
            one.id: _read(office.shelf.get(one.sha256))
            for one in issued
            if not office.rules.documents[one.kind].reporter_fact
        },
        {one.id: counted[one.sha256] for one in issued if one.sha256 in counted},
    )


def _read(content: bytes) -> tuple[str, str]:
    paragraphs = "\n".join(one.text for one in Document(BytesIO(content)).paragraphs)
    return docx_text(content), paragraphs


def faults_in(papers: Papers) -> list[str]:
    """The faults of papers as they were read, each with the paper it stands in."""
    name = papers.clue.no if papers.clue else "无线索"
    found = [
        f"{name}《{paper.title}》：{fault}"
        for paper in papers.issued
        for fault in _of_one(papers, paper)
    ]
    return [*found, *(f"{name}：{fault}" for fault in _of_all(papers))]


def papers_of(session: Session, clue: Clue | None) -> list[IssuedDocument]:
    """The documents of a clue, or of none, in the order of their issue."""
    query = select(IssuedDocument).where(col(IssuedDocument.clue_id) == (clue.id if clue else None))
    return list(session.exec(query.order_by(col(IssuedDocument.id))))


def _of_one(papers: Papers, paper: IssuedDocument) -> Iterator[str]:
    yield from _address(papers.office, paper)
    yield from _dated(paper)
    if papers.clue is not None:
        yield from _days(paper, papers.clue)
    yield from _contents(papers.office, paper)
    if paper.id in papers.texts:
        said = Said(paper, *papers.texts[paper.id], papers.issued)
        yield from said_wrongly(papers.office, papers.clue, said)


def _of_all(papers: Papers) -> Iterator[str]:
    """What papers say of one another."""
    yield from _decided(papers.issued)
    yield from _filed(papers.issued)
    yield from _served(papers.issued)
    yield from _paged(papers)


def _decided(issued: list[IssuedDocument]) -> Iterator[str]:
    """Whoever names the decision names the day that it bears."""
    known: dict[str, str] = {}
    for paper in issued:
        named = str(paper.facts.get("决定文书") or paper.facts.get("原决定文号") or "")
        day = paper.facts.get("决定日期") or paper.facts.get("原决定日期")
        for number, dated in known.items():
            if number in named and day and str(day)[:10] != dated:
                yield f"《{paper.title}》写的决定日期{day}，决定书为{dated}"
        if paper.kind in DECISIONS and paper.number:
            known[paper.number] = _day(paper)


def _filed(issued: list[IssuedDocument]) -> Iterator[str]:
    """Whoever names the day of filing names that of the approval; nothing ends before it."""
    days = {_day(one) for one in issued if one.kind == "filing_approval"}
    for paper in issued:
        told = str(paper.facts.get("立案日期") or "")[:10]
        if days and told and told not in days:
            yield f"《{paper.title}》写的立案日期{told}，立案审批表为{'、'.join(sorted(days))}"
        if told and (closed := str(paper.facts.get("结案日期") or "")[:10]) and closed < told:
            yield f"《{paper.title}》的结案日期{closed}早于立案日期{told}"


def _served(issued: list[IssuedDocument]) -> Iterator[str]:
    """A full receipt names the paper it serves, and a day not before that paper's."""
    known = {one.id: one for one in issued}
    for receipt in issued:
        served = known.get(receipt.serves_id)
        if served is None:
            continue
        if served.number not in [row.get("文号") for row in receipt.facts["送达文书"]]:
            yield f"送达回证没有列出{served.number}"
        told = str(receipt.facts.get("送达时间") or "")
        if not told or datetime.fromisoformat(told).date() < served.issued_at.date():
            yield f"{served.number}的送达时间“{told}”"
        if not receipt.facts.get("收件人") and receipt.facts.get("送达方式") != "留置送达":
            yield f"{served.number}的送达回证没有收件人"


def _address(office: Office, paper: IssuedDocument) -> list[str]:
    """Nobody writes to himself; a report goes to who asked for it."""
    organ = office.rules.departments[paper.organ]
    told = [one for name in SENT_TO for one in _listed(paper.facts.get(name))]
    return [f"主送、抄送本机关{one}" for one in told if one in {organ.name, organ.short}]


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value or "")]


def _dated(paper: IssuedDocument) -> list[str]:
    """A paper bears the day of its issue."""
    told = str(paper.facts.get("成文日期") or "")[:10]
    return [f"成文日期{told}，制发于{_day(paper)}"] if told and told != _day(paper) else []


def _days(paper: IssuedDocument, clue: Clue) -> list[str]:
    """A reply names the day of the call; an approval the day on which the organ received it."""
    reported = clue.received_at.astimezone(CHINA).date().isoformat()
    if paper.kind in REPLIES and paper.facts["反映日期"] != reported:
        return [f"反映日期{paper.facts['反映日期']}"]
    if paper.kind in BEFORE_FILING:
        received = datetime.fromisoformat(paper.facts["本机关收到时间"])
        return [f"收到时间{received}"] if received < clue.opened_at else []
    return []


def _contents(office: Office, paper: IssuedDocument) -> list[str]:
    """No content that a statute demands is empty; an approval has its opinion, and who gave it."""
    template = load_template(office.rules.documents[paper.kind].template)
    facts = typed_facts(template.form, paper.facts)
    found = [f"缺{one.name}" for one in template.form.demanded if one.is_missing(facts)]
    if paper.kind in APPROVALS:
        found += ["没有审批意见"] if not paper.facts.get("审批意见") else []
        found += ["没有签发人"] if not paper.facts.get("签发人") else []
    return found


def _paged(papers: Papers) -> Iterator[str]:
    """List and annex of a referral tell the same copies and pages, and those of the files."""
    lists = [one for one in papers.issued if one.action == "approve" and one.kind in PACKET]
    rows = [one.facts["材料清单"] for one in lists]
    if len({str([(row.get("份数"), row.get("页数")) for row in each]) for each in rows}) > 1:
        yield "移送材料清单、附页和回执的份数、页数不一致"
    known = {one.kind: papers.pages[one.id] for one in papers.issued if one.id in papers.pages}
    for row in (row for each in rows for row in each):
        counted = known.get(OWN.get(str(row.get("名称")), ""))
        if counted and row.get("页数") and int(row["页数"]) != counted:
            yield f"清单写《{row['名称']}》{row['页数']}页，实为{counted}页"


def _day(paper: IssuedDocument) -> str:
    return paper.issued_at.astimezone(CHINA).date().isoformat()
