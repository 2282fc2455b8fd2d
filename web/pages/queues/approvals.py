"""审批: what waits for the principal and the heads, the 3 days of a referral before all else."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from flows.lists.desk_queue import QueueFilter
from flows.workbench.menu_counts import decisions_waiting
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.views.queue_page import Kind, Number, Queue, queue_page

CHAIRS = frozenset({"principal", "department_head"})
router = APIRouter(dependencies=[Depends(needs(*sorted(CHAIRS)))])
MENU = (Entry("待审批", "/approvals", "办理", CHAIRS, order=5, count=decisions_waiting),)
QUEUE = Queue(
    heading="待审批",
    quiet="等待您决定的事项，按届满先后排列",
    address="/approvals",
    empty="没有等待您审批的事项。",
)


@router.get("/approvals")
def approvals(desk: AtDesk, kind: Kind = "", number: Number = 1) -> Response:
    """Everything that waits for a decision of this person's, what is due first on top."""
    return queue_page(desk, QUEUE, QueueFilter(CHAIRS & desk.actor.roles, kind, number))
