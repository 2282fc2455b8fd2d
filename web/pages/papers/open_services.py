"""送达待办: papers whose service is not on record, or whose 送达回证 was not scanned."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.papers.open_services import WantedServices, open_services, open_services_sheet
from web.forms.list_bar import ListShape, Narrowing, bar_of
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

READERS = frozenset(
    {"handler", "section_head", "department_head", "legal_reviewer", "supervisor", "auditor"}
)
router = APIRouter(dependencies=[Depends(needs(*sorted(READERS)))])
MENU = (
    Entry(
        "送达待办", "/documents/unserved", roles=frozenset({"handler", "legal_reviewer"}), order=62
    ),
)


def wanted_of(
    text: Annotated[str, Query(max_length=100)] = "",
    after: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> WantedServices:
    """What the address asks for."""
    return WantedServices(text.strip(), after)


Wanted = Annotated[WantedServices, Depends(wanted_of)]


@router.get("/documents/unserved")
def show(desk: AtDesk, wanted: Wanted) -> Response:
    """A page of the list, what was issued first on top."""
    lines, after = open_services(desk.session, desk.viewer, wanted)
    words = Narrowing("text", "字词", hint="文号、当事人、线索编号")
    shape = ListShape("/documents/unserved", (words,), "/documents/unserved.xlsx", unit="份")
    bar = bar_of(desk, shape, {"text": wanted.text}, None)
    return page(
        desk.request,
        "papers/open_services.html",
        lines=lines,
        bar=bar,
        first=bar.address if wanted.after else "",
        more=bar.turned("after", after),
        serves="handler" in desk.actor.roles,
        scope=scope(desk),
    )


@router.get("/documents/unserved.xlsx")
def take(desk: AtDesk, wanted: Wanted) -> Response:
    """The same list as a file."""
    return excel_file(desk, open_services_sheet(desk.session, desk.viewer, wanted))
