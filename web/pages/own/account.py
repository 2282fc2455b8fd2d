"""本人账号: a password of one's own, and the browsers in which one is signed in."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.tables.people import User
from domain.tables.session import Password
from flows.people.own_account import (
    NewPassword,
    NotChanged,
    change_password,
    end_own_sessions,
    own_sessions,
)
from flows.people.password_rules import password_rules
from flows.people.second_factor import has_second
from web.request.desk import COOKIE, AtDesk, Desk
from web.request.render import page

router = APIRouter()
SAID = {"changed": "密码已修改，其他浏览器上的登录已全部退出。", "ended": "已退出。"}
Typed = Annotated[str, Form(max_length=200)]


@router.get("/account")
def show(desk: AtDesk, said: str = "") -> Response:
    """The person's account."""
    return _page(desk, said=SAID.get(said, ""))


@router.post("/account/password")
def change(desk: AtDesk, old: Typed = "", new: Typed = "", again: Typed = "") -> Response:
    """A password of one's own, or the page with the reason."""
    token = desk.request.cookies.get(COOKIE, "")
    try:
        change_password(desk.office, desk.actor, NewPassword(old, new, again), token, desk.now)
    except NotChanged as problem:
        return _page(desk, 422, complaints={problem.field: str(problem)})
    return RedirectResponse("/account?said=changed", 303)


@router.post("/account/sessions")
def end(desk: AtDesk, name: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Ends one other session, or all others."""
    end_own_sessions(desk.office, desk.actor.id, desk.request.cookies.get(COOKIE, ""), name)
    return RedirectResponse("/account?said=ended", 303)


def _page(desk: Desk, status: int = 200, **told: object) -> Response:
    context: dict[str, object] = {"said": "", "complaints": {}, **told}
    token = desk.request.cookies.get(COOKIE, "")
    return page(
        desk.request,
        "own/account.html",
        status,
        user=desk.session.get_one(User, desk.actor.id),
        has_password=desk.session.get(Password, desk.actor.id) is not None,
        has_second=has_second(desk.session, desk.actor.id),
        must_change=desk.request.state.must_change,
        password_words=password_rules(desk.office.settings).words,
        sessions=own_sessions(desk.session, desk.actor.id, token, desk.now),
        **context,
    )
