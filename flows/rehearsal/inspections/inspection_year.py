"""The rehearsal's year of inspections: rosters, a plan, a witnessed draw, twelve visits, a warning.

Lines run beside each other: the joint plan and what is drawn for it, two checks that need no door,
a risk warning that leads to a special plan of its own; a joint check that ends in two decisions, a
cap, a result that stands for a visit, and 失信信息 that is objected to and repaired.
"""

from collections.abc import Mapping
from datetime import date

from sqlmodel import col, select

from domain.tables.undertaking import Undertaking
from flows.rehearsal.clockwork import Story, on_day, working_day_after
from flows.rehearsal.inspections.capped import capped
from flows.rehearsal.inspections.credit import credited
from flows.rehearsal.inspections.inspected import read_inspections
from flows.rehearsal.inspections.inspection_rosters import certificates, fill_rosters
from flows.rehearsal.inspections.joint_check import joint_check
from flows.rehearsal.inspections.recognised import recognised
from flows.rehearsal.inspections.visited import Errand, visited
from flows.rehearsal.people import person
from flows.rehearsal.scene import Stage
from flows.rehearsal.stories.undertaken import Undertaken, begin, begun_by
from flows.site.store import reading
from flows.warnings.raising import raise_warnings

MARKET, HEALTH, JUSTICE = "shili-market", "shili-health", "shili-justice"
EDUCATION, STAFFING = "shili-education", "shili-staffing"
FIRST_DAY = date(2026, 9, 23)
CATERING, HYGIENE = "餐饮服务与网络订餐监督检查", "公共场所卫生监督检查"
SAFETY = "消防安全监督检查"
SCHOOL = "第三小学"
OF_DRAW: tuple[Errand, ...] = (
    Errand(turn="objected"),
    Errand(turn="postponed"),
    Errand(
        outcome="unreachable",
        found="到登记的经营地址查找，门锁闭，电话无人接听，邻铺称已数日未见人。",
    ),
    Errand(outcome="pending", problem="expired_food"),
)
"""What happens at the doors of one department."""
JOINT: tuple[Errand, ...] = (
    Errand(outcome="pending", problem="poppy_husk"),
    Errand(),
    Errand(),
    Errand(published=False),
)
"""What happens at the doors where two departments meet; the last one's results nobody publishes."""


def cast_inspections(stage: Stage) -> None:
    """Gives the year of inspections its stories, from the first days of the rehearsal on."""
    told = (
        ("联合抽查计划", planned(stage), on_day(FIRST_DAY, "08:40")),
        ("风险预警", warned(stage), on_day(FIRST_DAY, "09:10")),
        ("联合检查", joint_check(stage), on_day(FIRST_DAY, "09:40")),
        ("频次上限", capped(stage), on_day(FIRST_DAY, "10:10")),
        ("结果互认", recognised(stage), on_day(FIRST_DAY, "10:40")),
        ("失信信息", credited(stage), on_day(FIRST_DAY, "11:10")),
        ("非现场检查", off_site(stage), on_day(date(2026, 10, 13), "10:20")),
    )
    for name, story, at in told:
        stage.agenda.add(name, story, max(at, stage.now))


# --- the plan and its draw ------------------------------------------------------------------------


