"""Papers that left the house: served on record, corrected, or taken back and issued anew."""

from sqlmodel import col, select

from domain.tables.record import IssuedDocument
from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue
from flows.rehearsal.clockwork import Story
from flows.rehearsal.people import officers
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import received
from flows.site.store import reading


def letter_corrected(scene: Scene) -> Story:
    """The letter to the police bears a wrong digit: legal staff asks, its signer approves."""
    scene.does(
        "legal",
        "paper_change.ask_correction",
        paper=newest(scene, "crime_transfer").id,
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


def report_replaced(scene: Scene) -> Story:
    """The report names a wrong figure: taken back by its signer's head, who issues it anew."""
    old = newest(scene, "verification_report")
    yield scene.hours(1)
    scene.does(
        "legal",
        "paper_change.ask_replacement",
        paper=old.id,
        addressee=scene.stage.office.rules.departments[scene.clue().desk_id].name,
        change_reason="报告所附的核查数据与现场笔录不一致，须重新制发。",
    )
    yield scene.hours(1)
    scene.does("head", "paper_change.approve")
    reissue(scene.stage.office, old.id or 0, Correction(scene.who("head"), scene.now))
    yield scene.hours(1)
    scene.does(
        "legal",
        "paper_change.serve",
        change_served_on=scene.now.date().isoformat(),
        change_way="electronic",
        change_received_by=scene.who("clerk").name,
    )


def handed_over(scene: Scene, kind: str) -> None:
    """A paper beside a case reaches the party, and the receipt says how."""
    scene.does(
        "handler",
        "service.record",
        paper=newest(scene, kind).id,
        paper_served_on=scene.now.isoformat(),
        paper_served_by="direct",
        servers=officers(scene.holder, scene.clue_id),
        **received(scene),
    )


def newest(scene: Scene, kind: str) -> IssuedDocument:
    """The newest paper of a kind of the clue."""
    with reading(scene.stage.office.engine) as session:
        query = select(IssuedDocument).where(
            col(IssuedDocument.clue_id) == scene.clue_id, col(IssuedDocument.kind) == kind
        )
        return session.exec(query.order_by(col(IssuedDocument.id).desc())).all()[0]
