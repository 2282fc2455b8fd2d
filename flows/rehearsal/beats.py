"""The beats that many stories share: a clue is sent, signed for, verified, closed and archived."""

from collections.abc import Sequence

from flows.rehearsal.case_turns import inspected, seized_on_spot
from flows.rehearsal.clockwork import Story
from flows.rehearsal.people import chairs
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import conclusion

LEADS_ON = frozenset({"unlawful", "criminal"})
"""Findings that rest on what officers saw at the place."""
JOINT = 2
"""How many departments the rehearsal asks to a joint verification."""


def suggestion(scene: Scene) -> dict[str, object]:
    """What the program proposed when the clue was registered."""
    found = scene.facts().get("suggestion")
    return dict(found) if isinstance(found, dict) else {}


def lead_for(scene: Scene) -> str:
    """The clerk follows the suggestion, unless he knows better."""
    if scene.order.function:
        return scene.department(scene.order.function)
    return str(suggestion(scene).get("lead"))


def dispatched(
    scene: Scene, lead: str = "", cooperating: Sequence[str] = (), reason: str = ""
) -> None:
    """The clerk sends the clue to its lead, with the reason that led there."""
    proposed = suggestion(scene)
    lead = lead or lead_for(scene)
    followed = lead == proposed.get("lead")
    name = scene.stage.office.rules.departments[lead].name
    scene.does(
        "clerk",
        "dispatch",
        lead=lead,
        cooperating=list(cooperating) or None,
        matter=matter_for(scene, lead),
        reason=reason
        or str(proposed.get("ground") if followed else f"经人工研判，所反映事项属{name}职责。"),
    )


def matter_for(scene: Scene, lead: str) -> str | None:
    """The matter that goes with a lead: as proposed, as a candidate, or as the clerk knows."""
    proposed = suggestion(scene)
    known = scene.stage.office.rules.matters.get(scene.told.matter)
    if known is not None and lead == scene.department(known.lead):
        return scene.told.matter
    if lead == proposed.get("lead"):
        return str(proposed["matter"]) if proposed.get("matter") else None
    candidates = proposed.get("candidates")
    fitting = [
        one.get("matter")
        for one in (candidates if isinstance(candidates, list) else [])
        if one.get("department") == lead and one.get("matter")
    ]
    return str(fitting[0]) if fitting else None


def partners(scene: Scene) -> list[str]:
    """The departments to co-operate: those whose opinion is told, else the first proposed."""
    told = [scene.department(one) for one in scene.told.opinions]
    proposed = suggestion(scene).get("cooperating")
    names = [str(one) for one in proposed] if isinstance(proposed, list) else []
    fit = [one for one in names if not one.endswith("-police") and one != scene.holder]
    return told + [one for one in fit if one not in told][: max(JOINT - len(told), 0)]


def signed(scene: Scene) -> Story:
    """The handler signs on the next working morning, and says where it is a report alone.

    The hotline calls many a report 投诉; a consumer's own dispute is another story's business.
    """
    yield scene.days(1, "08:50")
    reports = "投诉" in scene.clue().category
    scene.does("handler", "accept", complaint_kind="report" if reports else None)


def opened(scene: Scene, scope: str = "", joint: Sequence[str] = ()) -> None:
    """The verification begins; where the party is being verified already, with the reason."""
    form: dict[str, object] = {
        "scope": scope
        or f"在职责范围内核实来件反映的“{scene.clue().title}”是否属实，查明后提出处理意见。",
        "cooperating": list(joint) or None,
    }
    if scene.situation().elsewhere.under_verification and scene.is_refused(
        "handler", "verify", **form
    ):
        form["same_subject_reason"] = "两件线索事项、主办部门均不同，分别核查，结论互相通报。"
        scene.does("handler", "verify", **form)
        return
    if scene.state() == "accepted":
        scene.does("handler", "verify", **form)


def verified(scene: Scene, finding: str, opinion: str, days: int = 2) -> Story:
    """A verification by one department, with the turns of the clue, to its conclusion."""
    yield scene.days(1, "10:00")
    opened(scene)
    yield scene.days(1, "14:10")
    if finding in LEADS_ON:
        inspected(scene)
    yield from verification_turns(scene)
    yield scene.days(days, "15:20")
    scene.does("handler", "conclude", **conclusion(scene, finding, opinion))


def verification_turns(scene: Scene) -> Story:
    """What is special about a verification: goods seized, samples tested, time, help."""
    if "seize_on_spot" in scene.turns:
        yield from seized_on_spot(scene)
    if "testing" in scene.turns:
        yield from tested(scene)
    if "extension" in scene.turns:
        scene.does("head", "extend_verification", reason="涉及多方当事人，取证尚需时间。")
        yield scene.days(6, "11:00")
    if "request" in scene.turns:
        yield from helped(scene)


def tested(scene: Scene) -> Story:
    """Samples are tested over the holiday; the limit stands still meanwhile."""
    scene.does(
        "handler",
        "send_for_testing",
        testing="对现场抽取的样品进行检验",
        institution="示例市产品质量检验研究院",
        testing_until=scene.days(8).date().isoformat(),
        samples=[{"名称": "现场抽取的样品", "规格批号": "见抽样单", "数量": "3份"}],
    )
    yield scene.days(6, "10:30")
    scene.does("handler", "receive_test_result", test_result="检验报告已出具，结论载入核查情况。")


def helped(scene: Scene) -> Story:
    """Another department is asked for what it knows, and answers."""
    registers = not scene.holder.endswith("-market")
    other = scene.department("market" if registers else "police")
    known = "登记信息" if registers else "有关人员的身份信息"
    scene.does(
        "handler",
        "request.ask",
        to_department=other,
        request_kind="assistance",
        request_text=f"请提供当事人的{known}和以往处理情况。",
        request_due=scene.days(5).date().isoformat(),
    )
    yield scene.days(2, "16:00")
    scene.does(
        scene.who("handler", other),
        "request.answer",
        answer=f"{known}附后，近两年没有处理记录。",
    )


def shelved(scene: Scene, days: int = 2) -> Story:
    """The legal staff archives what is closed."""
    yield scene.days(days, "16:30")
    scene.does("legal", "archive")


def closed(scene: Scene, result: str) -> Story:
    """The head closes the clue, and it is archived."""
    yield scene.hours(3)
    scene.does("head", "close", result=result)
    yield from shelved(scene)


def endorsed(scene: Scene, process: str, matter: str = "") -> None:
    """The head of the section gives his opinion on a matter, where the department has one.

    `process` as in the names of actions, empty for the clue itself.
    """
    if (scene.holder, "section_head") not in chairs():
        return
    action = f"{process}.endorse" if process else "endorse"
    about = {"for_action": matter} if matter else {}
    scene.does("section", action, endorsement="事实清楚，程序合法，同意，请审批。", **about)
