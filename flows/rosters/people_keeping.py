"""Officers and experts leaving their rosters: with a reason, on record, never deleted."""

from sqlmodel import Session

from domain.limits.limit import day_of
from domain.tables.roster import RosterExpert, RosterOfficer
from flows.people.user_keeping import Keeper, NotKept
from flows.people.visible_clues import NotForYou
from flows.rosters.roster_rows import area_of
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.row_marks import marked
from flows.site.store import transaction


def keeps_officers_of(keeper: Keeper, department: str) -> bool:
    """Whether a person keeps the officers of a department: his own, as supervisor of his area's."""
    known = keeper.office.rules.departments
    if "supervisor" in keeper.actor.roles:
        return department in known and known[department].area == area_of(keeper)
    return department == keeper.actor.department


def officer_leaves(keeper: Keeper, officer: int, reason: str) -> None:
    """An officer is not drawn any more from today on; NotKept without a reason or the right."""
    with transaction(keeper.office.engine) as session:
        row = session.get(RosterOfficer, officer)
        if row is None or row.left_on is not None:
            raise NotForYou("执法检查人员名录中没有这个人")
        if not keeps_officers_of(keeper, row.department_id):
            raise NotKept({"": "是其他单位的执法检查人员，由该单位或者督办员移出"})
        _leave(session, keeper, row, reason)


def expert_leaves(keeper: Keeper, expert: int, reason: str) -> None:
    """An expert is not asked any more from today on; NotKept without a reason."""
    with transaction(keeper.office.engine) as session:
        row = session.get(RosterExpert, expert)
        if row is None or row.left_on is not None or row.area != area_of(keeper):
            raise NotForYou("本地区专家名录中没有这个人")
        _leave(session, keeper, row, reason)


def _leave(
    session: Session, keeper: Keeper, row: RosterOfficer | RosterExpert, reason: str
) -> None:
    if not reason.strip():
        raise NotKept({"reason": "请写明移出名录的理由（如：调离执法岗位、证件收回）"})
    row.left_on = day_of(keeper.now)
    session.add(row)
    detail: dict[str, object] = {"name": row.name, "reason": reason.strip()}
    if isinstance(row, RosterOfficer):
        detail |= {"certificate_no": row.certificate_no, "department": row.department_id}
    kind = "officer" if isinstance(row, RosterOfficer) else "expert"
    detail |= marked(kind, row, keeper.office.keys.chain)
    act = Act("leave_roster", keeper.actor, keeper.now, detail)
    append(session, [act_event(Thing("subject"), act)], keeper.office.keys.chain)
