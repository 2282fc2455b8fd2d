"""裁量基准: the discretion standards of the rulebook, degree by degree, with their history."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from domain.limits.limit import day_of
from web.request.desk import AtDesk, signed_in
from web.request.render import page
from web.views.rule_words import TABS

router = APIRouter(dependencies=[Depends(signed_in)])


@router.get("/rules/discretion")
def standards(desk: AtDesk) -> Response:
    """Every standard; its newest table first, the earlier ones folded."""
    rules = desk.office.rules
    return page(
        desk.request,
        "law/discretion.html",
        tabs=TABS,
        tab="/rules/discretion",
        standards=rules.discretion,
        matters=rules.matters,
        quantities=rules.quantities,
        citations=rules.citations,
        today=day_of(desk.now),
    )
