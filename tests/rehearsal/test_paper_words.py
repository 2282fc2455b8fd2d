"""The papers of the rehearsal read as the organ reads them that gets them."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from documents.facts.endorsement import APPROVALS
from documents.output.kept_facts import typed_facts
from documents.templates.kinds import load_template
from domain.situation.situation import CHINA
from domain.tables.record import IssuedDocument
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.rehearsed import clue_of, play, rehearsal_office
from tests.helpers.story import docx_text

REPLIES = frozenset({"result_reply", "interim_reply", "redirect_notice"})
BEFORE_FILING = frozenset({"filing_approval", "refusal_to_file"})
PACKET = ("materials_list", "crime_transfer")
_LAW = re.compile("(?:依据|根据|按照)(《[^》]+》)(?!第)(?=的规定|，|、《)")
"""A law that is named as the ground of something without its article."""
_NUMBERED = re.compile("《[^》]+》(?=第)")
_MASKED = re.compile("[\u4e00-\u9fff]\\*{1,3}：")
_MOMENT = "23时59分"
_SUFFIX = re.compile("罪（(?:烟草专卖品|其他|成品油|金融业务|危害食品安全|出版物|赌博机|运输)）")


def test_a_slip_of_the_pen_is_corrected_and_the_letter_stands(tmp_path: Path) -> None:
    """The letter left the house: it is not voided, the police get word, the register tells."""
    office = rehearsal_office(tmp_path)
    play(office, "SL20260921054")

    with reading(office.engine) as session:
        papers = _papers(session, "SL20260921054")
    [letter] = [one for one in papers if one.kind == "crime_transfer"]
    [notice] = [one for one in papers if one.kind == "paper_correction"]
    assert letter.voided_at is None
    assert letter.altered_by_id == notice.id
    assert letter.number and letter.number in _text(office, notice)
    goods = [one for one in papers if one.kind == "goods_handover_list"]
    assert all(row.get("存放地点") for one in goods for row in one.facts["物品清单"])


def _papers(session: Session, number: str) -> list[IssuedDocument]:
    query = select(IssuedDocument).where(col(IssuedDocument.clue_id) == clue_of(session, number).id)
    return list(session.exec(query.order_by(col(IssuedDocument.id))))


def _text(office: Office, paper: IssuedDocument) -> str:
    return docx_text(office.shelf.get(paper.sha256))


@pytest.mark.parametrize(
    "number",
    [
        "SL20260922013",
        "SL20260922007",
        "SL20260921012",
        "SL20260921039",
        "SL20260921054",
        "SL20260921019",
    ],
)
def test_every_paper_of_a_story_can_be_sent_as_it_is(number: str, tmp_path: Path) -> None:
    """Disputes, joint verification, referrals, another channel: trial findings 4, 9, 12, 29."""
    office = rehearsal_office(tmp_path)
    play(office, number)

    with reading(office.engine) as session:
        clue = clue_of(session, number)
        papers = _papers(session, number)
    reported = clue.received_at.astimezone(CHINA).date().isoformat()
    wrong = [
        f"{paper.title}：{fault}"
        for paper in papers
        for fault in (
            *_address(office, paper),
            *_days(paper, reported, clue.opened_at),
            *_words(office, paper),
            *_basis(office, paper),
            *_contents(office, paper),
        )
    ]
    assert wrong == []
    assert _page_counts(papers) in ([], [1])


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


def _words(office: Office, paper: IssuedDocument) -> list[str]:
    text = _text(office, paper)
    wrong = [f"写有{found[0]}" for found in _SUFFIX.finditer(text)]
    wrong += [f"收件人{found[0]}" for found in _MASKED.finditer(text)]
    return wrong + [_MOMENT for _ in range(text.count(_MOMENT))]


def _basis(office: Office, paper: IssuedDocument) -> list[str]:
    """A law whose articles the rulebook knows is named as a ground with its article."""
    cited = (office.rules.cite(one) for one in office.rules.instrument_of)
    numbered = {found[0] for one in cited if (found := _NUMBERED.match(one))}
    named = (found[1] for found in _LAW.finditer(_text(office, paper)))
    return [f"{law}没有条款" for law in named if law in numbered]


def _contents(office: Office, paper: IssuedDocument) -> list[str]:
    """No content that a statute demands is empty, and no approval lies without its opinion."""
    template = load_template(office.rules.documents[paper.kind].template)
    facts = typed_facts(template.form, paper.facts)
    empty = [f"缺{one.name}" for one in template.form.demanded if one.is_missing(facts)]
    unsigned = paper.kind in APPROVALS and not paper.facts.get("审批意见")
    return empty + (["没有审批意见"] if unsigned else [])


def _page_counts(papers: list[IssuedDocument]) -> list[int]:
    """How many different sums the list, the annex and the receipt of a referral come to."""
    rows = [
        one.facts["材料清单"] for one in papers if one.action == "approve" and one.kind in PACKET
    ]
    return [len({str([row.get("页数") for row in each]) for each in rows})] if rows else []
