"""Turns on the way through a case: goods held, samples tested, a stop, a hearing."""

import re
from datetime import timedelta

from domain.penalties.hearing_right import hearing_is_due
from flows.rehearsal.clockwork import Story
from flows.rehearsal.people import officers, person
from flows.rehearsal.scene import Scene
from flows.rehearsal.stories.serving import handed_over, served_in_case
from flows.rehearsal.wording import article, found, party, penalty, received, rows, subject_of

SEIZED_COLUMNS = ("名称", "规格", "单位", "数量", "存放地点")


RECORDERS = ("林晓棠", "纪以宁", "岑修文", "柳明远", "温如玉", "骆长青", "宋知秋")
"""Who keeps the record of a hearing in a bureau: nobody who investigated."""
_JUDGED = re.compile(
    "查实|核实|鉴定|检验|检出|检测|送检|实测|比对|调取|辨认|平台|核定|判定|查获渠道|收费|收取|收款|销售数据|违法所得|获利|骗取|吸收|责令|未兑付|经计算|退赔|追查|年化|中标"
)
"""Words of what came of statements, books and tests: nobody saw it at the place."""
EQUIPMENT = (("蒸汽锅炉", "LSS1.0-0.8-Y", "台", "1", "原地封存"),)


def kept_at(scene: Scene) -> str | None:
    """Where seized goods stay; nothing where each of them is told with its own place."""
    return None if scene.told.goods else scene.clue().place or "原地封存"


def bureau(scene: Scene) -> str:
    """The department's full name."""
    return scene.stage.office.rules.departments[scene.holder].name


def recorder(scene: Scene) -> str:
    """Who keeps the record of a hearing of this bureau."""
    place = sorted(scene.stage.office.rules.departments).index(scene.holder)
    return f"{RECORDERS[place % len(RECORDERS)]}（法制机构）"


def seen(scene: Scene) -> str:
    """What officers could see at the place; what was judged later is no part of a record."""
    clauses = [one for one in re.split("[；。]", found(scene)) if one and not _JUDGED.search(one)]
    told = "；".join(clauses)
    books = "查看经营场所、物品和账册，复制有关单据，对现场拍照"
    return (
        f"执法人员{books}。{f'现场情况：{told}。' if told else '有关事实另行询问、调取证据核实。'}"
    )


def present(scene: Scene) -> str:
    """Who was there for the party."""
    known = party(scene).get("legal_person")
    return f"{known}（{subject_of(scene)}负责人）" if known else subject_of(scene)


def colleague(scene: Scene) -> str:
    """The second officer of the case, who keeps the record."""
    return person(scene.holder, "handler", scene.clue_id + 1).name


def has_hearing(scene: Scene) -> bool:
    """Whether the penalty is heavy enough for a hearing to be offered."""
    if scene.order.story == "penalty_hearing":
        return True
    return hearing_is_due(scene.situation("case"), penalty(scene))


def asks_hearing(scene: Scene) -> bool:
    """Whether the party makes use of it."""
    return scene.order.story == "penalty_hearing" and "no_hearing" not in scene.turns


def case_turns(scene: Scene) -> Story:
    """Goods preserved or seized, samples tested, an inquiry that has to stand still."""
    if "preserve" in scene.turns:
        yield from preserved(scene)
    if "seize" in scene.turns:
        recorded(scene)
        scene.does(
            "head",
            "case.seize",
            measure="seal",
            seized_goods=rows(scene.told.goods or EQUIPMENT, SEIZED_COLUMNS),
            reason="继续使用或者转移可能造成危害、灭失证据，需查封固定。",
            legal_ground=article(scene, "measures"),
            keep_place=kept_at(scene),
            subject_address=scene.clue().subject_address or scene.clue().place or None,
        )
        served_in_case(scene, "seizure_decision")
    if "commission" in scene.turns:
        scene.does(
            "handler",
            "case.commission",
            testing="设备安全性能检验",
            institution="示例市特种设备检验研究院",
            testing_until=scene.days(8).date().isoformat(),
            samples=[{"名称": "设备本体及安全附件", "规格批号": "现场铭牌所载", "数量": "1台"}],
        )
        served_in_case(scene, "testing_period_notice")
        yield scene.days(6, "10:50")
        scene.does(
            "handler",
            "case.record_result",
            test_result="安全附件失效，检验结论为不合格。",
            report_no=f"示特检〔2026〕{scene.clue_id}号",
        )
        served_in_case(scene, "testing_result_notice")
    if "suspend" in scene.turns:
        scene.does(
            "head",
            "case.suspend",
            suspend_ground="untraceable",
            reason="当事人搬离经营场所、电话停机，多方查找没有下落。",
        )
        yield scene.days(4, "09:10")
        scene.does("head", "case.resume", reason="当事人已经找到，恢复调查。")
        yield scene.hours(2)


