"""Scenes of police and procuratorate with a referral, and how the bureau answers."""

from domain.guards.registry import moment_of
from domain.situation.situation import Actor
from flows.rehearsal.clockwork import Story
from flows.rehearsal.evidence_wording import materials
from flows.rehearsal.people import person
from flows.rehearsal.scene import Scene
from flows.rehearsal.wording import handover, imposed

NOT_FILED = "移送材料足以证明有犯罪事实需要追究刑事责任，公安机关应当立案而不立案。"
NO_RECEIPT = "移送后公安机关逾期未签收回执，也未作出是否立案的决定。"
COUNTY_POLICE = "shixian-police"


def addressed(scene: Scene) -> str:
    """The police to whom the referral is addressed now."""
    process = scene.process("referral")
    return (process.counterpart if process else None) or scene.department("police")


def officer(scene: Scene) -> str:
    """The name of the liaison officer."""
    return liaison(scene).name


def liaison(scene: Scene) -> Actor:
    """The liaison officer of the police addressed."""
    return person(addressed(scene), "police_liaison")


def received(scene: Scene, *, complete: bool = True, competent: bool = True) -> Story:
    """The receipt: complete or not, competent or not."""
    yield scene.hours(2)
    scene.does(
        liaison(scene),
        "referral.receipt",
        receiver=officer(scene),
        received_at=scene.now.isoformat(),
        complete="complete" if complete else "incomplete",
        competent="competent" if competent else "elsewhere",
        pages_received="与移送材料清单所列份数、页数一致" if complete else "按清单接收，尚缺材料",
    )


def supplemented(scene: Scene) -> Story:
    """What is missing is named and brought."""
    yield scene.hours(3)
    scene.does(
        liaison(scene),
        "referral.ask_supplement",
        missing="请补充电子数据提取笔录和调取证据通知书。",
    )
    yield scene.days(1, "11:00")
    scene.does(
        "handler",
        "referral.supplement",
        materials=materials(scene, ("电子数据提取笔录", "调取证据通知书")),
    )


def forwarded(scene: Scene) -> Story:
    """The packet goes to the police of the place of the offence, who sign for it."""
    yield scene.hours(4)
    scene.does(
        liaison(scene),
        "referral.forward",
        police=COUNTY_POLICE,
        forward_ground="制假贴标行为发生在示例县，由犯罪地公安机关管辖。",
    )
    yield from received(scene)


def number(scene: Scene, word: str) -> str:
    """A number of the police or procuratorate, fictitious like everything here."""
    return f"示{word}〔2026〕{scene.clue_id}号"


def entered_on_platform(scene: Scene) -> None:
    """An environmental bureau enters its decision on the shared platform, as its rules say."""
    if scene.runs("hj34_platform"):
        scene.does(
            "handler",
            "referral.record_platform",
            platform="entered",
            platform_on=scene.now.date().isoformat(),
        )


def filed_by_police(scene: Scene) -> Story:
    """The police file, and the goods are handed over in three days."""
    if "extend_review" in scene.turns:
        yield scene.days(4, "10:00")
        scene.does(
            liaison(scene), "referral.extend_review", reason="涉及人员众多，需核实资金去向。"
        )
        yield scene.days(5, "10:00")
    else:
        yield scene.days(1, "15:40")
    police_files(scene)
    yield scene.days(1, "10:30")
    scene.does("handler", "referral.hand_over", **(handover(scene) | {"handed_to": officer(scene)}))


def police_files(scene: Scene) -> None:
    """The decision to file."""
    scene.does(
        liaison(scene),
        "referral.file",
        filing_no=number(scene, "公立字"),
        filed_on=scene.now.date().isoformat(),
        filing_notice_at=scene.now.isoformat(),
    )


def refused(scene: Scene) -> Story:
    """The police refuse with reasons and give the file back."""
    yield scene.days(1, "16:00")
    form: dict[str, object] = {
        "refusal_no": number(scene, "公不立字"),
        "refusal_ground": "现有证据不能证明达到追诉标准，情节显著轻微，不需要追究刑事责任。",
        "ground_kind": "slight",
        "files_returned": True,
        "refusal_notice_at": scene.now.isoformat(),
    }
    if "bad_refusal" in scene.turns:
        scene.is_refused(
            liaison(scene), "referral.refuse", **(form | {"ground_kind": "incomplete"})
        )
    scene.does(liaison(scene), "referral.refuse", **form)


