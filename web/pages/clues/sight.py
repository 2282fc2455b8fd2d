"""谁看得到本线索: everybody who may open the clue, how much of it, and why."""

from fastapi import APIRouter
from starlette.responses import Response

from flows.people.visible_clues import NotForYou, seen_clue, sight_on
from flows.people.who_sees import who_sees
from web.request.desk import AtDesk
from web.request.render import page

router = APIRouter()


@router.get("/clues/{number}/sight")
def show(desk: AtDesk, number: str) -> Response:
    """The page for whoever reads the whole file; NotForYou for others."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    if not sight_on(desk.session, desk.office, desk.actor, clue).file:
        raise NotForYou("谁看得到本线索，只告知承办机关和监督、审计人员")
    seers = who_sees(desk.session, desk.office, clue, desk.now)
    return page(desk.request, "clues/sight.html", clue=clue, seers=seers)
