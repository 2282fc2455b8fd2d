"""热线回写: what goes back to 12345, what failed, and which answers are due."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.afterwards.write_back_files import handed_file, handed_files, way_out
from flows.afterwards.write_back_rows import State
from flows.lists.write_back_list import STATES, retry, write_back_desk
from flows.workbench.write_backs_sheet import write_backs_sheet
from web.request.desk import AtDesk, needs
from web.request.downloads import attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

CHAIR = frozenset({"intake_clerk"})
router = APIRouter(dependencies=[Depends(needs(*CHAIR))])
MENU = (Entry("热线回写", "/write-backs", "办理", CHAIR, order=45),)
JSON_LINES = "application/x-ndjson"
LARGEST = 2**31
SAID = {"yes": "已重新列入回写。", "no": "这条回写没有停止，不需要重试。"}


@router.get("/write-backs")
def show(
    desk: AtDesk,
    state: State = "all",
    before: Annotated[int, Query(ge=0, lt=LARGEST)] = 0,
    retried: str = "",
) -> Response:
    """The write-backs of one's own desk, the newest first."""
    found = write_back_desk(desk.session, desk.viewer, state, before)
    older = found.page.older
    return page(
        desk.request,
        "clues/write_backs.html",
        lines=found.page.lines,
        state=state,
        states=STATES,
        counts=found.counts,
        replies=found.replies,
        files=handed_files(desk.office),
        way=way_out(desk.office),
        said=SAID.get(retried, ""),
        newer=f"/write-backs?state={state}" if before else "",
        older=f"/write-backs?state={state}&before={older}" if older else "",
    )


@router.get("/write-backs.xlsx")
def take_list(desk: AtDesk, state: State = "all") -> Response:
    """The same write-backs as a file."""
    return excel_file(desk, write_backs_sheet(desk.session, desk.viewer, state))


@router.post("/write-backs/{follow_up}/retry")
def try_again(desk: AtDesk, follow_up: int) -> Response:
    """A write-back that stands still is tried again."""
    stood = retry(desk.office, desk.session, desk.actor, desk.now, follow_up)
    return RedirectResponse(f"/write-backs?retried={'yes' if stood else 'no'}", 303)


@router.get("/write-backs/files/{name}")
def take(desk: AtDesk, name: str) -> Response:
    """A day's file as the platform fetches it, the lines of one's own desk."""
    content = handed_file(desk.office, name, desk.actor, desk.session)
    return attachment(content, name, JSON_LINES)
