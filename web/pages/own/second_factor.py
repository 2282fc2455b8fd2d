"""验证器: one's own second factor: a telephone, passkeys; recovery codes are shown once."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.tables.session import SecondFactor
from flows.people.own_second_factor import (
    NEW_PASSKEY,
    OWN_PAGE,
    AtBrowser,
    Given,
    NotEnrolled,
    Shown,
    enrol,
    enrol_passkey,
    give_up,
    give_up_passkey,
    offer,
    offered_again,
    renew_codes,
)
from flows.people.passkeys import Question, ask, asked, new_wanted, passkeys_of, place_of, wanted
from flows.people.second_factor import HALF_WAY, Proof, codes_left, must_have
from web.request.desk import COOKIE, SECOND, AtDesk, Desk
from web.request.render import page

router = APIRouter()
SAID = {
    "ended": "手机验证器已停用。",
    "key-ended": "通行密钥已停用。",
    "added": "已登记。恢复码没有变。",
}
Code = Annotated[str, Form(max_length=40)]
Sealed = Annotated[str, Form(max_length=1000)]
Answer = Annotated[str, Form(max_length=20_000)]


@router.get("/account/second")
def show(desk: AtDesk, said: str = "") -> Response:
    """What there is, the picture to enrol a telephone with, and the way to a passkey."""
    return _page(desk, said=SAID.get(said, ""))


@router.post("/account/second")
def begin(desk: AtDesk, code: Code = "", sealed: Sealed = "", old: Code = "") -> Response:
    """The telephone is enrolled by its first code; recovery codes are shown this once."""
    try:
        codes = enrol(_who(desk), sealed, code, old)
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem), sealed=sealed)
    return _codes(desk, codes)


@router.post("/account/second/passkey")
def begin_passkey(
    desk: AtDesk, answer: Answer = "", sealed: Sealed = "", name: Code = "", old: Code = ""
) -> Response:
    """A passkey is enrolled by what the device made; recovery codes are shown if they are new."""
    try:
        codes = enrol_passkey(_who(desk), sealed, answer, Given(name, old))
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem))
    return _codes(desk, codes)


@router.post("/account/second/codes")
def renew(desk: AtDesk, code: Code = "", sealed: Sealed = "", answer: Answer = "") -> Response:
    """New recovery codes, shown this once."""
    try:
        codes = renew_codes(_who(desk), Shown(Proof(code, answer), sealed))
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem))
    return _codes(desk, codes)


@router.post("/account/second/end")
def end(
    desk: AtDesk,
    code: Code = "",
    sealed: Sealed = "",
    answer: Answer = "",
    passkey: Annotated[str, Form(max_length=1400)] = "",
) -> Response:
    """The telephone, or the passkey that is named, ends: to enrol another one."""
    shown = Shown(Proof(code, answer), sealed)
    try:
        if passkey:
            give_up_passkey(_who(desk), passkey, shown)
        else:
            give_up(_who(desk), shown)
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem))
    return RedirectResponse(f"{SECOND}?said={'key-ended' if passkey else 'ended'}", 303)


def _who(desk: Desk) -> AtBrowser:
    return AtBrowser(desk.office, desk.actor, desk.now, desk.request.cookies.get(COOKIE, ""))


def _codes(desk: Desk, codes: tuple[str, ...]) -> Response:
    if not codes:
        return RedirectResponse(f"{SECOND}?said=added", 303)
    return page(desk.request, "own/recovery_codes.html", codes=codes)


def _page(
    desk: Desk, status: int = 200, *, complaint: str = "", said: str = "", sealed: str = ""
) -> Response:
    kept = desk.session.get(SecondFactor, desk.actor.id)
    made = None
    if kept is None:
        try:
            made = offered_again(desk.office, desk.actor, sealed, desk.now)
        except NotEnrolled:
            made = offer(desk.office, desk.actor, desk.now)
    confirms, creates = _question(desk, OWN_PAGE), _question(desk, NEW_PASSKEY)
    return page(
        desk.request,
        "own/second_factor.html",
        status,
        since=kept.since if kept else None,
        offer=made,
        keys=passkeys_of(desk.session, desk.actor.id),
        place=place_of(desk.office.settings),
        confirm=(confirms[0], wanted(desk.session, desk.office, confirms[1])),
        create=(creates[0], new_wanted(desk.session, desk.office, desk.actor, creates[1])),
        left=codes_left(desk.session, desk.actor.id),
        must=must_have(desk.office.settings, desk.actor.roles),
        complaint=complaint,
        said=said,
    )


def _question(desk: Desk, purpose: str) -> tuple[str, Question]:
    """A new question to the person at the desk: sealed for the form, and open for the browser."""
    sealed = ask(desk.office, purpose, desk.actor.id, desk.now)
    question = asked(desk.office, purpose, sealed, desk.now, HALF_WAY)
    assert question is not None
    return sealed, question
