"""Signing in and out."""

from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.people.known_browsers import Whence, browser_mark
from flows.people.passkeys import place_of
from flows.people.passwords import Crowded
from flows.people.second_factor import CodeNeeded, Proof, ways_on
from flows.people.sign_in import SignedIn, SignInRefused, finish_sign_in, sign_in, sign_out
from flows.people.unit_sign_in import SEALED_SECONDS, UnitRefused, UnitSignIn, is_offered
from flows.people.visible_clues import NotForYou
from flows.site.moment import is_ready
from flows.site.office import Office
from web.request.demonstration_people import demonstration
from web.request.desk import COOKIE, Home, Now, address_of
from web.request.limiter import Limiter
from web.request.render import page

router = APIRouter()
TRIP = "yisong_trip"
KNOWN, KNOWN_SECONDS = "yisong_known", 180 * 86_400
MOST, IN_ALL, WHILE = 60, 300, timedelta(minutes=1)
"""Sign-ins tried from one address (which may be an organ's), and by all, in one process."""
EXPIRED = (
    "登录已过期，请重新登录。刚才没有提交成功；停笔两秒以前填写的内容已存为草稿，"
    "登录后回到原来的表单即可接着填写。"
)


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
    whence = _paced(request, now)
    try:
        found = sign_in(office, account, password, now, whence)
    except Crowded as crowded:
        raise HTTPException(429, str(crowded), {"Retry-After": "5"}) from crowded
    except CodeNeeded as needed:
        return _code_page(request, (office, now), needed.half, own_path(next))
    except SignInRefused as refused:
        return _page(
            request, office, 403, next=own_path(next), account=account, complaint=str(refused)
        )
    return _entered(request, office, found, own_path(next))


@router.post("/signin/code")
def give_code(
    request: Request,
    office: Home,
    now: Now,
    half: Annotated[str, Form(max_length=1000)] = "",
    code: Annotated[str, Form(max_length=40)] = "",
    answer: Annotated[str, Form(max_length=20_000)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/",
) -> Response:
    """The second step of a sign-in: a session for the right code or passkey, or the reason."""
    whence = _paced(request, now)
    try:
        found = finish_sign_in(office, half, Proof(code, answer), now, whence)
    except SignInRefused as refused:
        return _code_page(request, (office, now), half, own_path(next), str(refused))
    return _entered(request, office, found, own_path(next))


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
    secure = is_secure(request)
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
    except CodeNeeded as needed:
        return _code_page(request, (office, now), needed.half, own_path(needed.next))
    except (UnitRefused, SignInRefused) as refused:
        return _page(request, office, 403, next="/", complaint=str(refused))
    response = RedirectResponse(own_path(wanted), 303)
    response.delete_cookie(TRIP, path="/signin/unit")
    set_cookie(response, request, found.token)
    return response


def _paced(request: Request, now: datetime) -> Whence:
    """Whence somebody comes; HTTPException where too many come from there, or in all."""
    if seconds := _pace(request).wait(address_of(request), now):
        told = f"登录过于频繁，请{seconds}秒后再试"
        raise HTTPException(429, told, {"Retry-After": str(seconds)})
    return Whence(address_of(request), request.cookies.get(KNOWN, ""))


def _entered(request: Request, office: Office, found: SignedIn, path: str) -> Response:
    """The page that was wanted, with the session and the mark of a browser that is known."""
    if old := request.cookies.get(COOKIE):
        sign_out(office, old)
    response = RedirectResponse(path, 303)
    set_cookie(response, request, found.token)
    _set_known(response, request, browser_mark(office, found.actor.id))
    return response


def _code_page(
    request: Request, at: tuple[Office, datetime], half: str, path: str, complaint: str = ""
) -> Response:
    office, now = at
    told = {"half": half, "next": path, "complaint": complaint, "place": place_of(office.settings)}
    status = 403 if complaint else 200
    return page(request, "own/sign_in_code.html", status, ways=ways_on(office, half, now), **told)


def _service(request: Request, office: Office) -> UnitSignIn:
    if not is_offered(office):
        raise NotForYou("本系统没有设置统一身份认证")
    return UnitSignIn(office, getattr(request.app.state, "outside", None))


def set_cookie(response: Response, request: Request, token: str) -> None:
    """The session's own name into the browser, out of reach of scripts."""
    secure = is_secure(request)
    response.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=secure, path="/")


def is_secure(request: Request) -> bool:
    """Whether people come here by HTTPS: so the request says, or the address of the site."""
    office: Office = request.app.state.office
    return request.url.scheme == "https" or office.settings.base_url.startswith("https://")


def _set_known(response: Response, request: Request, mark: str) -> None:
    """Lets the browser be known when its person comes back, whoever failed elsewhere meanwhile."""
    response.set_cookie(
        KNOWN, mark, max_age=KNOWN_SECONDS, httponly=True, samesite="lax",
        secure=is_secure(request), path="/signin",
    )  # fmt: skip


def _pace(request: Request) -> Limiter:
    state = request.app.state
    if not hasattr(state, "sign_in_limiter"):
        state.sign_in_limiter = Limiter(MOST, WHILE, IN_ALL)
    found: Limiter = state.sign_in_limiter
    return found


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