def reconsidered(scene: Scene, *, overturned: bool) -> Story:
    """The bureau asks for reconsideration within three days; the police decide in three more."""
    yield scene.hours(16)
    scene.does(
        "head",
        "referral.reconsider",
        reconsider_ground="移送书所附证据足以证明涉案数额和情节已达到追诉标准，请予复议。",
    )
    entered_on_platform(scene)
    yield scene.days(1, "14:00")
    if overturned:
        police_files(scene)
        yield scene.days(1, "10:30")
        form = handover(scene) | {"handed_to": officer(scene)}
        scene.does("handler", "referral.hand_over", **form)
        return
    scene.does(
        liaison(scene),
        "referral.uphold_refusal",
        uphold_ground="经复议，原不予立案决定认定事实清楚，予以维持。",
        uphold_notice_at=scene.now.isoformat(),
    )


def asked_for_reasons(scene: Scene) -> Story:
    """The procuratorate requires the police to give their reasons in writing."""
    yield scene.days(1, "10:20")
    scene.does(
        "procuratorate",
        "referral.ask_reasons",
        reasons_request_no=number(scene, "检不立理由"),
        reasons_request_at=scene.now.isoformat(),
    )


def is_over(scene: Scene, rule: str) -> bool:
    """Whether a running limit has passed."""
    clock = scene.situation("referral").clock(rule)
    return clock is not None and scene.now > clock.due_at


def ordered_to_file(scene: Scene, *, explained: bool) -> Story:
    """The procuratorate has the police explain, finds no good reason, and orders them to file."""
    yield scene.hours(5)
    scene.does(
        "head",
        "referral.ask_supervision",
        supervision_ground=NOT_FILED if explained else NO_RECEIPT,
    )
    entered_on_platform(scene)
    yield from asked_for_reasons(scene)
    if explained:
        yield scene.days(3, "10:00")
        scene.does(
            liaison(scene),
            "referral.explain_refusal",
            explanation="认为倾倒数量的计算依据不足。",
        )
        yield scene.days(3, "15:00")
    else:
        yield from scene.until(lambda: is_over(scene, "jg562"), 10, "公安机关说明理由期限届满")
    scene.does(
        "procuratorate",
        "referral.order_filing",
        order_no=number(scene, "检通立"),
        order_received_at=scene.now.isoformat(),
    )
    yield scene.days(4, "11:00")
    police_files(scene)
    yield scene.days(1, "10:30")
    scene.does("handler", "referral.hand_over", **(handover(scene) | {"handed_to": officer(scene)}))


def without_receipt(scene: Scene) -> Story:
    """The police do not sign; the bureau is reminded, and turns to the procuratorate."""
    yield scene.days(5, "09:30")
    yield from ordered_to_file(scene, explained=False)


def taken_back(scene: Scene) -> Story:
    """The police drop the case, or the procuratorate does not prosecute and gives its opinion."""
    yield scene.days(6, "15:20")
    if "cancel" in scene.turns:
        scene.does(
            liaison(scene),
            "referral.cancel",
            cancel_ground="经侦查，情节显著轻微、危害不大，不认为是犯罪。",
            cancelled_on=scene.now.date().isoformat(),
        )
        yield scene.days(1, "10:00")
        scene.does("head", "referral.close", referral_result="公安机关撤销案件，恢复行政处罚程序。")
        return
    scene.does(
        "procuratorate",
        "referral.non_prosecution",
        opinion_no=number(scene, "检意"),
        opinion_text="决定不起诉，建议对当事人给予行政处罚，并函告处理结果。",
        opinion_received_at=scene.now.isoformat(),
    )


def opinion_answered(scene: Scene) -> Story:
    """The procuratorate is told in writing what its opinion came to, and the referral ends."""
    if not scene.runs("gj21_9"):
        return
    yield scene.days(1, "10:00")
    case = scene.facts("case")
    decided = moment_of(case.get("decided_at")) or scene.now
    told = (
        f"本机关已恢复行政处罚程序，于{decided.astimezone(scene.now.tzinfo):%Y年%-m月%-d日}"
        f"作出行政处罚决定并已送达当事人。处罚内容：{'；'.join(imposed(scene))}"
    )
    if scene.state("justice_paper") == "awaiting":
        scene.does("head", "justice_paper.reply", opinion_reply=told)
        return
    scene.does("head", "referral.reply_opinion", opinion_reply=told)
    yield scene.hours(1)
    scene.does("head", "referral.close", referral_result="不起诉，已依检察意见给予行政处罚。")
