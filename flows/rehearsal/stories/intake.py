"""Stories of the desk: what repeats, belongs elsewhere, is split, sent astray or disputed."""

from dataclasses import replace

from sqlmodel import col, select

from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.rehearsal.beats import dispatched, lead_for, signed, suggestion, verified
from flows.rehearsal.clockwork import Story
from flows.rehearsal.narrative import Narrative
from flows.rehearsal.scene import Scene, find_clue
from flows.rehearsal.stories.complaint import settled
from flows.rehearsal.stories.dispute import disputed
from flows.rehearsal.stories.penalty import penalised
from flows.rehearsal.stories.verification import NOT_FOUND, dismissed, put_right, slight
from flows.rehearsal.work_orders import DemoOrder
from flows.site.store import reading

WAYS = {
    "litigation": "诉讼",
    "discipline": "纪检监察",
    "arbitration": "仲裁",
    "administrative": "其他行政程序",
    "petition": "信访",
    "review": "行政复议",
    "private": "协商、调解或者民事诉讼",
}
BODIES = {
    "litigation": "示例市示例区人民法院",
    "discipline": "示例市纪委监委",
    "arbitration": "示例市劳动人事争议仲裁委员会",
    "administrative": "事发地街道办事处、镇人民政府",
    "petition": "示例市信访局",
    "review": "示例市人民政府",
    "private": "所在地人民调解委员会，或者示例市示例区人民法院",
}
"""Who is open to the caller on each way."""
THIRD_HOP = 3


def redirect(scene: Scene) -> Story:
    """Not a matter of administration: the caller is told where to turn."""
    way = str(suggestion(scene).get("other_channel") or "other")
    way = way if way in WAYS else "other"
    scene.does(
        "clerk",
        "redirect",
        way=way,
        way_body=BODIES.get(way, "示例市人民政府办公室"),
        reason=f"所反映事项应当通过{WAYS.get(way, '其他法定途径')}解决，不属于行政机关处理范围。",
    )
    yield scene.days(1)


def duplicate(scene: Scene) -> Story:
    """The clerk looks at the suspicion, compares the two, and merges."""
    master = original_of(scene)
    yield scene.days(1, "15:30")
    new = "new_facts" in scene.turns
    scene.does(
        "clerk",
        "merge",
        master=master.no,
        new_facts="has_new" if new else "none_new",
        reason=likeness(scene, master),
    )
    if "unmerge" in scene.turns:
        yield from stands_alone(scene, master)


def original_of(scene: Scene) -> Clue:
    """The clue that this one repeats."""
    with reading(scene.stage.office.engine) as session:
        found = find_clue(session, scene.order.original or "")
    if found is None:
        raise LookupError(f"{scene.order.number}要并入的{scene.order.original}没有登记")
    return found


def likeness(scene: Scene, master: Clue) -> str:
    """Why the two are taken for one: the program's reason, or the clerk's own comparison."""
    with reading(scene.stage.office.engine) as session:
        query = select(Suspicion).where(
            col(Suspicion.clue_id) == scene.clue_id, col(Suspicion.other_id) == master.id
        )
        found = session.exec(query).first()
    if found is None:
        return "经人工比对，与主线索反映同一当事人、同一事项。"
    return f"系统提示疑似重复（{found.score:.0%}）：{found.reason}；经人工比对属同一事项。"


def stands_alone(scene: Scene, master: Clue) -> Story:
    """On a second look it is a matter of its own, and goes its own way."""
    yield scene.days(2, "10:20")
    scene.does("clerk", "unmerge", reason="反映的是销售环节的另一当事人，应当单独核查。")
    yield scene.hours(1)
    with reading(scene.stage.office.engine) as session:
        lead = session.get_one(Clue, master.id).department_id
    dispatched(scene, lead, reason="食品销售环节的问题，由主线索主办部门一并核查。")
    yield from signed(scene)
    yield from verified(scene, "unfounded", NOT_FOUND)
    yield from dismissed(scene)


