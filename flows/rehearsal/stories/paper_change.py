"""A story of a paper that left the house with a slip of the pen: corrected, never voided."""

from sqlmodel import col, select

from domain.tables.record import IssuedDocument
from flows.rehearsal.clockwork import Story
from flows.rehearsal.scene import Scene
from flows.site.store import reading


def letter_corrected(scene: Scene) -> Story:
    """The letter to the police bears a wrong digit: legal staff asks, its signer approves."""
    scene.does(
        "legal",
        "paper_change.ask_correction",
        paper=sent_letter(scene).id,
        addressee=scene.stage.office.rules.departments[scene.department("police")].name,
        wrong_text="联系电话末位“1”",
        right_text="联系电话末位“7”",
        change_reason="制发时录入笔误，不影响移送的内容。",
    )
    yield scene.hours(1)
    scene.does("principal", "paper_change.approve")
    yield scene.hours(2)
    scene.does(
        "legal",
        "paper_change.serve",
        change_served_on=scene.now.date().isoformat(),
        change_way="direct",
        change_received_by=scene.who("police").name,
    )


def sent_letter(scene: Scene) -> IssuedDocument:
    """The newest letter of referral of the clue."""
    with reading(scene.stage.office.engine) as session:
        query = select(IssuedDocument).where(
            col(IssuedDocument.clue_id) == scene.clue_id,
            col(IssuedDocument.kind) == "crime_transfer",
        )
        return session.exec(query.order_by(col(IssuedDocument.id).desc())).all()[0]
