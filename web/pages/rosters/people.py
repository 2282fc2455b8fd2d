"""执法检查人员名录、专家名录: who may be drawn, until when, and who may be asked along."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.limits.limit import day_of
from flows.people.user_keeping import Keeper, NotKept
from flows.rosters.people_keeping import expert_leaves, keeps_officers_of, officer_leaves
from flows.rosters.roster_list import READERS, experts, officers
from flows.rosters.roster_sheets import experts_sheet, officers_sheet
from web.pages.rosters.subjects import KEEPERS
from web.request.desk import AtDesk, Desk, needs
from web.request.render import page
from web.views.supervisor_view import excel_file

router = APIRouter(prefix="/rosters", dependencies=[Depends(needs(*READERS, "administrator"))])


KEEPING = [Depends(needs(*KEEPERS))]
Reason = Annotated[str, Form(max_length=200)]


@router.get("/officers")
def show_officers(desk: AtDesk) -> Response:
    """The officers of the reader's area by department, whose certificate ends first on top."""
    return _officers(desk)


@router.get("/officers.xlsx")
def take_officers(desk: AtDesk) -> Response:
    """The same officers as a file."""
    lines = officers(desk.session, _here(desk), day_of(desk.now))
    return excel_file(desk, officers_sheet(desk.office.rules, lines))


@router.get("/experts.xlsx")
def take_experts(desk: AtDesk) -> Response:
    """The same experts as a file."""
    return excel_file(desk, experts_sheet(experts(desk.session, _area(desk))))


@router.post("/officers/{officer}/leave", dependencies=KEEPING)
def let_officer_go(desk: AtDesk, officer: int, reason: Reason = "") -> Response:
    """The officer leaves the roster, or the list with the complaint."""
    try:
        officer_leaves(_keeper(desk), officer, reason)
    except NotKept as problem:
        return _officers(desk, 422, str(problem))
    return RedirectResponse("/rosters/officers", 303)


@router.get("/experts")
def show_experts(desk: AtDesk) -> Response:
    """The experts of the reader's area."""
    return _experts(desk)


@router.post("/experts/{expert}/leave", dependencies=KEEPING)
def let_expert_go(desk: AtDesk, expert: int, reason: Reason = "") -> Response:
    """The expert leaves the roster, or the list with the complaint."""
    try:
        expert_leaves(_keeper(desk), expert, reason)
    except NotKept as problem:
        return _experts(desk, 422, str(problem))
    return RedirectResponse("/rosters/experts", 303)


def _keeper(desk: Desk) -> Keeper:
    return Keeper(desk.office, desk.actor, desk.now)


def _area(desk: Desk) -> str:
    return desk.office.rules.departments[desk.actor.department].area


def _here(desk: Desk) -> list[str]:
    known = desk.office.rules.departments
    return [key for key, one in known.items() if one.area == _area(desk)]


def _officers(desk: Desk, status: int = 200, complaint: str = "") -> Response:
    here = _here(desk)
    may_keep = bool(desk.actor.roles & set(KEEPERS))
    keeper = _keeper(desk)
    return page(
        desk.request,
        "rosters/officers.html",
        status,
        lines=officers(desk.session, here, day_of(desk.now)),
        own={one for one in here if may_keep and keeps_officers_of(keeper, one)},
        may_keep=may_keep,
        complaint=complaint,
    )


def _experts(desk: Desk, status: int = 200, complaint: str = "") -> Response:
    return page(
        desk.request,
        "rosters/experts.html",
        status,
        lines=experts(desk.session, _area(desk)),
        may_keep=bool(desk.actor.roles & set(KEEPERS)),
        complaint=complaint,
    )
