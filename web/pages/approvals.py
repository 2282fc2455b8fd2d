"""审批: what waits for the principal and the heads, the 3 days of a referral before all else."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.desk_queue import Asked, desk_queue
from flows.worklist import Viewer
from web.deps import AtDesk, needs
from web.menu import Entry
from web.queue_page import choices_of, query_of
from web.render import page

CHAIRS = frozenset({"principal", "department_head"})
router = APIRouter(dependencies=[Depends(needs(*sorted(CHAIRS)))])
MENU = (Entry("待审批", "/approvals", "办理", CHAIRS, order=5),)
Kind = Annotated[str, Query(max_length=20)]
Number = Annotated[int, Query(ge=1, le=1000)]


@router.get("/approvals")
def approvals(desk: AtDesk, kind: Kind = "", number: Number = 1) -> Response:
    """Everything that waits for a decision of this person's, what is due first on top."""
    viewer = Viewer(desk.office, desk.actor, desk.now)
    held = CHAIRS & desk.actor.roles
    found = desk_queue(desk.session, viewer, Asked(held, kind, number))
    return page(
        desk.request,
        "queue/queue.html",
        heading="待审批",
        quiet="等待您决定的事项，按届满先后排列",
        address="/approvals",
        found=found,
        kind=kind,
        kinds=choices_of(desk.office.rules, held),
        newer=query_of("/approvals", kind, number - 1) if number > 1 else "",
        older=query_of("/approvals", kind, number + 1) if found.more else "",
        empty="没有等待您审批的事项。",
    )
