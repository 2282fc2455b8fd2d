"""Bulk actions on clues: shown first, done one by one, and told row by row."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form
from sqlmodel import col, select
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.lifecycle.plan import Reason, Refused
from domain.tables.process import Clue
from flows.door.steps import Command, Outcome, perform
from flows.people.visible_clues import visible
from web.forms.choices import by_group, departments
from web.forms.suggestions import suggested_form
from web.request.desk import AtDesk, Desk, NotAllowed, Sent
from web.request.render import page
from web.views.clue_rows import BULK

router = APIRouter()
MOST = 100


@dataclass(frozen=True)
class Fate:
    """What became of one clue: done, or every reason why not."""

    clue: Clue
    outcome: Outcome | None
    reasons: tuple[Reason, ...] = ()


@router.post("/clues/bulk")
def ask(
    desk: AtDesk,
    action: Annotated[str, Form(max_length=40)],
    pick: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """The clues that were picked, with what would be done to each."""
    label = _label(desk, action)
    found = _picked(desk, pick or [])
    return page(
        desk.request,
        "clues/bulk.html",
        action=action,
        label=label,
        clues=[(one, _form(desk, action, one)) for one in found],
        departments=by_group(departments(desk.office.rules, desk.actor.department)),
        handlings=desk.office.rules.lifecycles["clue"].actions["dispatch"].form["handling"].options,
        most=MOST,
    )


@router.post("/clues/bulk/do")
def do(desk: AtDesk, sent: Sent) -> Response:
    """Each clue in a transaction of its own, and the result of every row."""
    action = str(sent.get("action", ""))
    label = _label(desk, action)
    picked = [one for one in sent.getlist("pick") if isinstance(one, str)]
    fates = [_carry_out(desk, action, one, sent) for one in _picked(desk, picked)]
    done = sum(one.outcome is not None for one in fates)
    return page(
        desk.request,
        "clues/bulk_done.html",
        label=label,
        fates=fates,
        done=done,
        states=desk.office.rules.lifecycles["clue"].states,
    )


def _label(desk: Desk, action: str) -> str:
    if action not in BULK or BULK[action][0] not in desk.actor.roles:
        raise NotAllowed("您的岗位不能批量进行这项操作")
    return BULK[action][1]


def _picked(desk: Desk, numbers: list[str]) -> list[Clue]:
    """The clues of those numbers that the person may see, in the order in which they were."""
    wanted = list(dict.fromkeys(numbers))[:MOST]
    query = select(Clue).where(col(Clue.no).in_(wanted), visible(desk.office, desk.actor))
    found = {one.no: one for one in desk.session.exec(query)}
    return [found[one] for one in wanted if one in found]


def _form(desk: Desk, action: str, clue: Clue) -> dict[str, object]:
    told = clue.facts.get("suggestion")
    if action == "dispatch":
        return suggested_form(told) if isinstance(told, dict) else {}
    return {"handler_user": desk.actor.id}


def _carry_out(desk: Desk, action: str, clue: Clue, sent: FormData) -> Fate:
    form = _chosen(_form(desk, action, clue), clue, sent)
    command = Command(action, clue=clue.id, form=form, version=_version(clue, sent))
    try:
        return Fate(clue, perform(desk.office, command, desk.actor, desk.now))
    except Refused as refused:
        return Fate(clue, None, refused.reasons)


def _chosen(form: Mapping[str, object], clue: Clue, sent: FormData) -> dict[str, object]:
    """The suggestion with the lead and reason that the person put in its place."""
    lead, reason = str(sent.get(f"lead.{clue.no}", "")), str(sent.get(f"reason.{clue.no}", ""))
    changed: dict[str, object] = {**form}
    if lead:
        changed["lead"] = lead
        if lead != form.get("lead"):
            changed.pop("cooperating", None)
            changed.pop("matter", None)
    if reason.strip():
        changed["reason"] = reason.strip()
    return changed


def _version(clue: Clue, sent: FormData) -> int | None:
    told = str(sent.get(f"version.{clue.no}", ""))
    return int(told) if told.isdecimal() else None
