"""我的待办: what waits for the person who is signed in."""

from fastapi import APIRouter
from starlette.responses import Response

from web.deps import AtDesk
from web.menu import Entry
from web.render import page

router = APIRouter()
MENU = (Entry("我的待办", "/", order=0),)


@router.get("/")
def waiting(desk: AtDesk) -> Response:
    """The first page of everybody."""
    return page(desk.request, "home.html")
