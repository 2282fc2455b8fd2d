"""Stories that end with the verification: nothing unlawful, put right, joint, or taken up again."""

from flows.rehearsal.beats import dispatched, opened, partners, shelved, signed, verified
from flows.rehearsal.clockwork import Story
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.paper_change import report_replaced
from flows.rehearsal.stories.serving import handed_over
from flows.rehearsal.wording import article, conclusion, found, screened, subject_of

CORRECTION_DAYS = 10
NOT_FOUND = "反映问题不属实，建议不予立案并答复来电人。"
TO_CORRECT = "违法行为轻微，隐患可以通过整改消除，建议联合治理、责令限期改正并跟踪复查。"
PUT_RIGHT = "当事人已经改正，建议联合治理，由当事人作出承诺或者对其说服教育，并跟踪回访。"


def slight(scene: Scene) -> tuple[str, str]:
    """What a verification concludes of a slight offence, and advises: as it is governed later."""
    if scene.told.means in {"correct", "promise"}:
        return "to_correct", TO_CORRECT
    return "minor", PUT_RIGHT


def dismiss(scene: Scene) -> Story:
    """Sent, verified, not founded, closed without a case."""
    dispatched(scene)
    yield from signed(scene)
    yield from verified(scene, "unfounded", NOT_FOUND)
    yield from dismissed(scene)


def dismissed(scene: Scene) -> Story:
    """The head decides not to file."""
    yield scene.hours(2)
    scene.does(
        "head",
        "dismiss",
        no_filing_ground="经核查，没有证据证明存在违法行为。",
        result=scene.told.result or "反映问题不属实。",
    )
    yield from shelved(scene)


def rectify(scene: Scene) -> Story:
    """Sent, verified, minor, put right."""
    dispatched(scene)
    yield from signed(scene)
    yield from verified(scene, *slight(scene))
    if "replaced" in scene.turns:
        yield from report_replaced(scene)
    yield from put_right(scene)


def put_right(scene: Scene) -> Story:
    """The head governs by the means that fits: an order to correct, or milder ones."""
    yield scene.hours(3)
    govern(scene)
    if scene.told.means == "correct":
        yield scene.hours(2)
        handed_over(scene, "correction_order")
    yield from shelved(scene)


def govern(scene: Scene) -> None:
    """One act: the means, the demands and what the reporter is told."""
    if scene.told.means != "correct":
        scene.does(
            "head",
            "govern",
            means=scene.told.means,
            demands=scene.told.demands or "立即改正，不得再犯。",
            facts_found=found(scene),
            **screened(scene),
            result=scene.told.result or "当事人已改正。",
            **talk(scene),
        )
        return
    day = scene.days(CORRECTION_DAYS).date()
    scene.does(
        "head",
        "govern",
        means="correct",
        demands=scene.told.demands or "立即改正上述违法行为。",
        correct_by=day.isoformat(),
        facts_found=found(scene),
        **screened(scene),
        nature_ground=f"上述行为违反了{article(scene, 'prohibits')}的规定。",
        order_ground=article(scene, "punishes"),
        result=f"反映问题属实，已责令当事人于{day:%Y年%-m月%-d日}前改正，期满由本机关复查。",
    )


def talk(scene: Scene) -> dict[str, object]:
    """The talk with the party, where talking is the means."""
    if scene.told.means != "persuade":
        return {}
    return {
        "talked_at": scene.now.isoformat(),
        "talk_place": f"{scene.stage.office.rules.departments[scene.holder].name}约谈室",
        "talkers": scene.who("head").name,
        "talk_recorder": scene.who("handler").name,
        "talked_to": f"{subject_of(scene)}负责人",
        "talk_reply": "认识到问题，保证按要求整改，接受监督检查。",
    }


def joint_dissent(scene: Scene) -> Story:
    """Two departments help; one of them sees it differently, and its words go into the report."""
    yield from jointly(scene)
    yield scene.days(3, "10:10")
    for department in partners(scene):
        answered(scene, department)
        yield scene.hours(2)
    yield scene.days(1, "15:00")
    scene.does("handler", "conclude", **conclusion(scene, *slight(scene)))
    yield from put_right(scene)


def joint_silent(scene: Scene) -> Story:
    """Two departments are asked; one answers, the other stays silent though it is urged."""
    yield from jointly(scene)
    speaking = partners(scene)[0]
    yield scene.days(2, "11:00")
    answered(scene, speaking)
    yield scene.days(6, "09:20")
    scene.does("handler", "verification.urge", message="协查反馈期限将至，请尽快反馈核查意见。")
    yield scene.days(4, "14:30")
    form = conclusion(scene, *slight(scene))
    if scene.is_refused("handler", "conclude", **form):
        form["silent_reason"] = "期限届满并经催促仍未反馈，现有证据足以作出结论。"
        scene.does("handler", "conclude", **form)
    yield from put_right(scene)


def jointly(scene: Scene) -> Story:
    """Sent, signed for, and opened as a joint verification."""
    dispatched(scene)
    yield from signed(scene)
    yield scene.days(1, "09:40")
    opened(scene, joint=partners(scene))


def answered(scene: Scene, department: str) -> None:
    """A department gives its findings and its opinion, with its dissent where it has one."""
    function = department.partition("-")[2]
    findings, opinion, *dissent = (
        *scene.told.opinions.get(function, ("未发现涉及本部门职责的问题", "同意主办部门意见")),
    )
    handler = scene.who("handler", department)
    if function not in scene.told.opinions:
        scene.does(handler, "part.decline", reason="经现场查看，未涉及本部门监管职责。")
        return
    scene.does(
        handler,
        "part.submit",
        findings=findings,
        opinion=opinion,
        agrees="dissents" if dissent else "agrees",
        dissent=dissent[0] if dissent else None,
        evidence_items=[{"名称": "现场检查记录", "种类": "书证", "取得方式": "联合现场检查"}],
    )


def reopen(scene: Scene) -> Story:
    """Closed too early: the caller is not satisfied, the supervisor has it taken up again."""
    dispatched(scene)
    yield from signed(scene)
    yield from verified(scene, *slight(scene), days=1)
    yield scene.hours(2)
    govern(scene)
    yield scene.days(5, "10:00")
    scene.does(
        "supervisor",
        "reopen",
        reopen_ground="unsatisfied",
        reopen_due=scene.days(10).date().isoformat(),
        reason="回访来电人不满意，反映的问题仍在，请重新核查并当面答复。",
    )
    yield from verified(scene, slight(scene)[0], "复核后确有未改正之处，建议继续督促整改。")
    yield from put_right(scene)
