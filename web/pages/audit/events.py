"""操作记录: everything that anybody did, narrowed, in detail, and as a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlmodel import col, select
from starlette.responses import Response

from domain.situation.situation import SYSTEM
from domain.tables.people import User
from domain.tables.record import Event
from flows.audit.event_log import Narrow, events_sheet, list_events, log_line
from flows.audit.event_words import ACTIONS, KINDS, changes, details, shown_detail
from flows.lists.form_words import users_named
from flows.people.visible_clues import NotForYou
from flows.site.event_chain import link
from web.forms.choices import Choice, by_group
from web.forms.days import day_or_none
from web.forms.list_bar import ListShape, Narrowing, bar_of, choose, days
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

router = APIRouter(prefix="/audit", dependencies=[Depends(needs("auditor"))])
MENU = (Entry("操作记录", "/audit/events", "审计", frozenset({"auditor"}), order=10),)
Text = Annotated[str, Query(max_length=100)]
Seq = Annotated[int, Query(ge=0, lt=2**31)]
WHO = Narrowing("actor", "人员", hint="姓名或用户编号")
OF_A_CLUE = Narrowing("clue", "线索编号")


def narrow_of(
    since: Text = "",
    until: Text = "",
    actor: Text = "",
    clue: Text = "",
    kind: Text = "",
    action: Text = "",
    before: Seq = 0,
) -> Narrow:
    """What the address asks for."""
    days = day_or_none(since), day_or_none(until)
    return Narrow(*days, actor=actor, clue=clue, kind=kind, action=action, before=before)


Wanted = Annotated[Narrow, Depends(narrow_of)]


@router.get("/events")
def show(desk: AtDesk, narrow: Wanted) -> Response:
    """The record, the newest event first."""
    lines, older = list_events(desk.session, desk.office, narrow)
    shape = ListShape(
        path="/audit/events",
        narrowings=(
            WHO,
            OF_A_CLUE,
            *days("日期"),
            choose("kind", "事项", dict(_kinds(desk))),
            Narrowing("action", "操作", "choice", by_group(_actions(desk))),
        ),
        file="/audit/events.xlsx",
    )
    bar = bar_of(desk, shape, asked(narrow), None)
    return page(
        desk.request,
        "audit/events.html",
        lines=lines,
        bar=bar,
        older=bar.turned("before", older),
        newer=bar.address if narrow.before else "",
    )


@router.get("/events.xlsx")
def take(desk: AtDesk, narrow: Wanted) -> Response:
    """The narrowed record as a file."""
    return excel_file(desk, events_sheet(desk.session, desk.office, narrow))


@router.get("/events/{seq}")
def one(desk: AtDesk, seq: Annotated[int, Path(ge=1, lt=2**31)]) -> Response:
    """One event with all it says, and whether it fits the one before."""
    event = desk.session.get(Event, seq)
    if event is None:
        raise NotForYou(f"没有第{seq}条记录")
    before = desk.session.get(Event, seq - 1)
    shown = shown_detail(desk.session, desk.office, event)
    return page(
        desk.request,
        "audit/event.html",
        line=log_line(desk.session, desk.office, seq),
        told=details(desk.office.rules, event, shown, _names(desk, event)),
        changes=changes(desk.office.rules, shown),
        withheld=shown != event.detail,
        untouched=event.hash == link(event, desk.office.keys.chain),
        joined=before is None or before.hash == event.previous,
        has_next=desk.session.get(Event, seq + 1) is not None,
    )


def asked(narrow: Narrow) -> dict[str, str]:
    """What is asked for, as an address tells it."""
    found = {
        "since": narrow.since.isoformat() if narrow.since else "",
        "until": narrow.until.isoformat() if narrow.until else "",
        "actor": narrow.actor,
        "clue": narrow.clue,
        "kind": narrow.kind,
        "action": narrow.action,
    }
    return {key: value for key, value in found.items() if value}


def _names(desk: Desk, event: Event) -> dict[str, str]:
    lifecycle = desk.office.rules.lifecycles.get(event.process_kind)
    action = lifecycle.actions.get(event.action) if lifecycle else None
    form = event.detail.get("form")
    people = users_named(action.form, form) if action and isinstance(form, dict) else set()
    rows = desk.session.exec(select(User.id, User.name).where(col(User.id).in_(people)))
    return {SYSTEM: "系统", **{key: name for key, name in rows}}


def _kinds(desk: Desk) -> list[tuple[str, str]]:
    processes = [(key, one.label) for key, one in desk.office.rules.lifecycles.items()]
    return [*processes, *KINDS.items()]


def _actions(desk: Desk) -> list[Choice]:
    """Every action by its process; a name that several use is offered where it comes first."""
    seen: set[str] = set()
    found: list[Choice] = []
    for lifecycle in desk.office.rules.lifecycles.values():
        own = {key: one.label for key, one in lifecycle.actions.items() if key not in seen}
        seen |= set(own)
        found += [Choice(key, label, lifecycle.label) for key, label in own.items()]
    rest = [Choice(key, name, "其他") for key, name in ACTIONS.items() if key not in seen]
    return [*found, *rest]
