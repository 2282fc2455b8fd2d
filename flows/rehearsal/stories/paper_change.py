"""Papers that left the house: served on record, corrected, or taken back and issued anew."""

from flows.papers.correction_rights import Correction
from flows.papers.corrections import reissue
from flows.rehearsal.clockwork import Story
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.serving import newest


def letter_corrected(scene: Scene) -> Story:
    """The letter to the police bears a wrong digit: legal staff asks, its signer approves."""
    letter = newest(scene, "crime_transfer")
    phone = str(letter.facts["联系电话"])
    scene.does(
        "legal",
        "paper_change.ask_correction",
        paper=letter.id,
        addressee=scene.stage.office.rules.departments[scene.department("police")].name,
        wrong_text=f"联系电话：{phone}",
        right_text=f"联系电话：{phone[:-1]}{(int(phone[-1]) + 6) % 10}",
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
