"""The closing table's lines on working together: caps, recognised results, joint cases, credit."""

from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from domain.tables.attachment import Attachment, Recognition
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from domain.visits.frequency import capped_so_far
from flows.site.office import Office

Line = tuple[str, str]


def cooperation_told(
    session: Session, office: Office, rows: dict[str, list[Undertaking]]
) -> list[Line]:
    """What came of caps, 结果互认, 不予公示, 联合处罚 and 失信信息; a line for what there was."""
    visits = rows.get("visit", [])
    lines = (
        ("频次上限", _capped(visits)),
        ("结果互认", _recognised(session, visits)),
        ("不予公示", _exempt(session, office)),
        ("联合处罚", _joint(session, rows.get("joint_proceeding", []))),
        ("失信信息", _credit(session, office, rows.get("breach_record", []))),
    )
    return [one for one in lines if one[1]]


def _capped(visits: Sequence[Undertaking]) -> str:
    refused = [one for one in visits if one.state == "cancelled" and _reached(one)]
    beyond = [one for one in visits if one.facts.get("over_cap_reason") and _reached(one)]
    if not refused and not beyond:
        return ""
    return f"达到公布的上限不批准{len(refused)}次，个案检查写明理由后批准{len(beyond)}次"


def _reached(one: Undertaking) -> bool:
    cap = one.facts.get("cap")
    return isinstance(cap, int) and capped_so_far(one.facts) >= cap


def _recognised(session: Session, visits: Sequence[Undertaking]) -> str:
    used = [row for one in visits for row in one.facts.get("recognised_results") or ()]
    given = session.exec(
        select(func.count())
        .select_from(Attachment)
        .join(Recognition, col(Recognition.attachment_id) == col(Attachment.id))
        .where(col(Attachment.source_id).is_not(None))
    ).one()
    if not used and not given:
        return ""
    told = "、".join(f"{one['部门']}{one['编号']}" for one in used)
    doors = f"少上门{len(used)}次" + (f"（采用{told}的结果）" if told else "")
    return f"{doors}，证据供其他案件采用{given}件"


def _exempt(session: Session, office: Office) -> str:
    grounds = office.rules.lifecycles["finding"].actions["exempt"].form["exempt_ground"].options
    query = select(Process).where(col(Process.kind) == "finding", col(Process.state) == "exempt")
    found = [grounds[str(one.facts["exempt_ground"])] for one in session.exec(query)]
    return f"{len(found)}份（{'、'.join(found)}）" if found else ""


def _joint(session: Session, rows: Sequence[Undertaking]) -> str:
    if not rows:
        return ""
    query = select(Process).where(col(Process.kind) == "joint_case").order_by(col(Process.id))
    told = [str(one.facts["decision"]) for one in session.exec(query) if one.facts.get("decision")]
    return f"{len(rows)}件，各自作出决定{len(told)}份：{'、'.join(told)}"


def _credit(session: Session, office: Office, rows: Sequence[Undertaking]) -> str:
    if not rows:
        return ""
    told = [f"{len(rows)}件"]
    for kind in ("joint_measure", "credit_objection", "credit_repair"):
        lifecycle = office.rules.lifecycles[kind]
        query = select(Process.state).where(col(Process.kind) == kind).order_by(col(Process.id))
        states = [lifecycle.states[one].label for one in session.exec(query)]
        told += [f"{lifecycle.label}{'、'.join(states)}"] if states else []
    return "，".join(told)
