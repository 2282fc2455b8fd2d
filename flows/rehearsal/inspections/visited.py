"""One inspection of the rehearsal from approval to its end, and the clue that may come of it."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, select

from domain.guards.registry import moment_of
from domain.tables.process import Process
from domain.tables.roster import RosterOfficer
from flows.rehearsal.clockwork import Story
from flows.rehearsal.inspections.inspected import read_inspections
from flows.rehearsal.inspections.inspection_rosters import certificates
from flows.rehearsal.inspections.passed_on import passed_on, passed_on_jointly
from flows.rehearsal.people import person
from flows.rehearsal.stories.undertaken import Undertaken
from flows.site.store import reading

CORRECTED_IN = 5
"""Working days within which what was ordered is put right."""


@dataclass(frozen=True)
class Errand:
    """What happens at a door: what was found, the turn it takes, who publishes the result.

    `partner`: the problem that the other department finds, and handles together with the lead's.
    `exempt`: on which ground the lead's result is not published. `over_cap`: why it goes there
    although the cap is reached.
    """

    outcome: str = "none"
    found: str = "逐项检查，没有发现问题。"
    problem: str = ""
    partner: str = ""
    turn: str = ""
    published: bool = True
    exempt: str = ""
    over_cap: str = ""


def visited(visit: Undertaken, errand: Errand) -> Story:
    """Approved, announced and entered – or looked at on paper –, its results told and published."""
    lead = visit.row().department_id
    handler, principal = person(lead, "handler"), person(lead, "principal")
    _agreed(visit)
    visit.does(principal, "visit.approve", over_cap_reason=errand.over_cap or None)
    yield visit.days(0, "15:10")
    if visit.row().facts["way"] == "on_site":
        yield from _entered(visit, errand)
    else:
        visit.does(handler, "visit.begin_off_site")
    yield visit.days(0, "16:20")
    for one in visit.processes("finding"):
        _results(visit, one, errand if one.department_id == lead else _of_partner(errand))
    yield visit.days(1, "09:20")
    visit.does(handler, "visit.tell", told_way="delivered")
    if errand.outcome == "ordered":
        yield from _corrected(visit, errand)
    if errand.partner:
        both = [one.department_id for one in visit.processes("finding")]
        passed_on_jointly(visit, dict(zip(both, (errand.problem, errand.partner), strict=True)))
    elif errand.problem:
        passed_on(visit, lead, errand.problem)
    yield visit.days(2, "10:00")
    if errand.exempt:
        _exempted(visit, errand.exempt)
    yield from _published(visit, by_hand=errand.published)
    visit.does(handler, "visit.close")


def _agreed(visit: Undertaken) -> None:
    """Every department that was asked goes along; its officers are those drawn, or named now."""
    team = None if visit.row().facts.get("draw") else certificates
    for one in visit.processes("finding"):
        if one.state == "asked":
            who = person(one.department_id, "principal")
            named = team(one.department_id) if team else None
            visit.does(who, "finding.agree", one.id, officers=named)


def _of_partner(errand: Errand) -> Errand:
    """What the other department finds at the same door."""
    return Errand(outcome="pending", problem=errand.partner) if errand.partner else Errand()


def _exempted(visit: Undertaken, ground: str) -> None:
    """The head decides that the lead's result is not published (渭南方案三（十）)."""
    lead = visit.row().department_id
    [own] = [one for one in visit.processes("finding") if one.department_id == lead]
    visit.does(
        person(lead, "department_head"),
        "finding.exempt",
        own.id,
        exempt_ground=ground,
        reason="检查情况涉及未成年人个人信息，公示会使其可以被识别。",
    )


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
    began = moment_of(row.facts.get("entered_at")) or visit.now - timedelta(hours=1)
    visit.does(
        person(finding.department_id, "handler"),
        "finding.enter_result",
        finding.id,
        items=[{"检查事项": one, "结果": result, "发现问题": bad} for one in own],
        outcome=errand.outcome,
        record=problem.content if problem else errand.found,
        crime_suspected="none",
        started_at=began.isoformat(),
        finished_at=min(began + timedelta(hours=1), visit.now).isoformat(),
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


def _published(visit: Undertaken, *, by_hand: bool) -> Story:
    """Each department publishes its own result; what nobody does, the program does in time."""
    today = visit.now.date().isoformat()
    for one in visit.processes("finding") if by_hand else ():
        if one.state != "entered":
            continue
        visit.does(
            person(one.department_id, "handler"),
            "finding.publish",
            one.id,
            published_on=today,
            published_where="国家企业信用信息公示系统",
        )
    while any(one.state == "entered" for one in visit.processes("finding")):
        yield visit.days(1, "09:30")
