"""运行状况: how the site does; and for machines a word without details."""

import time

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse
from starlette.responses import Response

from flows.upkeep.health import WORDS, health, is_well, worst
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page

router = APIRouter()
MENU = (Entry("运行状况", "/admin/health", "管理", frozenset({"administrator"}), order=50),)
LOOKED_EVERY = 5.0
"""Strangers may ask as often as they like: this many seconds one look serves them all."""


@router.get("/admin/health", dependencies=[Depends(needs("administrator"))])
def show(desk: AtDesk) -> Response:
    """Everything that is looked at."""
    parts = health(desk.office, desk.now)
    verdict = worst(part.verdict for part in parts)
    return page(desk.request, "admin/health.html", parts=parts, words=WORDS, verdict=verdict)


@router.get("/healthz")
def healthz(request: Request) -> Response:
    """ok, or degraded with 503."""
    at, well = getattr(request.app.state, "looked", (-LOOKED_EVERY, False))
    if time.monotonic() - at >= LOOKED_EVERY:
        well = is_well(request.app.state.office)
        request.app.state.looked = (time.monotonic(), well)
    return PlainTextResponse("ok" if well else "degraded", 200 if well else 503)
