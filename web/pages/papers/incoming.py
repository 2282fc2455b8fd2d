"""收文: what came to the organ, by whom and when, with its scan; searched and taken as a table."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.lists.incoming_register import WantedPapers, incoming_sheet, list_incoming
from web.forms.days import day_or_none
from web.pages.papers.documents import READERS
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

KEEPERS = READERS - {"police_liaison", "procuratorate_liaison", "arbiter"}
router = APIRouter(dependencies=[Depends(needs(*sorted(KEEPERS)))])
MENU = (Entry("收文", "/incoming", roles=KEEPERS, order=61),)
Text = Annotated[str, Query(max_length=100)]


def wanted_of(
    text: Text = "",
    organ: Text = "",
    since: Text = "",
    until: Text = "",
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> WantedPapers:
    """What the address asks for."""
    return WantedPapers(text.strip(), organ, day_or_none(since), day_or_none(until), before)


Wanted = Annotated[WantedPapers, Depends(wanted_of)]


@router.get("/incoming")
def show(desk: AtDesk, wanted: Wanted) -> Response:
    """A page of the register, what was entered last on top."""
    lines, older = list_incoming(desk.session, desk.viewer, wanted)
    query = _asked(wanted)
    return page(
        desk.request,
        "papers/incoming.html",
        lines=lines,
        narrow=wanted,
        query=urlencode(query),
        older=f"/incoming?{urlencode({**query, 'before': older})}" if older else "",
        newer=f"/incoming?{urlencode(query)}" if wanted.before else "",
        scope=scope(desk),
        organs=desk.office.rules.departments if desk.viewer.watched is None else {},
    )


@router.get("/incoming.xlsx")
def take(desk: AtDesk, wanted: Wanted) -> Response:
    """The same register as a file."""
    return excel_file(desk, incoming_sheet(desk.session, desk.viewer, wanted))


def _asked(wanted: WantedPapers) -> dict[str, str]:
    found = {
        "text": wanted.text,
        "organ": wanted.organ,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
    }
    return {key: value for key, value in found.items() if value}
