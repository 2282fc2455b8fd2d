"""流程: each lifecycle drawn, with its states and all of its actions in words."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from flows.people.visible_clues import NotForYou
from web.drawing.lifecycle_drawing import draw
from web.request.desk import AtDesk, signed_in
from web.request.render import page
from web.views.lifecycle_words import action_lines
from web.views.rule_words import TABS

router = APIRouter(dependencies=[Depends(signed_in)])


@router.get("/rules/lifecycles")
def lifecycles(desk: AtDesk) -> Response:
    """All lifecycles."""
    return page(
        desk.request,
        "law/lifecycles.html",
        tabs=TABS,
        tab="/rules/lifecycles",
        lifecycles=desk.office.rules.lifecycles,
    )


@router.get("/rules/lifecycles/{kind}")
def lifecycle(desk: AtDesk, kind: str) -> Response:
    """One lifecycle: picture, states, actions."""
    found = desk.office.rules.lifecycles.get(kind)
    if found is None:
        raise NotForYou("没有这个流程")
    return page(
        desk.request,
        "law/lifecycle.html",
        lifecycle=found,
        drawing=draw(found),
        actions=action_lines(desk.office.rules, found),
        others=desk.office.rules.lifecycles,
    )
