"""Stories of a penalty case, from filing to the archive, with a hearing where one is asked for."""

from decimal import Decimal

from flows.rehearsal.beats import closed, dispatched, endorsed, signed, verified
from flows.rehearsal.case_turns import (
    asks_hearing,
    bureau,
    case_turns,
    colleague,
    has_hearing,
    heard,
)
from flows.rehearsal.clockwork import Story
from flows.rehearsal.payments import owed, receipt
from flows.rehearsal.people import officers
from flows.rehearsal.police_scenes import opinion_answered
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.remedy import reviewed_and_changed, sued_and_enforced
from flows.rehearsal.stories.serving import served_in_case
from flows.rehearsal.wording import (
    CLOSING,
    decision,
    facts_recorded,
    filing,
    imposed,
    notice,
    received,
    report,
    subject_of,
)

UNLAWFUL = "违法事实清楚，建议立案查处。"


def penalty_simple(scene: Scene) -> Story:
    """Verified, filed, investigated, reviewed, announced, decided, paid and published."""
    dispatched(scene)
    yield from signed(scene)
    yield from penalised(scene)


def penalty_hearing(scene: Scene) -> Story:
    """The same with the right to a hearing, which is used or not."""
    yield from penalty_simple(scene)


def penalised(scene: Scene) -> Story:
    """From the verification of a signed clue to its archive."""
    yield from verified(scene, "unlawful", UNLAWFUL)
    yield from filed(scene)
    yield from to_the_end(scene)


def filed(scene: Scene) -> Story:
    """The head files; two officers investigate and hold the facts against the criminal law."""
    yield scene.hours(2)
    endorsed(scene, "", "file_case")
    yield scene.hours(1)
    scene.does("head", "file_case", **filing(scene))
    yield scene.days(1, "09:30")
    yield from case_turns(scene)
    scene.does("handler", "case.record_facts", **facts_recorded(scene))


def to_the_end(scene: Scene) -> Story:
    """From the recorded facts to the archive; a crime is another story's business."""
    yield from reviewed(scene)
    yield from announced(scene)
    if "open_at_hearing" in scene.turns:
        return
    yield from decided(scene)
    yield from opinion_answered(scene)
    if "no_penalty" not in scene.turns and scene.told.fine:
        yield from paid(scene)
        if "open_unpaid" in scene.turns:
            return
    yield from ended(scene)


def reviewed(scene: Scene) -> Story:
    """The report, and a review by somebody who did not investigate."""
    kind = "legal" if has_hearing(scene) else "plain"
    yield scene.days(1, "10:30")
    scene.does("handler", "case.report", **report(scene))
    yield scene.hours(1)
    scene.does("handler", "case.send_for_review", needs_legal_review=kind)
    if "send_back" in scene.turns:
        yield scene.days(2, "11:20")
        scene.does(
            "legal", "case.send_back", review_opinion="违法所得计算依据不足，请补充平台结算数据。"
        )
        yield scene.days(2, "15:00")
        scene.does("handler", "case.report", **report(scene))
        yield scene.hours(1)
        scene.does("handler", "case.send_for_review", needs_legal_review=kind)
    yield scene.days(2, "14:20")
    scene.does(
        "legal",
        "case.pass_review",
        review_opinion="事实清楚，证据确凿，定性准确，程序合法，裁量适当，同意。",
    )


def announced(scene: Scene) -> Story:
    """The notice, and what the party makes of its rights."""
    yield scene.hours(4)
    if "no_penalty" in scene.turns:
        return
    right = "hearing" if has_hearing(scene) else "statement"
    scene.does("head", "case.notice", **notice(scene, right))
    if "statement" in scene.turns:
        yield scene.days(2, "15:40")
        scene.does(
            "handler",
            "case.record_statement",
            statement="承认违法事实，已整改并赔偿，请求从轻处罚。",
            statement_reviewed="裁量时已考虑整改和赔偿情节，维持拟处罚意见。",
            stated_at=scene.now.isoformat(),
            statement_place=f"{bureau(scene)}案件办理室",
            stated_by=f"{subject_of(scene)}负责人",
            statement_recorder=colleague(scene),
        )
    if asks_hearing(scene):
        yield from heard(scene)
    elif has_hearing(scene) or "statement" not in scene.turns:
        yield scene.days(6, "09:15")


