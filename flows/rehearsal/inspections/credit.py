"""The rehearsal's 失信信息: recorded, asked measures for, objected to, corrected, repaired."""

from flows.rehearsal.clockwork import Story
from flows.rehearsal.inspections.inspected import DemoSubject
from flows.rehearsal.inspections.proposing import subject_named
from flows.rehearsal.people import person
from flows.rehearsal.scene import Stage
from flows.rehearsal.stories.undertaken import Undertaken, begin

MARKET, FINANCE = "shili-market", "shili-treasury"
SHOP = "示例市新丰副食商行"
FOUND_ON = "2026-09-04"
GENERAL_UNTIL, MINOR_UNTIL = "2026-12-23", "2026-11-30"


def credited(stage: Stage) -> Story:
    """From the paper that found the breach to its repair: the measure asked for ends with it."""
    breach = _recorded(stage, subject_named(SHOP))
    handler, head = person(MARKET, "handler"), person(MARKET, "department_head")
    yield breach.days(1, "09:20")
    breach.does(head, "breach_record.confirm")
    breach.does(
        head,
        "breach_record.trigger",
        measure_item="限制申请财政性资金项目",
        measure_basis="《山东省社会信用条例》第二十七条",
        departments=[FINANCE],
        explanation="经营标签不符合规定的食品被处罚，依惩戒措施清单限制申请财政性资金项目。",
        respond_by=breach.days(10, "17:00").date().isoformat(),
    )
    yield breach.days(2, "10:10")
    [measure] = breach.processes("joint_measure")
    breach.does(
        person(FINANCE, "handler"),
        "joint_measure.apply",
        measure.id,
        measure="暂不受理其财政性资金项目申请",
        article="《山东省社会信用条例》第二十七条",
        applied_on=breach.now.date().isoformat(),
    )
    yield from _objected(breach)
    yield breach.days(2, "15:20")
    breach.does(
        handler,
        "credit_repair.apply",
        applied_on=breach.now.date().isoformat(),
        applicant=SHOP,
        fulfilled="罚款已缴清，涉案食品已下架并召回，附缴款凭证、整改照片。",
        promise="given",
        decide_by=breach.days(10, "17:00").date().isoformat(),
    )
    [repair] = breach.processes("credit_repair")
    yield breach.days(2, "09:50")
    breach.does(head, "credit_repair.grant", repair.id, opinion="轻微失信，义务已履行，准予修复。")
    yield breach.days(1, "11:00")
    breach.does(
        person(FINANCE, "handler"),
        "joint_measure.lift",
        measure.id,
        lifted_on=breach.now.date().isoformat(),
        lifted_how="恢复受理其项目申请。",
    )


def _recorded(stage: Stage, shop: DemoSubject) -> Undertaken:
    return begin(
        stage,
        person(MARKET, "handler"),
        "breach_record.record",
        title=f"{shop.name}（经营标签不符合规定的食品）",
        party=shop.name,
        code=shop.code,
        level="general",
        paper="行政处罚决定书（示市监处罚〔2026〕88号）",
        found_on=FOUND_ON,
        ground="《中华人民共和国食品安全法》第一百二十五条",
        publicity_from=stage.now.date().isoformat(),
        publicity_until=GENERAL_UNTIL,
    )


def _objected(breach: Undertaken) -> Story:
    """The shop objects; the level was wrong, and is corrected within its three days."""
    yield breach.days(1, "14:00")
    breach.does(
        person(MARKET, "handler"),
        "credit_objection.file",
        objected_on=breach.now.date().isoformat(),
        objector=SHOP,
        objection="处罚决定认定情节轻微，登记的失信程度为一般，请求更正。附处罚决定书。",
    )
    [objection] = breach.processes("credit_objection")
    yield breach.days(2, "10:30")
    began = str(breach.row().facts["publicity_from"])
    breach.does(
        person(MARKET, "department_head"),
        "credit_objection.correct",
        objection.id,
        level="minor",
        publicity_from=began,
        publicity_until=MINOR_UNTIL,
        opinion="经核对处罚决定书，认定情节轻微，失信程度由一般更正为轻微。",
    )
