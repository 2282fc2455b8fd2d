"""后续事项: what the flows could not do, why, and a second chance."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.afterwards.follow_up_list import (
    STAGES,
    STATES,
    Narrow,
    State,
    count_parked,
    list_follow_ups,
    retry_follow_ups,
)
from flows.upkeep.administration_sheets import follow_ups_sheet
from web.forms.list_bar import ListShape, Narrowing, bar_of, choose
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

router = APIRouter(prefix="/admin/follow-ups", dependencies=[Depends(needs("administrator"))])
MENU = (Entry("后续事项", "/admin/follow-ups", "管理", frozenset({"administrator"}), order=40),)
Text = Annotated[str, Query(max_length=100)]
PLACE = 2**31


def narrow_of(
    state: State = "parked",
    stage: Text = "",
    clue: Text = "",
    before: Annotated[int, Query(ge=0, lt=PLACE)] = 0,
) -> Narrow:
    """What the address asks for."""
    return Narrow(state, stage, clue, before)


@router.get("")
def show(
    desk: AtDesk, narrow: Annotated[Narrow, Depends(narrow_of)], retried: int = -1
) -> Response:
    """The follow-ups, the newest first."""
    lines, older = list_follow_ups(desk.session, narrow, desk.now)
    shape = ListShape(
        path="/admin/follow-ups",
        narrowings=(choose("stage", "环节", STAGES), Narrowing("clue", "线索编号")),
        file="/admin/follow-ups.xlsx",
        held={"state": narrow.state},
        unit="项",
    )
    bar = bar_of(desk, shape, {"stage": narrow.stage, "clue": narrow.clue}, None)
    return page(
        desk.request,
        "admin/follow_ups.html",
        lines=lines,
        narrow=narrow,
        states=STATES,
        bar=bar,
        parked=count_parked(desk.session),
        said=f"已重新列入处理：{retried}项。" if retried >= 0 else "",
        older=bar.turned("before", older),
        newer=bar.address if narrow.before else "",
    )


@router.get(".xlsx")
def take(desk: AtDesk, narrow: Annotated[Narrow, Depends(narrow_of)]) -> Response:
    """The same as a file."""
    return excel_file(desk, follow_ups_sheet(desk.session, narrow, desk.now))


@router.post("/retry")
def retry(
    desk: AtDesk,
    id: Annotated[list[Annotated[int, Query(ge=1, lt=PLACE)]] | None, Form()] = None,
    all: Annotated[bool, Form()] = False,
) -> Response:
    """One, several or all parked rows go back to work."""
    done = retry_follow_ups(desk.office, desk.actor, desk.now, None if all else (id or []))
    return RedirectResponse(f"/admin/follow-ups?retried={done}", 303)