def decided(scene: Scene) -> Story:
    """Discussed where it is heavy, decided, and served."""
    yield scene.days(1, "10:00")
    if "no_penalty" in scene.turns:
        scene.does(
            "head",
            "case.decide_no_penalty",
            no_penalty_kind="slight",
            no_penalty_ground="违法行为轻微并及时改正，没有造成危害后果。",
            corrected="检查次日即停止违法行为，并取得许可。",
            harm="经核查没有人员伤害和财产损失，没有危害后果。",
            education="已约谈当事人，要求依法取得许可后经营。",
        )
    else:
        if has_hearing(scene):
            scene.does(
                "principal",
                "case.discuss",
                discussed_on=scene.now.isoformat(),
                discussion_place=f"{bureau(scene)}会议室",
                discussion_chair=scene.who("principal").name,
                attendants=f"{scene.who('principal').name}、{scene.who('head').name}",
                observers=scene.who("legal").name,
                discussion_recorder=colleague(scene),
                discussion=discussion(scene),
                discussion_result="一致同意拟处罚意见。",
            )
            yield scene.hours(2)
        endorsed(scene, "case", "decide")
        followed = (
            "听证意见予以采纳；当事人从轻的意见已在裁量中考虑。" if asks_hearing(scene) else None
        )
        scene.does("head", "case.decide", hearing_followed=followed, **decision(scene))
    yield scene.days(1, "15:10")
    scene.does(
        "handler",
        "case.serve",
        served_on=scene.now.isoformat(),
        service_way="direct",
        servers=officers(scene.holder, scene.clue_id),
        **received(scene),
    )


def discussion(scene: Scene) -> str:
    """Who said what: a record of a discussion without the opinion of each is sent back."""
    first, second = scene.who("principal").name, scene.who("head").name
    told = "；".join(imposed(scene))
    return (
        f"听取案情汇报和审核意见。\n{second}：事实清楚，证据充分，程序合法，同意{told}。\n"
        f"{first}：同意；裁量与违法情节相当，按程序办理并督促改正。"
    )


def paid(scene: Scene) -> Story:
    """Paid in time; or in parts; or late, after an urging letter, with its surcharge.

    Or after a review that lowered the fine, or a suit that upheld it.
    """
    if "open_unpaid" in scene.turns:
        return
    if "review_changed" in scene.turns:
        yield from reviewed_and_changed(scene)
        return
    if "suit_upheld" in scene.turns:
        yield from sued_and_enforced(scene)
        return
    if "part_payment" in scene.turns:
        yield scene.days(4, "10:00")
        part = (scene.told.fine / 2).quantize(Decimal("0.01"))
        scene.does("handler", "case.pay_part", **receipt(scene, part))
    if "late_payment" in scene.turns:
        yield scene.days(12, "09:20")
        scene.does(
            "handler",
            "case.urge_payment",
            message="缴款码已经失效的，可以到本机关重新领取。",
            demand_served_on=scene.now.isoformat(),
            **received(scene),
        )
        yield scene.days(5, "11:30")
        scene.is_refused("handler", "case.pay", **receipt(scene, scene.told.fine))
    else:
        yield scene.days(4, "10:40")
    scene.does("handler", "case.pay", **receipt(scene, owed(scene)))


def ended(scene: Scene) -> Story:
    """Enforced, published, closed, archived."""
    yield scene.hours(2)
    done = "罚没款已全部缴清，违法行为已改正。" if scene.told.fine else "已改正，决定已送达。"
    if "no_penalty" in scene.turns:
        done = "不予处罚决定已送达，当事人已改正。"
    taken = scene.told.forfeited > 0
    if taken:
        done = f"没收的财物已经收缴，{done}"
    scene.does("handler", "case.enforce", performance_done=done, goods_taken=taken or None)
    yield scene.days(1, "10:10")
    yield from scene.until(lambda: not scene.runs("gs9"), 10, "处罚决定公示")
    if scene.facts("case").get("seized"):
        scene.does("head", "case.release_seized", reason="案件办结，设备已检验合格。")
        served_in_case(scene, "seizure_release")
        yield scene.hours(1)
    scene.does("head", "case.close", officers_opinion=CLOSING)
    yield scene.hours(2)
    scene.does("legal", "case.archive")
    yield from closed(scene, "违法行为属实，已依法作出行政处罚，处罚决定已经执行完毕。")
