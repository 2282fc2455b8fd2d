"""The papers of the rehearsal read as the organ reads them that gets them."""

from pathlib import Path

from sqlmodel import Session

from domain.tables.record import IssuedDocument
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.rehearsed import clue_of, play, rehearsal_office
from tests.helpers.story import docx_text
from tests.rehearsal.paper_faults import faults_of, papers_of

REPLACED = "SL20260921035"
"""An order whose report is replaced."""


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


def test_a_report_with_a_wrong_figure_is_taken_back_and_issued_anew(tmp_path: Path) -> None:
    """Who signs such reports approves, a notice goes out, the new one stands for the old."""
    office = rehearsal_office(tmp_path)
    play(office, REPLACED)

    with reading(office.engine) as session:
        papers = _papers(session, REPLACED)
        assert faults_of(office, session, clue_of(session, REPLACED)) == []
    [old, fresh] = [one for one in papers if one.kind == "verification_report"]
    [notice] = [one for one in papers if one.kind == "paper_replacement"]
    assert old.voided_at is not None and fresh.replaces_id == old.id
    assert fresh.voided_at is None and fresh.left_at == fresh.issued_at
    assert old.number and f"（{old.number}）内容有误，现予撤销" in _text(office, notice)


def _papers(session: Session, number: str) -> list[IssuedDocument]:
    return papers_of(session, clue_of(session, number))


def _text(office: Office, paper: IssuedDocument) -> str:
    return docx_text(office.shelf.get(paper.sha256))
