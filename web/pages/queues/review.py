"""审核: what waits for legal staff, with the report to read and the form to answer."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from flows.lists.desk_queue import QueueFilter
from flows.workbench.menu_counts import reviews_waiting
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.views.queue_page import Kind, Number, Queue, queue_page

CHAIR = frozenset({"legal_reviewer"})
router = APIRouter(dependencies=[Depends(needs(*CHAIR))])
MENU = (Entry("待审核", "/review", "法制", CHAIR, order=10, count=reviews_waiting),)
QUEUE = Queue(
    heading="待审核",
    quiet="等待法制人员办理的案件和文书，按届满先后排列",
    address="/review",
    empty="没有等待审核的案件和文书。",
)


@router.get("/review")
def review(desk: AtDesk, kind: Kind = "", number: Number = 1) -> Response:
    """Cases to review, hearings to hold, files to archive; what is due first on top."""
    return queue_page(desk, QUEUE, QueueFilter(CHAIR, kind, number))
