"""运行状况: how the site does."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from flows.upkeep.health import WORDS, health, worst
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page

router = APIRouter()
MENU = (Entry("运行状况", "/admin/health", "管理", frozenset({"administrator"}), order=50),)


@router.get("/admin/health", dependencies=[Depends(needs("administrator"))])
def show(desk: AtDesk) -> Response:
    """Everything that is looked at."""
    parts = health(desk.office, desk.now)
    verdict = worst(part.verdict for part in parts)
    return page(desk.request, "admin/health.html", parts=parts, words=WORDS, verdict=verdict)
