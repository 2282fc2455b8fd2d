"""接口令牌: which other systems may call, in whose name, for what and until when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.lifecycle.plan import Reason, Refused
from domain.situation.situation import CHINA
from flows.people.visible_clues import NotForYou
from flows.systems.access_tokens import (
    LONGEST,
    SCOPES,
    Issued,
    TokenWish,
    issue_token,
    list_tokens,
    revoke_token,
    token_state,
)
from flows.systems.system_owners import LONGEST_LABEL, possible_owners
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page

KEEPERS = frozenset({"security_administrator"})
router = APIRouter(prefix="/admin/tokens", dependencies=[Depends(needs(*KEEPERS))])
MENU = (Entry("接口令牌", "/admin/tokens", "管理", KEEPERS, order=60),)
USUAL = timedelta(days=365)
Line = Annotated[str, Form(max_length=200)]


@dataclass(frozen=True)
class Typed:
    """A token as it was asked for."""

    label: str = ""
    user: str = ""
    channel: str = ""
    scopes: tuple[str, ...] = ()
    until: str = ""


def typed(
    label: Line = "",
    user: Line = "",
    channel: Line = "",
    scopes: Annotated[list[str] | None, Form()] = None,
    until: Line = "",
) -> Typed:
    """What was filled in."""
    return Typed(label.strip(), user.strip(), channel, tuple(scopes or ()), until)


@router.get("")
def show(desk: AtDesk, said: str = "") -> Response:
    """The tokens, and the form of a new one."""
    until = (desk.now.astimezone(CHINA) + USUAL).date().isoformat()
    return _show(desk, Typed(until=until), said="已停用。" if said == "revoked" else "")


@router.post("")
def issue(desk: AtDesk, given: Annotated[Typed, Depends(typed)]) -> Response:
    """A new token, shown this once, or the form with every reason."""
    wish = TokenWish(given.label, given.user, given.scopes, _end_of(given.until), given.channel)
    try:
        issued = issue_token(desk.office, wish, desk.actor, desk.now)
    except Refused as refused:
        return _show(desk, given, 422, complaints=refused.reasons)
    return _show(desk, Typed(until=given.until), issued=issued)


@router.post("/{token_id:int}/revoke")
def revoke(desk: AtDesk, token_id: int) -> Response:
    """The token ends."""
    try:
        revoke_token(desk.office, token_id, desk.actor, desk.now)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return RedirectResponse("/admin/tokens?said=revoked", 303)


def _end_of(text: str) -> datetime:
    """The end of a day in China; what is no day is long past, and complained of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date(2000, 1, 1)
    return datetime.combine(day, time(23, 59, 59), tzinfo=CHINA)


def _show(
    desk: Desk,
    given: Typed,
    status: int = 200,
    said: str = "",
    complaints: tuple[Reason, ...] = (),
    issued: Issued | None = None,
) -> Response:
    rows = list_tokens(desk.session)
    if issued is not None:
        rows = [issued.row, *(one for one in rows if one.id != issued.row.id)]
    channels = desk.office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    owners = possible_owners(desk.session)
    return page(
        desk.request,
        "admin/access_tokens.html",
        status,
        lines=[(one, token_state(one, desk.now)) for one in rows],
        names={one.id: one.name for one in owners},
        owners=owners,
        given=given,
        scopes=SCOPES,
        channels=channels,
        complaints=complaints,
        issued=issued,
        said=said,
        longest_label=LONGEST_LABEL,
        last_day=(desk.now.astimezone(CHINA) + LONGEST).date().isoformat(),
        first_day=desk.now.astimezone(CHINA).date().isoformat(),
    )
