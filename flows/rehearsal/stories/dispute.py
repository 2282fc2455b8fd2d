"""Stories of a dispute over jurisdiction: agreed on, or coordinated then decided."""

from flows.rehearsal.beats import dispatched, signed, verified
from flows.rehearsal.clockwork import Story
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.penalty import penalised
from flows.rehearsal.stories.verification import put_right, slight


def disputed(scene: Scene, opponent: str) -> Story:
    """The two sides talk; they agree, or have it coordinated and the government decides."""
    yield scene.hours(1)
    route = "duties" if "duties" in scene.turns else "enforcement"
    mine = scene.holder
    scene.does(
        "head",
        "dispute",
        route=route,
        opponent=opponent,
        reason="按照职责分工，本事项的主要违法行为不由本部门查处。",
        legal_ground="示例市跨部门综合监管事项清单的职责分工",
    )
    yield scene.days(2, "14:40")
    if "agree" in scene.turns:
        scene.does(
            scene.who("head", opponent),
            "dispute.agree",
            lead=opponent,
            agreement="经协商，由双方中主要职责部门主办，另一方配合提供检查记录。",
        )
        return
    yield from decided_by_government(scene, mine, opponent)
    yield scene.days(1, "09:30")
    scene.is_refused(
        "handler",
        "return",
        reason="仍认为不属本部门职责。",
        competent=opponent,
        legal_ground="职责分工",
    )
    yield scene.hours(2)
    scene.does("handler", "accept")


def decided_by_government(scene: Scene, lead: str, opponent: str) -> Story:
    """编办 or justice coordinates; one side does not agree, and the government decides."""
    named = scene.stage.office.rules.departments[lead].name
    other = scene.stage.office.rules.departments[opponent].name
    coordinator = "staffing" if "duties" in scene.turns else "arbiter"
    scene.does(
        "head", "dispute.ask_coordination", negotiation="双方协商两次，对主要职责认识不一致。"
    )
    yield scene.days(3, "10:10")
    view = f"结合职责清单和办理实际，主要违法行为属{named}职责。"
    scene.does(
        coordinator,
        "dispute.coordinate",
        coordination="召集双方会商，查阅三定规定和职责清单。",
        suggested=lead,
        reason=view,
    )
    yield scene.days(2, "15:20")
    scene.does(
        coordinator,
        "dispute.propose",
        suggested=lead,
        failure=f"{other}同意协调意见，{named}认为应由{other}牵头，未能达成一致。",
        reason=view,
    )
    yield scene.days(2, "16:10")
    scene.does("government", "dispute.decide", lead=lead, reason=view)


def dispute(scene: Scene) -> Story:
    """Two departments differ over who is competent."""
    dispatched(scene)
    yield scene.days(1, "11:10")
    yield from disputed(scene, scene.department(scene.told.competent[0]))
    if scene.state() != "accepted":
        yield from signed(scene)
    if scene.told.fine:
        yield from penalised(scene)
        return
    yield from verified(scene, *slight(scene))
    yield from put_right(scene)
