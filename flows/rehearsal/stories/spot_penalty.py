"""The story of a penalty on the spot: two officers, a small fine, a record filed in days."""

from flows.rehearsal.beats import closed, dispatched, opened, signed
from flows.rehearsal.clockwork import Story
from flows.rehearsal.evidence_wording import evidence
from flows.rehearsal.people import officers
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import (
    answers,
    article,
    capacity,
    cause,
    found,
    offender,
    party,
)


def penalty_on_spot(scene: Scene) -> Story:
    """A larger fine is refused; the small one is decided at once, paid and filed."""
    dispatched(scene)
    yield from signed(scene)
    yield scene.days(1, "10:00")
    opened(scene)
    yield scene.hours(4)
    form = _decision(scene)
    scene.is_refused("handler", "penalise_on_spot", **{**form, "fine": "5000"})
    scene.does("handler", "penalise_on_spot", **form)
    yield scene.days(1, "09:20")
    today = scene.now.date().isoformat()
    scene.does("handler", "spot_penalty.file_record", filed_with_organ_on=today)
    yield scene.days(1, "10:40")
    scene.does(
        "handler",
        "spot_penalty.pay",
        paid_on=scene.now.date().isoformat(),
        paid=str(scene.told.fine),
        receipt_no=f"SLFK{scene.clue_id:04d}",
    )
    done = "罚款已缴清，违法行为已当场改正。"
    scene.does("handler", "spot_penalty.close", performance_done=done)
    yield from closed(scene, scene.told.result or "已当场处罚并改正。")


def _decision(scene: Scene) -> dict[str, object]:
    place = party(scene)["subject_address"]
    return {
        "case_officers": officers(scene.holder, scene.clue_id),
        "punished_at": scene.now.isoformat(),
        "spot_place": scene.clue().place,
        "offence_ended_on": scene.now.date().isoformat(),
        "offender": offender(scene),
        "cause": cause(scene),
        "facts_found": found(scene),
        "evidence": evidence(scene),
        "nature_ground": f"上述行为违反了{article(scene, 'prohibits')}的规定。",
        "penalty_kinds": ["fine"],
        "fine": str(scene.told.fine),
        "penalty_ground": article(scene, "punishes"),
        **capacity(scene),
        "told": "已出示执法证件，当场告知违法事实、理由、依据和权利；"
        "当事人承认事实，没有陈述、申辩意见。",
        "no_crime_reason": "没有违法所得，数额和情节均不涉及追诉标准。",
        "answers": answers(scene) or None,
        "signed": "signed",
        "pay_by": "bank",
        "subject_address": place,
    }
