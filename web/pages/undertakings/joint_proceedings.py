"""联合行政处罚: the list, and what the page of one shows besides: cases, acts."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from starlette.responses import Response

from domain.situation.joint_acts import rows_in
from domain.tables.undertaking import Undertaking
from flows.joint.bound_cases import KIND, MEMBER, Bound, bound_cases
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.undertaking_rows import Asked, rows_of

__all__ = ["KIND", "MENU", "beside", "router"]
router = APIRouter()
TABS = {"waiting": "待办理", "sent": "本部门发起的", "received": "请本部门参加的", "all": "全部"}
MENU = (Entry("联合处罚", "/joint_proceedings", "监管", order=53),)


@dataclass(frozen=True)
class Member:
    """A department of the proceeding: how its part stands, and its case.

    `clue_no` is linked where the clue is the reader's own department's.
    """

    department: str
    state: str
    clue_no: str
    is_own: bool
    case_state: str
    said: str


@router.get("/joint_proceedings")
def joint_proceedings(desk: AtDesk, asked: Asked) -> Response:
    """The joint proceedings that a person may see: begun by his department, or those it is in."""
    found = rows_of(desk, KIND, TABS, asked)
    return page(desk.request, "undertakings/joint_proceedings.html", **found)


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """Every department with its case; the acts as they were discussed last."""
    return {
        "members": [_member(desk, one) for one in bound_cases(desk.session, row)],
        "acts": rows_in(row.facts.get("acts")),
        "apart": rows_in(row.facts.get("acts_apart")),
    }


def _member(desk: Desk, one: Bound) -> Member:
    rules, facts = desk.office.rules, one.member.facts
    states = rules.lifecycles["case"].states
    told = ("decision", "reason", "opinion")
    return Member(
        department=rules.departments[one.member.department_id].name,
        state=rules.lifecycles[MEMBER].states[one.member.state].label,
        clue_no=one.clue.no if one.clue else "",
        is_own=one.member.department_id == desk.actor.department,
        case_state=states[one.case.state].label if one.case else "",
        said=next((str(facts[name]) for name in told if facts.get(name)), ""),
    )
