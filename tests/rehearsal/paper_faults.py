"""What would make a receiving organ send a paper of the rehearsal back, in words."""

import re
from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session, col, select

from documents.facts.endorsement import APPROVALS
from documents.output.kept_facts import typed_facts
from documents.templates.kinds import load_template
from domain.situation.situation import CHINA
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.site.office import Office
from tests.helpers.story import docx_text

REPLIES = frozenset({"result_reply", "interim_reply", "redirect_notice"})
BEFORE_FILING = frozenset({"filing_approval", "refusal_to_file"})
PACKET = ("materials_list", "crime_transfer")
DECISIONS = ("penalty_decision", "no_penalty_decision")
_LAW = re.compile("(?:依据|根据|按照)(《[^》]+》)(?!第)(?=的规定|，|、《)")
"""A law that is named as the ground of something without its article."""
_NUMBERED = re.compile("《[^》]+》(?=第)")
_MASKED = re.compile("[\u4e00-\u9fff]\\*{1,3}：")
_MOMENT = "23时59分"
_SUFFIX = re.compile("罪（(?:烟草专卖品|其他|成品油|金融业务|危害食品安全|出版物|赌博机|运输)）")


def faults_of(office: Office, session: Session, clue: Clue) -> list[str]:
    """Every fault of the papers of a clue, each with the paper it stands in.

    Addressed to itself, a ground without its article, days that do not agree across the file,
    page counts that do not, an approval without its opinion, a demanded content that is empty.
    """
    papers = papers_of(session, clue)
    found = [
        f"{clue.no}《{paper.title}》：{fault}"
        for paper in papers
        for fault in _of_one(office, clue, paper)
    ]
    return [*found, *(f"{clue.no}：{fault}" for fault in _of_all(papers))]


def papers_of(session: Session, clue: Clue) -> list[IssuedDocument]:
    """The documents of a clue in the order of their issue."""
    query = select(IssuedDocument).where(col(IssuedDocument.clue_id) == clue.id)
    return list(session.exec(query.order_by(col(IssuedDocument.id))))


def _of_one(office: Office, clue: Clue, paper: IssuedDocument) -> Iterator[str]:
    reported = clue.received_at.astimezone(CHINA).date().isoformat()
    text = docx_text(office.shelf.get(paper.sha256)) if not _is_sealed(office, paper) else ""
    yield from _address(office, paper)
    yield from _days(paper, reported, clue.opened_at)
    yield from _words(text)
    yield from _basis(office, text)
    yield from _contents(office, paper)


def _is_sealed(office: Office, paper: IssuedDocument) -> bool:
    """Letters to reporters lie sealed; their facts are read all the same."""
    return bool(office.rules.documents[paper.kind].reporter_fact)


def _of_all(papers: list[IssuedDocument]) -> Iterator[str]:
    """What papers say of one another."""
    yield from _decided(papers)
    yield from _served(papers)
    if len(_page_counts(papers)) > 1:
        yield "移送材料清单、附页和回执的页数不一致"


def _decided(papers: list[IssuedDocument]) -> Iterator[str]:
    """Whoever names the decision names the day that it bears."""
    known: dict[str, str] = {}
    for paper in papers:
        named = str(paper.facts.get("决定文书") or paper.facts.get("原决定文号") or "")
        day = paper.facts.get("决定日期") or paper.facts.get("原决定日期")
        for number, dated in known.items():
            if number in named and day and str(day)[:10] != dated:
                yield f"《{paper.title}》写的决定日期{day}，决定书为{dated}"
        if paper.kind in DECISIONS and paper.number:
            known[paper.number] = paper.issued_at.astimezone(CHINA).date().isoformat()


def _served(papers: list[IssuedDocument]) -> Iterator[str]:
    """A full receipt names the paper it serves, and a day not before that paper's."""
    known = {one.id: one for one in papers}
    for receipt in papers:
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
    to = paper.facts.get("主送机关") or []
    organ = office.rules.departments[paper.organ].name
    return [f"主送本机关{organ}"] if organ in to else []


def _days(paper: IssuedDocument, reported: str, registered: datetime) -> list[str]:
    """A reply names the day of the call; an approval the day on which the organ received it."""
    if paper.kind in REPLIES and paper.facts["反映日期"] != reported:
        return [f"反映日期{paper.facts['反映日期']}"]
    if paper.kind in BEFORE_FILING:
        received = datetime.fromisoformat(paper.facts["本机关收到时间"])
        return [f"收到时间{received}"] if received < registered else []
    return []


def _words(text: str) -> list[str]:
    wrong = [f"写有{found[0]}" for found in _SUFFIX.finditer(text)]
    wrong += [f"收件人{found[0]}" for found in _MASKED.finditer(text)]
    return wrong + [_MOMENT for _ in range(text.count(_MOMENT))]


def _basis(office: Office, text: str) -> list[str]:
    """A law of which an article was read is named as a ground with its article.

    Of one that nobody saw the number may be wrong, and only its title is quoted.
    """
    read = (key for key, evidence in office.rules.evidence.items() if evidence == "text")
    cited = (office.rules.cite(one) for one in read)
    numbered = {found[0] for one in cited if (found := _NUMBERED.match(one))}
    named = (found[1] for found in _LAW.finditer(text))
    return [f"{law}没有条款" for law in named if law in numbered]


def _contents(office: Office, paper: IssuedDocument) -> list[str]:
    """No content that a statute demands is empty, and no approval lies without its opinion."""
    template = load_template(office.rules.documents[paper.kind].template)
    facts = typed_facts(template.form, paper.facts)
    empty = [f"缺{one.name}" for one in template.form.demanded if one.is_missing(facts)]
    unsigned = paper.kind in APPROVALS and not paper.facts.get("审批意见")
    return empty + (["没有审批意见"] if unsigned else [])


def _page_counts(papers: list[IssuedDocument]) -> set[str]:
    """The different sums that the list, the annex and the receipt of a referral come to."""
    rows = [
        one.facts["材料清单"] for one in papers if one.action == "approve" and one.kind in PACKET
    ]
    return {str([row.get("页数") for row in each]) for each in rows}
