"""当事人: everything of one party on one page, as far as the reader may see it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from flows.people.visible_clues import NotForYou
from flows.rosters.roster_list import READERS
from flows.workbench.party_file import MOST, party_file
from web.request.desk import AtDesk
from web.request.render import page

router = APIRouter()
Short = Annotated[str, Query(max_length=100)]


@router.get("/parties")
def show(desk: AtDesk, name: Short = "", code: Short = "") -> Response:
    """The party of a name or a code, from the clues that the reader may see."""
    found = party_file(desk.session, desk.viewer, name, code)
    if found is None:
        raise NotForYou(f"没有当事人为「{name or code}」的线索，或者您无权查看")
    return page(
        desk.request,
        "clues/party.html",
        party=found,
        most=MOST,
        may_see_roster=bool(desk.actor.roles & set(READERS)),
    )