def recorded(scene: Scene) -> None:
    """A measure is taken with a record of the scene (行政强制法第十八条第（七）项)."""
    scene.does(
        "handler",
        "record.scene",
        case_officers=officers(scene.holder, scene.clue_id),
        occasion="measure",
        started_at=(scene.now - timedelta(hours=1)).isoformat(),
        ended_at=scene.now.isoformat(),
        place=scene.clue().place or "当事人经营场所",
        person_present=present(scene),
        party_present="present",
        cards_shown=True,
        scene_found=seen(scene),
        party_said="对现场情况没有异议。",
        record_keeper=colleague(scene),
        signed="signed",
    )


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


def inspected(scene: Scene) -> None:
    """What the officers saw at the party's place, on record (处罚法第五十五条)."""
    scene.does(
        "handler",
        "record.inspection",
        case_officers=officers(scene.holder, scene.clue_id),
        started_at=(scene.now - timedelta(hours=1)).isoformat(),
        ended_at=scene.now.isoformat(),
        place=scene.clue().place or "当事人经营场所",
        objects=f"{subject_of(scene)}的经营场所、物品和账册",
        person_present=present(scene),
        party_present="present",
        cards_shown=True,
        inspected=seen(scene),
        record_keeper=colleague(scene),
        signed="signed",
    )


def preserved(scene: Scene) -> Story:
    """Evidence that might vanish is registered for a few days."""
    scene.does(
        "head",
        "case.preserve",
        preserved_goods=[{"名称": "经营台账", "规格": "A4", "单位": "本", "数量": "3"}],
        reason="证据可能灭失，经批准先行登记保存。",
        preserve_place=f"{subject_of(scene)}办公室",
    )
    served_in_case(scene, "preservation_notice")
    yield scene.days(3, "15:00")
    scene.does("head", "case.release_preserved", preserved_outcome="复制取证后退还当事人。")
    served_in_case(scene, "preservation_release")


def heard(scene: Scene) -> Story:
    """The party asks for a hearing; its notice goes out in time, and it is held on its day."""
    yield scene.days(3, "11:00")
    scene.does(
        "handler", "case.request_hearing", hearing_request="认为罚款数额过重，要求举行听证。"
    )
    yield scene.days(1, "09:45")
    too_soon = scene.days(3, "09:00")
    place: dict[str, object] = {
        "hearing_place": f"{bureau(scene)}听证室",
        "hearing_open": "open",
        "presider": scene.who("legal").id,
        "recorder": recorder(scene),
    }
    scene.is_refused("legal", "case.schedule_hearing", hearing_at=too_soon.isoformat(), **place)
    day = scene.days(8, "09:00").replace(minute=30)
    scene.does("legal", "case.schedule_hearing", hearing_at=day.isoformat(), **place)
    yield scene.hours(3)
    scene.does(
        "handler",
        "case.serve_hearing_notice",
        hearing_notice_served_on=scene.now.isoformat(),
        **received(scene),
    )
    if scene.runs("tz22"):
        scene.does("handler", "case.announce_hearing", hearing_announced_on=scene.now.isoformat())
    if "open_at_hearing" in scene.turns:
        return
    yield day.replace(hour=11)
    scene.does(
        "legal",
        "case.hold_hearing",
        hearing_said="主持人宣布听证开始，核对身份，告知权利义务，询问是否申请回避，当事人表示不申请。\n"
        "办案人员宣读违法事实、证据和处罚建议，逐项出示证据；当事人质证，对事实没有异议，请求从轻处罚。\n"
        "双方作最后陈述，主持人宣布听证结束，交各方核对笔录。",
        hearing_signed="signed",
        hearing_report="当事人对事实无异议，请求从轻；听证认为事实清楚、证据确凿，建议维持拟处罚意见。",
        hearing_attendants=f"办案人员{scene.who('handler').name}、{subject_of(scene)}负责人",
        officers_view="违法事实有检查笔录、书证和询问笔录证明，拟处罚适当。",
        party_view="承认违法事实，已停止违法行为并退赔，希望减少罚款。",
        hearing_dispute="罚款数额是否适当。",
    )
    yield scene.days(1, "09:40")
    scene.does(
        "handler",
        "case.send_hearing_for_review",
        hearing_review_note="听证意见建议维持；当事人关于从轻的意见已在裁量中考虑。",
    )
    yield scene.days(2, "10:10")
    scene.does(
        "legal",
        "case.pass_hearing_review",
        review_opinion="听证程序合法，听证意见有笔录和证据支持，同意按拟处罚意见提请集体讨论。",
    )
