"""Stories of departments that sleep: reminders climb, an order comes, and is heeded or not."""

from domain.situation.situation import ProcessView
from flows.rehearsal.beats import dispatched, signed, verified
from flows.rehearsal.clockwork import Story
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.verification import put_right, slight

SENT = {"ordered", "acknowledged", "reported", "opinion_given"}
PATIENCE = 40


def late_escalated(scene: Scene) -> Story:
    """Nobody verifies until the supervisor's order; one department heeds only his opinion."""
    dispatched(scene)
    if "unsigned" in scene.turns:
        yield scene.days(1)
        yield from scene.until(lambda: scene.state() == "accepted", 6, "逾期视为签收")
    else:
        yield from signed(scene)
    yield scene.days(1)
    yield from scene.until(lambda: order(scene) is not None, PATIENCE, "督办函")
    if "unheeded" in scene.turns:
        yield from unheeded(scene)
    else:
        yield scene.hours(3)
        does(scene, "head", "acknowledge", plan="已指定专人，三日内完成核查。")
    yield from verified(scene, *slight(scene), days=1)
    yield scene.hours(1)
    does(scene, "head", "report", progress="核查已完成并作出结论，逾期系案件移交衔接不畅，已整改。")
    yield scene.days(1, "10:10")
    does(scene, "supervisor", "close", closing_opinion="已查明并办理，准予销号。")
    yield from put_right(scene)


def order(scene: Scene) -> ProcessView | None:
    """The supervision that was sent for this clue."""
    found = [one for one in scene.situation().of_kind("supervision") if one.state in SENT]
    return found[0] if found else None


def does(scene: Scene, chair: str, action: str, **form: object) -> None:
    """An act on the order that was sent, whatever drafts lie beside it."""
    found = order(scene)
    process_id = found.id if found else None
    scene.does(chair, f"supervision.{action}", process_id=process_id, **form)


def unheeded(scene: Scene) -> Story:
    """The order's day passes in silence; the supervisor gives his opinion."""
    yield scene.days(1, "10:00")
    yield from scene.until(lambda: is_over(scene), PATIENCE, "督办期限届满")
    does(
        scene,
        "supervisor",
        "give_opinion",
        opinion_text="逾期未签收督办函、未启动核查，责成立即改正并书面说明。",
        due_on=scene.days(5).date().isoformat(),
    )
    yield scene.days(1, "09:10")


def is_over(scene: Scene) -> bool:
    """Whether the day that the order set has passed."""
    own = order(scene)
    clocks = [c for c in scene.situation().clocks if own and c.process_id == own.id]
    return any(c.rule == "jdtl27" and c.due_at < scene.now for c in clocks)
