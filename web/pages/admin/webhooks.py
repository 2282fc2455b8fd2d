"""对外通知: which addresses are told of which steps, and how each message fared."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.lifecycle.plan import Reason, Refused
from domain.tables.interface import Webhook
from flows.people.visible_clues import NotForYou
from flows.systems.outgoing_requests import LONGEST_URL
from flows.systems.system_owners import LONGEST_LABEL, possible_owners
from flows.systems.webhook_sending import send_trial
from flows.systems.webhooks import (
    ALL,
    Subscribed,
    WebhookWish,
    deliveries,
    end_webhook,
    event_names,
    list_webhooks,
    retry_deliveries,
    subscribe,
)
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page

KEEPERS = frozenset({"security_administrator"})
router = APIRouter(prefix="/admin/webhooks", dependencies=[Depends(needs(*KEEPERS))])
MENU = (Entry("对外通知", "/admin/webhooks", "管理", KEEPERS, order=70),)
Line = Annotated[str, Form(max_length=600)]
SAID = {
    "ended": "已停用，不再发送。",
    "taken": "试发成功，对方已接收。",
    "failed": "试发没有成功，原因见下表最上一行。",
    "retried": "搁置的通知已重新排队。",
    "nothing": "没有搁置的通知。",
}


@dataclass(frozen=True)
class Typed:
    """An address as it was asked for."""

    label: str = ""
    url: str = ""
    user: str = ""
    events: tuple[str, ...] = (ALL,)


def typed(
    label: Line = "",
    url: Line = "",
    user: Line = "",
    events: Annotated[list[str] | None, Form()] = None,
) -> Typed:
    """What was filled in."""
    return Typed(label.strip(), url.strip(), user.strip(), tuple(events or ()))


@router.get("")
def show(desk: AtDesk) -> Response:
    """The addresses, and the form of a new one."""
    return _show(desk, Typed())


@router.post("")
def add(desk: AtDesk, given: Annotated[Typed, Depends(typed)]) -> Response:
    """A new address with its secret, shown this once, or the form with every reason."""
    wish = WebhookWish(given.label, given.url, given.user, given.events)
    try:
        made = subscribe(desk.office, wish, desk.actor, desk.now)
    except Refused as refused:
        return _show(desk, given, 422, complaints=refused.reasons)
    return _show(desk, Typed(), made=made)


@router.get("/{webhook_id:int}")
def one(
    desk: AtDesk,
    webhook_id: int,
    said: str = "",
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """One address with its messages, the newest on top."""
    hook = desk.session.get(Webhook, webhook_id)
    if hook is None:
        raise NotForYou(f"没有编号为{webhook_id}的通知地址")
    lines, older = deliveries(desk.session, webhook_id, before)
    return page(
        desk.request,
        "admin/webhook.html",
        hook=hook,
        lines=lines,
        older=f"/admin/webhooks/{webhook_id}?before={older}" if older else "",
        newer=f"/admin/webhooks/{webhook_id}" if before else "",
        events={ALL: "全部", "ping": "试发", **_events(desk)},
        said=SAID.get(said, ""),
        is_good=said != "failed",
    )


@router.post("/{webhook_id:int}/trial")
def try_out(desk: AtDesk, webhook_id: int) -> Response:
    """A message without a clue, sent at once."""
    try:
        found = send_trial(desk.office, webhook_id, desk.now)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return _back(webhook_id, "taken" if found.delivered_at else "failed")


@router.post("/{webhook_id:int}/retry")
def retry(desk: AtDesk, webhook_id: int) -> Response:
    """What was parked is sent again."""
    try:
        count = retry_deliveries(desk.office, webhook_id, desk.actor, desk.now)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return _back(webhook_id, "retried" if count else "nothing")


@router.post("/{webhook_id:int}/end")
def end(desk: AtDesk, webhook_id: int) -> Response:
    """The address is told nothing any more."""
    try:
        end_webhook(desk.office, webhook_id, desk.actor, desk.now)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return _back(webhook_id, "ended")


def _back(webhook_id: int, said: str) -> Response:
    return RedirectResponse(f"/admin/webhooks/{webhook_id}?said={said}", 303)


def _events(desk: Desk) -> dict[str, str]:
    """Every event, those of a process together under its own name first."""
    lifecycles = desk.office.rules.lifecycles
    found: dict[str, str] = {}
    names = event_names(desk.office)
    for kind, lifecycle in sorted(lifecycles.items(), key=lambda one: one[0] != "clue"):
        found[f"{kind}.*"] = f"{lifecycle.label}·全部"
        found |= {key: label for key, label in names.items() if key.startswith(f"{kind}.")}
    return found


def _show(
    desk: Desk,
    given: Typed,
    status: int = 200,
    complaints: tuple[Reason, ...] = (),
    made: Subscribed | None = None,
) -> Response:
    hooks = list_webhooks(desk.session)
    if made is not None:
        hooks = [made.row, *(one for one in hooks if one.id != made.row.id)]
    owners = possible_owners(desk.session)
    return page(
        desk.request,
        "admin/webhooks.html",
        status,
        hooks=hooks,
        owners=owners,
        names={one.id: one.name for one in owners},
        given=given,
        events=_events(desk),
        complaints=complaints,
        made=made,
        allowed=desk.office.settings.webhook_hosts,
        longest_label=LONGEST_LABEL,
        longest_url=LONGEST_URL,
    )
