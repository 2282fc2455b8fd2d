"""当事人: everything of one party on one page, as far as the reader may see it."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from flows.people.visible_clues import NotForYou
from flows.rosters.roster_list import READERS
from flows.workbench.party_file import MOST, PartyFile, party_file
from flows.workbench.party_sheet import party_sheet
from web.request.desk import AtDesk, Desk
from web.request.render import page
from web.views.supervisor_view import excel_file

router = APIRouter()
Short = Annotated[str, Query(max_length=100)]


@router.get("/parties")
def show(desk: AtDesk, name: Short = "", code: Short = "") -> Response:
    """The party of a name or a code, from the clues that the reader may see."""
    asked = {key: told for key, told in (("name", name), ("code", code)) if told}
    return page(
        desk.request,
        "clues/party.html",
        party=_party(desk, name, code),
        file=f"/parties.xlsx?{urlencode(asked)}",
        most=MOST,
        may_see_roster=bool(desk.actor.roles & set(READERS)),
    )


@router.get("/parties.xlsx")
def take(desk: AtDesk, name: Short = "", code: Short = "") -> Response:
    """The same page as a file."""
    return excel_file(desk, party_sheet(_party(desk, name, code)))


def _party(desk: Desk, name: str, code: str) -> PartyFile:
    found = party_file(desk.session, desk.viewer, name, code)
    if found is None:
        raise NotForYou(f"没有当事人为「{name or code}」的线索，或者您无权查看")
    return found
