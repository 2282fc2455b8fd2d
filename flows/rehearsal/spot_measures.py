"""A seizure on the spot, while a matter is verified: recorded, and approved within the day."""

from datetime import timedelta

from flows.rehearsal.case_turns import EQUIPMENT, SEIZED_COLUMNS, kept_at, recorded
from flows.rehearsal.clockwork import Story
from flows.rehearsal.people import officers
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.serving import handed_over
from flows.rehearsal.wording import article, rows


def seized_on_spot(scene: Scene) -> Story:
    """Two officers seize at once and record the scene; the head approves in the afternoon.

    行政强制法第十八条第（七）项、第十九条.
    """
    scene.does(
        "handler",
        "measure.seize_on_spot",
        measure="detain",
        seized_goods=rows(scene.told.goods or EQUIPMENT, SEIZED_COLUMNS),
        taken_at=(scene.now - timedelta(hours=1)).isoformat(),
        measure_officers=officers(scene.holder, scene.clue_id),
        urgency="现场没有安全设施，物品随时可能被转移，来不及事先报批。",
        reason="继续存放、转移可能造成危害、灭失证据，需扣押固定。",
        legal_ground=article(scene, "measures"),
        keep_place=kept_at(scene),
        subject_address=scene.clue().subject_address or scene.clue().place or None,
    )
    recorded(scene)
    yield scene.hours(3)
    scene.does("head", "measure.approve", approval_note="情况紧急属实，同意补办批准。")
    handed_over(scene, "seizure_decision")
    yield scene.hours(1)
