"""Signing in and out."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.people.sign_in import SignInRefused, sign_in, sign_out
from flows.people.unit_sign_in import SEALED_SECONDS, UnitRefused, UnitSignIn, is_offered
from flows.people.visible_clues import NotForYou
from flows.site.moment import is_ready
from flows.site.office import Office
from web.request.demonstration_people import demonstration
from web.request.desk import COOKIE, Home, Now, address_of
from web.request.render import page

router = APIRouter()
TRIP = "yisong_trip"
EXPIRED = "登录已过期，请重新登录。刚才提交的内容没有保存，登录后请重新填写。"


@router.get("/signin")
def ask(
    request: Request, office: Home, next: str = "/", expired: Annotated[bool, Query()] = False
) -> Response:
    """The sign-in page; whoever sent a form too late is told that it was not kept."""
    return _page(request, office, next=own_path(next), said=EXPIRED if expired else "")


@router.post("/signin")
def enter(
    request: Request,
    office: Home,
    now: Now,
    account: Annotated[str, Form(max_length=64)] = "",
    password: Annotated[str, Form(max_length=200)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """A session and the page that was wanted, or the sign-in page with the reason."""
    if not is_ready(office):
        return _page(request, office, 503, next=own_path(next))
    try:
        found = sign_in(office, account, password, now, address_of(request))
    except SignInRefused as refused:
        return _page(
            request, office, 403, next=own_path(next), account=account, complaint=str(refused)
        )
    if old := request.cookies.get(COOKIE):
        sign_out(office, old)
    response = RedirectResponse(own_path(next), 303)
    set_cookie(response, request, found.token)
    return response


@router.post("/signout")
def leave(request: Request, office: Home) -> Response:
    """The session ends."""
    if token := request.cookies.get(COOKIE):
        sign_out(office, token)
    response = RedirectResponse("/signin", 303)
    response.delete_cookie(COOKIE)
    return response


@router.get("/signin/unit")
def go_to_unit(request: Request, office: Home, now: Now, next: str = "/") -> Response:
    """On to the unit's identity service, where one is configured."""
    service = _service(request, office)
    try:
        target, sealed = service.begin(own_path(next), now)
    except UnitRefused as refused:
        return _page(request, office, 503, next=own_path(next), complaint=str(refused))
    response = RedirectResponse(target, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(
        TRIP, sealed, max_age=SEALED_SECONDS, httponly=True, samesite="lax", secure=secure,
        path="/signin/unit",
    )  # fmt: skip
    return response


@router.get("/signin/unit/back")
def come_back(request: Request, office: Home, now: Now) -> Response:
    """A session for who comes back from the identity service."""
    sealed = request.cookies.get(TRIP, "")
    try:
        found, wanted = _service(request, office).finish(sealed, request.query_params, now)
    except (UnitRefused, SignInRefused) as refused:
        return _page(request, office, 403, next="/", complaint=str(refused))
    response = RedirectResponse(own_path(wanted), 303)
    response.delete_cookie(TRIP, path="/signin/unit")
    set_cookie(response, request, found.token)
    return response


def _service(request: Request, office: Office) -> UnitSignIn:
    if not is_offered(office):
        raise NotForYou("本系统没有设置统一身份认证")
    return UnitSignIn(office, getattr(request.app.state, "outside", None))


def set_cookie(response: Response, request: Request, token: str) -> None:
    """The session's own name into the browser, out of reach of scripts."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")


def own_path(path: str) -> str:
    """A path of ours; anything that could lead elsewhere becomes the first page."""
    parts = urlsplit(path.replace("\\", "/"))
    ours = not parts.scheme and not parts.netloc and path.startswith("/")
    return path if ours and not path.startswith("//") and path.isprintable() else "/"


def _page(request: Request, office: Home, status: int = 200, **told: str) -> Response:
    context: dict[str, object] = {"account": "", "complaint": "", "said": "", **told}
    context["demo"] = demonstration(office)
    context["oidc"] = is_offered(office)
    return page(request, "own/sign_in.html", status, **context)