def planned(stage: Stage) -> Story:
    """From the rosters to the released draw; each drawn inspection then goes its own way."""
    fill_rosters(stage)
    plan = begin(
        stage,
        person(MARKET, "handler"),
        "publication.draft",
        kind="special_plan",
        title="2026年秋季餐饮服务跨部门联合抽查计划",
        co_departments=[HEALTH],
        plan=[_planned(stage, "餐饮服务联合抽查", (MARKET, HEALTH), f"{CATERING}、{HYGIENE}")],
    )
    yield from agreed_and_published(plan, MARKET, HEALTH)
    yield working_day_after(stage.now, 2, "09:30", stage.calendar)
    draw = begin(
        stage,
        person(MARKET, "handler"),
        "draw.prepare",
        title="2026年秋季餐饮服务跨部门联合抽查",
        matters=["catering", "public_place_hygiene"],
        participants=[HEALTH],
        shares=[{"类别": "D", "比例": "100%"}, {"类别": "未分级", "比例": "50%"}],
        witnesses=[JUSTICE, STAFFING],
    )
    yield draw.days(0, "10:30")
    draw.does(person(HEALTH, "department_head"), "draw_part.agree")
    yield draw.days(0, "14:40")
    draw.does(
        person(MARKET, "department_head"), "draw.freeze", public_number="封存后当日现场掷骰子"
    )
    yield from witnessed(draw)
    draw.does(person(MARKET, "handler"), "draw.release")
    visits = begun_by(stage, draw.id, "visit")
    alone = [one for one in visits if len(one.row().facts["matters"]) == 1]
    together = [one for one in visits if one not in alone]
    for place, (visit, errand) in enumerate(
        (*zip(alone, OF_DRAW, strict=True), *zip(together, JOINT, strict=True))
    ):
        at = working_day_after(stage.now, 1 + place // 3, f"{9 + place % 3:02d}:40", stage.calendar)
        stage.agenda.add(f"{visit.row().no}检查", visited(visit, errand), at)


def agreed_and_published(plan: Undertaken, lead: str, partner: str) -> Story:
    """An opinion, the head's approval with the government's decision, filing, publication."""
    handler, head = person(lead, "handler"), person(lead, "department_head")
    plan.does(handler, "publication.consult")
    yield plan.days(1, "10:10")
    plan.does(person(partner, "handler"), "publication_opinion.agree")
    yield plan.days(1, "15:00")
    plan.does(head, "publication.approve", decision="示例市人民政府批准，示政批〔2026〕41号")
    yield plan.days(1, "09:50")
    today = plan.now.date().isoformat()
    body = "双随机、一公开监管工作联席会议"
    plan.does(handler, "publication.file", filed_with=body, filed_on=today)
    plan.does(handler, "publication.publish", in_force_on=today)


def witnessed(draw: Undertaken) -> Story:
    """Two organs that do not inspect give their numbers; the second one's opens the secret."""
    for organ, number in ((JUSTICE, "4152"), (STAFFING, "3316")):
        yield draw.days(0, "15:30")
        witness = person(organ, "arbiter")
        draw.does(
            witness,
            "draw_witness.give",
            witness=witness.name,
            number=number,
            source="现场掷骰子四次",
        )


# --- without a door -------------------------------------------------------------------------------


def off_site(stage: Stage) -> Story:
    """Two shops whose papers and reports are looked at; nobody goes there."""
    told = [one for one in read_inspections().subjects if one.tags == "食品销售"]
    for subject, way in zip(told, ("papers", "reports"), strict=True):
        visit = begin(
            stage,
            person(MARKET, "handler"),
            "visit.propose",
            title=f"{subject.name}进货查验检查",
            object=subject.code,
            kind="daily",
            ground="日常监督检查：核对进货查验记录",
            matters=["food_sales"],
            officers=certificates(MARKET),
            way=way,
        )
        yield from visited(visit, Errand(found="核对报送的进货票据和检验合格证明，记录完整。"))


# --- a warning and its special check --------------------------------------------------------------


def warned(stage: Stage) -> Story:
    """The day's count stands out at one place; what it leads to is planned, made, and told.

    Where the clues about that place are not all there yet, nothing is told.
    """
    raise_warnings(stage.office, stage.now)
    raised = _raised(stage)
    if not raised or SCHOOL not in raised[0].row().facts["cell"]:
        return
    warning, lead = raised[0], raised[0].row().department_id
    handler, head = person(lead, "handler"), person(lead, "department_head")
    yield warning.days(0, "11:00")
    warning.does(
        handler, "risk_warning.assess", assessment="同一学校周边食品、消防问题集中，建议专项检查。"
    )
    for other in raised[1:]:
        other.does(
            person(JUSTICE, "supervisor"),
            "risk_warning.dismiss",
            ground="handled",
            reason="相关线索均已分办，正在核查。",
        )
    yield warning.days(1, "09:30")
    warning.does(
        person(JUSTICE, "supervisor"),
        "risk_warning.convene",
        held_on=warning.now.date().isoformat(),
        attendees="消防、市场监管、教育",
        conclusion="由消防救援机构牵头，对第三小学周边托管机构、食杂店开展专项检查。",
    )
    warning.does(
        handler,
        "risk_warning.to_special",
        plan_title="第三小学周边消防安全专项检查计划",
        plan_departments=[EDUCATION],
        plan_rows=[_planned(stage, "第三小学周边专项检查", (lead, EDUCATION), SAFETY)],
    )
    [plan] = begun_by(stage, warning.id, "publication")
    yield from agreed_and_published(plan, lead, EDUCATION)
    yield plan.days(3, "10:00")
    errands = (Errand(outcome="ordered", found="二楼外窗封堵，灭火器失效。"), Errand())
    for subject, errand in zip(read_inspections().subjects[-2:], errands, strict=True):
        visit = begin(
            stage,
            handler,
            "visit.propose",
            title=f"{subject.name}消防安全专项检查",
            object=subject.code,
            kind="special",
            ground=f"{plan.row().title}（{plan.row().no}）",
            matters=["fire_safety"],
            officers=certificates(lead),
            way="on_site",
            why_on_site="须到现场查看疏散通道和消防设施",
        )
        yield from visited(visit, errand)
    warning.does(
        head,
        "risk_warning.close",
        result="problem",
        report="专项检查2户，1户责令改正后复查合格，结果已公示。",
    )


def _raised(stage: Stage) -> list[Undertaken]:
    """The warnings of the day, the one about the school first."""
    query = select(Undertaking).where(col(Undertaking.kind) == "risk_warning")
    with reading(stage.office.engine) as session:
        found = session.exec(query.order_by(col(Undertaking.id))).all()
    ordered = sorted(found, key=lambda one: SCHOOL not in one.facts["cell"])
    return [Undertaken(stage, one.id or 0) for one in ordered]


def _planned(stage: Stage, name: str, who: tuple[str, str], matters: str) -> Mapping[str, str]:
    """A row of a plan, by its name, its lead and partner, and its matters."""
    lead, partner = (stage.office.rules.departments[one].name for one in who)
    return {
        "计划名称": name,
        "牵头部门": lead,
        "配合部门": partner,
        "监管事项": matters,
        "监管对象": "名录中的经营者",
        "检查数量": "按抽查比例",
        "起止时间": "2026年9月至11月",
    }
