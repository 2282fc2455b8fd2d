"""日历订阅: one's running limits in one's own calendar program, under an address that is secret."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.lists.calendar_feeds import calendar_of, feed_of, make_feed, revoke_feed, whose_feed
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, Home, Now, Reading
from web.request.menu import Entry
from web.request.render import page

router = APIRouter()
MENU = (Entry("日历订阅", "/calendar", order=90),)
ICS = "text/calendar; charset=utf-8"


@router.get("/calendar")
def show(desk: AtDesk) -> Response:
    """Whether there is a feed, and since when."""
    found = feed_of(desk.session, desk.actor)
    made_at = found.made_at if found else None
    return page(desk.request, "clues/feed.html", made_at=made_at, address="")


@router.post("/calendar")
def make(desk: AtDesk) -> Response:
    """A new address, shown this once; the old one ends."""
    key = make_feed(desk.office, desk.actor, desk.now)
    address = f"{desk.office.settings.base_url.rstrip('/')}/calendar.ics?key={key}"
    return page(desk.request, "clues/feed.html", made_at=desk.now, address=address)


@router.post("/calendar/revoke")
def revoke(desk: AtDesk) -> Response:
    """The address ends."""
    revoke_feed(desk.office, desk.actor)
    return RedirectResponse("/calendar", 303)


@router.get("/calendar.ics")
def feed(
    office: Home, now: Now, session: Reading, key: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The limits of whose key it is. The key is in the query, which no log of ours holds."""
    actor = whose_feed(session, key, now)
    if actor is None:
        raise NotForYou("没有这个日历，或者订阅地址已经停用")
    content = calendar_of(session, Viewer(office, actor, now))
    headers = {"Content-Disposition": 'inline; filename="yisong.ics"'}
    return Response(content, media_type=ICS, headers=headers)
