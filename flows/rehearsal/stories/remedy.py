"""Stories of a decision that is turned against: changed under review, or upheld by the court."""

from decimal import Decimal

from domain.situation.penalty import DECIDED
from flows.rehearsal.clockwork import Story
from flows.rehearsal.payments import owed, receipt
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import received, stated, subject_of

BESIDE = ("处罚告知书及送达回证", "处罚决定所依据的法律、法规、规章")
"""What goes to the review or the court beside the evidence of the decision."""


def reviewed_and_changed(scene: Scene) -> Story:
    """The government lowers the fine; what was published is withdrawn, the rest is paid."""
    yield scene.days(3, "09:40")
    lodged = scene.now.date().isoformat()
    yield scene.days(2, "10:30")
    scene.does(
        "handler",
        "remedy.register_review",
        contested="decision",
        lodged_on=lodged,
        copy_received_at=scene.now.isoformat(),
        remedy_no=f"示政复〔2026〕{scene.clue_id}号",
        procedure="ordinary",
        claims="认可违法事实，认为罚款数额过重：主动停止销售并退赔，请求变更。",
    )
    yield scene.days(4, "15:20")
    scene.does(
        "legal", "remedy.answer", **_answer(scene, "罚款在法定幅度之内，退赔情况请依法考虑。")
    )
    yield scene.days(9, "14:10")
    changed = (scene.told.fine * Decimal("0.6")).quantize(Decimal("0.01"))
    today = scene.now.date().isoformat()
    scene.does(
        "legal",
        "remedy.conclude_review",
        outcome="changed",
        outcome_no=f"示政复决〔2026〕{scene.clue_id}号",
        outcome_on=today,
        outcome_received_on=today,
        party_received_on=today,
        **{**stated(scene, DECIDED), DECIDED.fine: str(changed)},
    )
    yield scene.hours(3)
    if scene.facts("case").get("published"):
        scene.does(
            "handler",
            "case.revise_publication",
            publication_change="withdrawn",
            revised_on=scene.now.date().isoformat(),
            revise_reason=f"该处罚决定已由示例市人民政府以示政复决〔2026〕{scene.clue_id}号变更。",
            revised_at="国家企业信用信息公示系统",
        )
    yield scene.days(5, "10:20")
    scene.does("handler", "case.pay", **receipt(scene, owed(scene)))


def sued_and_enforced(scene: Scene) -> Story:
    """The court upholds the decision; then it is asked to enforce it, inside its three months."""
    yield from _sued(scene)
    yield from _judged(scene)
    yield from _urged(scene)
    yield from _in_force(scene)
    yield scene.days(1, "09:30")
    scene.does(
        "head",
        "case.apply_for_enforcement",
        enforcement_request="强制执行罚款，以及判决生效之后依法计算的加处罚款。",
    )
    yield scene.days(3, "11:10")
    scene.does("handler", "case.pay", **receipt(scene, owed(scene)))


def _sued(scene: Scene) -> Story:
    yield scene.days(2, "09:50")
    lodged = scene.now.date().isoformat()
    yield scene.days(2, "10:40")
    scene.does(
        "handler",
        "remedy.register_suit",
        contested="decision",
        lodged_on=lodged,
        copy_received_at=scene.now.isoformat(),
        remedy_no=_number(scene),
        claims="请求撤销处罚决定。",
    )
    yield scene.days(5, "16:00")
    scene.does("legal", "remedy.answer", **_answer(scene, "请求驳回原告的诉讼请求。"))


def _urged(scene: Scene) -> Story:
    """The demand goes out while the suit is pending; the court is not asked meanwhile."""
    limit = scene.situation("case").clock("cx72") or scene.situation("case").clock("cf67")
    while limit is not None and scene.now <= limit.due_at:
        yield scene.days(1, "09:20")
    scene.does(
        "handler",
        "case.urge_payment",
        message="行政诉讼期间加处罚款不予计算。",
        demand_served_on=scene.now.isoformat(),
        demand_way="direct",
        **received(scene),
    )
    yield scene.days(1, "10:00")
    scene.is_refused("head", "case.apply_for_enforcement", enforcement_request="强制执行罚款。")


def _judged(scene: Scene) -> Story:
    yield scene.days(2, "15:00")
    today = scene.now.date().isoformat()
    scene.does(
        "legal",
        "remedy.judge",
        judgment_kind="judgment",
        judgment_no=_number(scene),
        judgment_text=f"驳回原告{subject_of(scene)}的诉讼请求。",
        judged_on=today,
        judgment_received_on=today,
    )


def _in_force(scene: Scene) -> Story:
    appeal = scene.situation("remedy").clock("ss85")
    while appeal is not None and scene.now <= appeal.due_at:
        yield scene.days(1, "09:10")
    scene.does(
        "legal",
        "remedy.conclude_suit",
        outcome="upheld",
        outcome_no=_number(scene),
        effective_on=scene.now.date().isoformat(),
    )


def _number(scene: Scene) -> str:
    return f"（2026）示0102行初{scene.clue_id}号"


def _answer(scene: Scene, asked: str) -> dict[str, object]:
    return {
        "answered_on": scene.now.date().isoformat(),
        "answer_text": f"处罚决定认定事实清楚，证据确凿，适用依据正确，程序合法。{asked}",
        "answer_evidence": "\n".join((*scene.told.evidence, *BESIDE)),
    }
