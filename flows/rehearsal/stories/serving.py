"""Papers that reach the party, with who took them where: the receipt is filled in by the act."""

from sqlmodel import col, select

from domain.tables.record import IssuedDocument
from flows.rehearsal.people import officers
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import received
from flows.site.store import reading


def served_in_case(scene: Scene, *kinds: str) -> None:
    """Papers of a case beside its decision, handed over as they are issued."""
    for kind in kinds:
        scene.does(
            "handler",
            "case.serve_other",
            other_document=kind,
            other_served_on=scene.now.isoformat(),
            other_way="direct",
            servers=officers(scene.holder, scene.clue_id),
            **received(scene),
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
