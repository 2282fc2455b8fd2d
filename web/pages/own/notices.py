"""消息设置: how a person wants to be told."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.tables.people import User
from domain.tables.personal import NoticeWish
from flows.afterwards.notice_wishes import (
    GROUPS,
    HOURS,
    MAY_BE_QUIET,
    WAYS,
    NotSet,
    keep_wish,
    way_of,
    wish_of,
)
from web.request.desk import AtDesk, Desk, Sent
from web.request.render import page

router = APIRouter()


@router.get("/account/notices")
def show(desk: AtDesk, said: str = "") -> Response:
    """The wish as it is."""
    told = "已保存。" if said == "kept" else ""
    return _page(desk, wish_of(desk.session, desk.actor.id), said=told)


@router.post("/account/notices")
def keep(desk: AtDesk, sent: Sent) -> Response:
    """The wish kept, or the form with every complaint."""
    wish = _read(desk, sent)
    try:
        keep_wish(desk.office, wish)
    except NotSet as problem:
        return _page(desk, wish, 422, complaints=problem.complaints)
    return RedirectResponse("/account/notices?said=kept", 303)


def _read(desk: Desk, sent: FormData) -> NoticeWish:
    ways = {one: str(sent.get(one, "")) for one in GROUPS}
    return NoticeWish(
        user_id=desk.actor.id,
        ways={one: way for one, way in ways.items() if way in WAYS},
        digest_hour=_hour(sent, "digest_hour"),
        quiet_from=_hour(sent, "quiet_from"),
        quiet_until=_hour(sent, "quiet_until"),
    )


def _hour(sent: FormData, name: str) -> int | None:
    text = str(sent.get(name, ""))
    return int(text) if text in map(str, HOURS) else None


def _page(desk: Desk, wish: NoticeWish, status: int = 200, **told: object) -> Response:
    context: dict[str, object] = {"said": "", "complaints": {}, **told}
    return page(
        desk.request,
        "own/notices.html",
        status,
        wish=wish,
        chosen={one: way_of(wish, one) for one in GROUPS},
        groups=GROUPS,
        ways=WAYS,
        quietable=MAY_BE_QUIET,
        hours=HOURS,
        email=desk.session.get_one(User, desk.actor.id).email,
        **context,
    )
