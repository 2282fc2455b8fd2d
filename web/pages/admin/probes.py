"""For machines: whether this process lives, whether it may be given work, and the figures."""

import hmac
import time

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import Response

from flows.site.office import Office
from flows.upkeep.gauges import gauges
from flows.upkeep.health import is_well
from web.request.desk import address_of, now_of
from web.request.measures import exposition

router = APIRouter()
LOOKED_EVERY = 5.0
"""Strangers may ask as often as they like: this many seconds one look serves them all."""
HERE = {"127.0.0.1", "::1"}


@router.get("/livez")
async def livez() -> Response:
    """ok, whatever the database does: a process that does not answer is to be started anew."""
    return PlainTextResponse("ok")


@router.get("/readyz")
@router.get("/healthz")
def readyz(request: Request) -> Response:
    """ok, or degraded with 503: the database answers with its tables, and the disks have room."""
    at, well = getattr(request.app.state, "looked", (-LOOKED_EVERY, False))
    if time.monotonic() - at >= LOOKED_EVERY:
        well = is_well(request.app.state.office)
        request.app.state.looked = (time.monotonic(), well)
    return PlainTextResponse("ok" if well else "degraded", 200 if well else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """The figures, for whoever has the token (`YISONG_METRICS_TOKEN`) or asks on this machine."""
    office: Office = request.app.state.office
    if not _may_read(request, office):
        return PlainTextResponse("没有找到", 404)
    content = exposition(tuple(gauges(office, now_of(request))))
    return Response(content, media_type=CONTENT_TYPE_LATEST)


def _may_read(request: Request, office: Office) -> bool:
    token = office.settings.metrics_token.get_secret_value()
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    # A proxy on this machine says for whom it asks.
    return address_of(request) in HERE and "x-forwarded-for" not in request.headers