def split(scene: Scene) -> Story:
    """Complaint and reports are taken apart: the one is mediated, the others are verified."""
    parts = [
        {"title": one.title, "content": one.content, "category": "举报"} for one in scene.told.parts
    ]
    kept = {"kept_title": scene.told.kept_title, "kept_content": scene.told.kept_content}
    scene.does("clerk", "split", parts=parts, reason="投诉与举报事项由不同部门分别处理。", **kept)
    for one in scene.told.parts:
        child = split_off(scene, one.title)
        order = DemoOrder(cells=scene.order.cells, function=one.function)
        own = replace(
            scene,
            clue_id=child.id or 0,
            no=child.no,
            order=order,
            told=Narrative(found=one.found, evidence=one.evidence, demands=one.demands),
        )
        scene.stage.agenda.add(f"{child.no}（拆分）", whole_part(own), scene.hours(1))
    yield scene.hours(0.5)
    dispatched(scene)
    yield from settled(scene)


def split_off(scene: Scene, title: str) -> Clue:
    """The clue that was made of a part."""
    with reading(scene.stage.office.engine) as session:
        query = select(Clue).where(col(Clue.title) == title).order_by(col(Clue.id).desc())
        return session.exec(query).first() or scene.clue()


def whole_part(scene: Scene) -> Story:
    """The life of a part."""
    dispatched(scene)
    yield from signed(scene)
    yield from verified(scene, *slight(scene))
    yield from put_right(scene)


def withdraw(scene: Scene) -> Story:
    """Sent to the wrong department, noticed at once, taken back and sent to the right one."""
    proposed = str(suggestion(scene).get("lead"))
    right = scene.department(scene.told.lead) if scene.told.lead else proposed
    wrong = proposed if right != proposed else scene.department("market")
    dispatched(scene, wrong)
    yield scene.hours(0.6)
    scene.does("clerk", "withdraw", reason="分办有误，核对职责清单后重新分办。")
    yield scene.hours(0.3)
    dispatched(scene, right)
    yield from signed(scene)
    yield from verified(scene, *slight(scene))
    yield from put_right(scene)


def return_once(scene: Scene) -> Story:
    """The department returns it and says who is competent; at the third hop it has to dispute."""
    dispatched(scene)
    for function in scene.told.competent:
        yield scene.days(1, "10:40")
        competent = scene.department(function)
        if sent_back(scene, competent):
            yield scene.hours(2)
            dispatched(scene, competent, reason=f"{returner(scene)}退回并提出建议，经研判转办。")
            continue
        yield from disputed(scene, competent)
    if scene.state() != "accepted":
        yield from signed(scene)
    yield from verified(scene, *slight(scene))
    yield from put_right(scene)


def sent_back(scene: Scene, competent: str) -> bool:
    """Whether the department could return the clue."""
    name = scene.stage.office.rules.departments[competent].name
    form: dict[str, object] = {
        "reason": f"经现场查看，主要问题属{name}职责。",
        "competent": competent,
        "legal_ground": "示例市跨部门综合监管事项清单的职责分工",
    }
    if scene.clue().hops >= THIRD_HOP:
        return not scene.is_refused("handler", "return", **form)
    scene.does("handler", "return", **form)
    return True


def returner(scene: Scene) -> str:
    """Who returned the clue last."""
    found = scene.situation().of_kind("transfer")
    return scene.stage.office.rules.departments[found[-1].department].name if found else "承办部门"


def deemed_accepted(scene: Scene) -> Story:
    """Nobody signs: past the limit silence counts as signing, and the work is owed all the same."""
    dispatched(scene, lead_for(scene))
    yield scene.days(1)
    yield from scene.until(lambda: scene.state() == "accepted", 6, "逾期视为签收")
    if scene.told.fine:
        yield from penalised(scene)
        return
    yield from verified(scene, *slight(scene))
    yield from put_right(scene)
