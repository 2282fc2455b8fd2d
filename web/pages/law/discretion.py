"""裁量基准: the standards of the rulebook and of the reader's organ, with their history."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from domain.limits.limit import day_of
from flows.upkeep.standard_keeping import ENTERERS
from flows.upkeep.standard_list import version_lines
from web.request.desk import AtDesk, signed_in
from web.request.render import page
from web.views.rule_words import TABS

router = APIRouter(dependencies=[Depends(signed_in)])


@router.get("/rules/discretion")
def standards(desk: AtDesk) -> Response:
    """What the organ entered, and every standard; the newest table first."""
    rules, own = desk.office.rules, desk.actor.department
    return page(
        desk.request,
        "law/discretion.html",
        tabs=TABS,
        tab="/rules/discretion",
        lines=version_lines(desk.session, own, day_of(desk.now)),
        may_enter=bool(desk.actor.roles & ENTERERS),
        own=own,
        standards=dict(sorted(rules.discretion.items(), key=lambda one: one[1].organ != own)),
        departments=rules.departments,
        matters=rules.matters,
        quantities=rules.quantities,
        penalties=rules.penalties,
        citations=rules.citations,
        today=day_of(desk.now),
    )
