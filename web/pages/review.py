"""审核: what waits for legal staff, with the report to read and the form to answer."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.desk_queue import Asked, desk_queue
from flows.worklist import Viewer
from web.deps import AtDesk, needs
from web.menu import Entry
from web.queue_page import choices_of, query_of
from web.render import page

CHAIR = frozenset({"legal_reviewer"})
router = APIRouter(dependencies=[Depends(needs(*CHAIR))])
MENU = (Entry("待审核", "/review", "法制", CHAIR, order=10),)
Kind = Annotated[str, Query(max_length=20)]
Number = Annotated[int, Query(ge=1, le=1000)]


@router.get("/review")
def review(desk: AtDesk, kind: Kind = "", number: Number = 1) -> Response:
    """Cases to review, hearings to hold, files to archive; what is due first on top."""
    viewer = Viewer(desk.office, desk.actor, desk.now)
    found = desk_queue(desk.session, viewer, Asked(CHAIR, kind, number))
    return page(
        desk.request,
        "queue/queue.html",
        heading="待审核",
        quiet="等待法制人员办理的案件和文书，按届满先后排列",
        address="/review",
        found=found,
        kind=kind,
        kinds=choices_of(desk.office.rules, CHAIR),
        newer=query_of("/review", kind, number - 1) if number > 1 else "",
        older=query_of("/review", kind, number + 1) if found.more else "",
        empty="没有等待审核的案件和文书。",
    )
