"""执法检查人员名录、专家名录: who may be drawn, until when, and who may be asked along."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from domain.limits.limit import day_of
from flows.rosters.roster_list import experts, officers
from web.pages.rosters.subjects import KEEPERS, READERS
from web.request.desk import AtDesk, needs
from web.request.render import page

router = APIRouter(prefix="/rosters", dependencies=[Depends(needs(*READERS, "administrator"))])


@router.get("/officers")
def show_officers(desk: AtDesk) -> Response:
    """The officers of the reader's area by department, whose certificate ends first on top."""
    known = desk.office.rules.departments
    area = known[desk.actor.department].area
    here = [key for key, one in known.items() if one.area == area]
    found = officers(desk.session, here, day_of(desk.now))
    may_keep = bool(desk.actor.roles & set(KEEPERS))
    return page(desk.request, "rosters/officers.html", lines=found, may_keep=may_keep)


@router.get("/experts")
def show_experts(desk: AtDesk) -> Response:
    """The experts of the reader's area."""
    area = desk.office.rules.departments[desk.actor.department].area
    may_keep = bool(desk.actor.roles & set(KEEPERS))
    found = experts(desk.session, area)
    return page(desk.request, "rosters/experts.html", lines=found, may_keep=may_keep)
