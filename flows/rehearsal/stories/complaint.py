"""Stories of complaints: admitted, the two sides brought together, agreed or ended without."""

from datetime import timedelta

from flows.rehearsal.beats import dispatched, shelved
from flows.rehearsal.clockwork import Story
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import found

NO_AGREEMENT = "no_agreement"
"""The turn of a complaint whose two sides do not come to terms."""
NAMED = "投诉人（演练）"
"""The rehearsal opens no sealed name."""


def complaint(scene: Scene) -> Story:
    """A consumer's own dispute is sent to its organ and settled there."""
    dispatched(scene)
    yield from settled(scene)


def settled(scene: Scene) -> Story:
    """From the signature to the archive; a complaint never becomes a case."""
    yield scene.days(1, "08:50")
    scene.does("handler", "accept", complaint_kind="complaint")
    yield scene.days(2, "10:20")
    scene.does(
        "handler",
        "admit_complaint",
        dispute_facts=scene.clue().content,
        requests=f"就“{scene.clue().title}”退还费用或者履行约定。",
    )
    yield scene.days(1, "09:40")
    day = scene.days(4, "14:30").replace(minute=30)
    scene.does(
        "handler",
        "complaint.summon",
        complainant=NAMED,
        complainant_agrees=True,
        mediation_at=day.isoformat(),
        mediation_place="本机关调解室",
        mediators=scene.who("handler").name,
        mediation_way="meeting",
    )
    yield day + timedelta(hours=1)
    if NO_AGREEMENT in scene.turns:
        yield from _ended(scene)
    else:
        scene.does(
            "handler",
            "complaint.agree",
            agreed_on=scene.now.date().isoformat(),
            complainant=NAMED,
            agreement=scene.told.demands or "双方继续履行约定，互不追究其他责任。",
            agreement_paper="written",
        )
    yield scene.hours(2)
    scene.does("handler", "close_complaint", result=scene.told.result or found(scene))
    yield from shelved(scene)


def _ended(scene: Scene) -> Story:
    scene.does(
        "handler",
        "complaint.end",
        ending_ground="absent",
        ending_reason="经书面通知，被投诉人没有到场调解，也没有说明理由。",
    )
    yield scene.days(2, "10:10")
    scene.does(
        "handler",
        "complaint.tell",
        told_on=scene.now.date().isoformat(),
        told_way="电话并书面告知投诉人，邮寄告知被投诉人",
    )
