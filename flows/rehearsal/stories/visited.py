"""One inspection of the rehearsal from approval to its end, and the clue that may come of it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from domain.tables.process import Clue, Process
from domain.tables.roster import RosterOfficer
from flows.rehearsal.clockwork import Story
from flows.rehearsal.people import person
from flows.rehearsal.scene import Scene, Telling
from flows.rehearsal.stories.inspected import Problem, read_inspections
from flows.rehearsal.stories.penalty import penalty_simple
from flows.rehearsal.stories.referral import refer_approved
from flows.rehearsal.stories.undertaken import Undertaken
from flows.site.store import reading

STORIES: dict[str, Telling] = {one.__name__: one for one in (penalty_simple, refer_approved)}
CORRECTED_IN = 5
"""Working days within which what was ordered is put right."""


@dataclass(frozen=True)
class Errand:
    """What happens at a door: what was found, the turn it takes, who publishes the result."""

    outcome: str = "none"
    found: str = "逐项检查，没有发现问题。"
    problem: str = ""
    turn: str = ""
    published: bool = True


def visited(visit: Undertaken, errand: Errand) -> Story:
    """Approved, announced and entered – or looked at on paper –, its results told and published."""
    lead = visit.row().department_id
    handler, principal = person(lead, "handler"), person(lead, "principal")
    for one in visit.processes("finding"):
        if one.state == "asked":
            visit.does(person(one.department_id, "principal"), "finding.agree", one.id)
    visit.does(principal, "visit.approve")
    yield visit.days(0, "15:10")
    if visit.row().facts["way"] == "on_site":
        yield from _entered(visit, errand)
    else:
        visit.does(handler, "visit.begin_off_site")
    yield visit.days(0, "16:20")
    for one in visit.processes("finding"):
        _results(visit, one, errand if one.department_id == lead else Errand())
    yield visit.days(1, "09:20")
    visit.does(handler, "visit.tell", told_way="delivered")
    if errand.outcome == "ordered":
        yield from _corrected(visit, errand)
    if errand.problem:
        _passed_on(visit, read_inspections().problems[errand.problem])
    yield visit.days(2, "10:00")
    yield from _published(visit, by_hand=errand.published)
    visit.does(handler, "visit.close")


def _entered(visit: Undertaken, errand: Errand) -> Story:
    lead = visit.row().department_id
    handler, head = person(lead, "handler"), person(lead, "department_head")
    at = visit.days(2, "09:30")
    visit.does(handler, "visit.notice", visit_on=at.isoformat(), notice_way="ahead")
    if errand.turn == "postponed":
        at = visit.days(4, "09:30")
        visit.does(
            handler,
            "visit.postpone",
            postpone_reason="对象申请改期：当日停业盘点",
            visit_on=at.isoformat(),
            notice_way="ahead",
        )
    if errand.turn == "objected":
        yield visit.days(1, "10:00")
        _objected(visit)
        visit.does(
            head,
            "visit.change_officer",
            certificate=visit.row().facts["objected_certificate"],
            replaced_by=_another(visit),
            ground="avoids",
            explanation="经核实，与店主是表亲。",
        )
    yield at
    visit.does(
        handler,
        "visit.enter",
        entered_at=at.isoformat(),
        place=visit.row().facts["subject_address"],
        card_shown="code",
        met="现场负责人",
    )


def _objected(visit: Undertaken) -> None:
    """The subject objects to an officer, and nobody goes before the head has decided."""
    lead = visit.row().department_id
    visit.does(
        person(lead, "handler"),
        "visit.object_to_officer",
        certificate=_own_team(visit)[0],
        objection="店主称该执法人员是其表亲，申请回避。",
    )


def _own_team(visit: Undertaken) -> list[str]:
    row = visit.row()
    name = visit.stage.office.rules.departments[row.department_id].name
    return [one["证号"] for one in row.facts["team"] if one["部门"] == name]


def _another(visit: Undertaken) -> str:
    """An officer of the lead who does not go yet."""
    query = select(RosterOfficer.certificate_no).where(
        col(RosterOfficer.department_id) == visit.row().department_id,
        col(RosterOfficer.certificate_no).not_in(_own_team(visit)),
    )
    with reading(visit.stage.office.engine) as session:
        return str(session.exec(query.order_by(col(RosterOfficer.id))).first())


def _results(visit: Undertaken, finding: Process, errand: Errand) -> None:
    problem = read_inspections().problems.get(errand.problem)
    bad = problem.item if problem else errand.found if errand.outcome == "ordered" else ""
    result = "未检查" if errand.outcome == "unreachable" else "不合格" if bad else "合格"
    row, rules = visit.row(), visit.stage.office.rules
    led = rules.departments[finding.department_id].function
    matters = [rules.matters[one] for one in row.facts["matters"]]
    own = [one.name for one in matters if one.lead == led] or [one.name for one in matters]
    on_site = row.facts["way"] == "on_site"
    visit.does(
        person(finding.department_id, "handler"),
        "finding.enter_result",
        finding.id,
        items=[{"检查事项": one, "结果": result, "发现问题": bad} for one in own],
        outcome=errand.outcome,
        record=problem.content if problem else errand.found,
        crime_suspected="none",
        started_at=(visit.now - timedelta(hours=1)).isoformat(),
        finished_at=visit.now.isoformat(),
        signed="none" if errand.outcome == "unreachable" or not on_site else "signed",
    )


def _corrected(visit: Undertaken, errand: Errand) -> Story:
    lead = visit.row().department_id
    handler = person(lead, "handler")
    visit.does(
        person(lead, "department_head"),
        "visit_correction.order",
        correct_facts=errand.found,
        correct_breach="《中华人民共和国消防法》第二十八条",
        order_ground="《中华人民共和国行政处罚法》第二十八条第一款",
        correct_demands="拆除封堵，更换灭火器",
        correct_by=visit.days(CORRECTED_IN, "09:00").date().isoformat(),
    )
    [order] = visit.processes("visit_correction")
    yield visit.days(CORRECTED_IN - 1, "10:30")
    today = visit.now.date().isoformat()
    visit.does(
        handler,
        "visit_correction.report",
        order.id,
        reported_on=today,
        report_text="已拆除封堵并更换灭火器，附照片。",
    )
    visit.does(
        handler,
        "visit_correction.recheck_passes",
        order.id,
        rechecked_on=today,
        recheck_result="现场查看，封堵已拆除，灭火器有效。",
    )


def _passed_on(visit: Undertaken, problem: Problem) -> None:
    """The problem is a clue at once, and the clue begins its own story."""
    lead, stage = visit.row().department_id, visit.stage
    [own] = [one for one in visit.processes("finding") if one.department_id == lead]
    visit.does(
        person(lead, "handler"),
        "finding.pass_on",
        own.id,
        clue_title=problem.title,
        clue_content=problem.content,
    )
    query = select(Clue).where(col(Clue.no) == visit.row().facts["split_into"][-1])
    with reading(stage.office.engine) as session:
        clue = session.exec(query).one()
    scene = Scene(stage, clue.id or 0, clue.no, problem.order(visit.row().no), problem.told)
    stage.agenda.add(
        f"{clue.no}（{visit.row().no}）", STORIES[problem.story](scene), scene.hours(2)
    )


def _published(visit: Undertaken, *, by_hand: bool) -> Story:
    """Each department publishes its own result; what nobody does, the program does in time."""
    today = visit.now.date().isoformat()
    for one in visit.processes("finding") if by_hand else ():
        visit.does(
            person(one.department_id, "handler"),
            "finding.publish",
            one.id,
            published_on=today,
            published_where="国家企业信用信息公示系统",
        )
    while any(one.state == "entered" for one in visit.processes("finding")):
        yield visit.days(1, "09:30")
