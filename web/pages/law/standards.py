"""裁量基准 of an organ: entered, amended and ended by legal staff, confirmed by another."""

from collections.abc import Callable, Mapping
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.lifecycle.plan import Reason, Refused
from domain.limits.limit import day_of
from domain.shapes.discretion import WrittenStandard
from domain.shapes.lifecycles import FormField
from domain.tables.site import SiteStandard
from flows.people.user_keeping import Keeper
from flows.people.visible_clues import NotForYou
from flows.upkeep.standard_form import (
    AMENDING,
    COLUMNS,
    ENDING,
    GRADES,
    NEW,
    YUAN,
    read_standard,
    rows_of,
)
from flows.upkeep.standard_keeping import ENTERERS, LONGEST_REASON, confirm, enter, reject
from flows.upkeep.standard_letters import CONFIRMERS
from flows.upkeep.standard_list import WAITING, VersionLine, newest_of, one_line
from web.forms.browser_form import read_fields
from web.forms.choices import Choice, Choices, by_group
from web.pages.law.standard_sheets import filled_in
from web.request.desk import AtDesk, Desk, Sent, needs
from web.request.render import page
from web.views.rule_words import TABS

READERS = (*sorted(CONFIRMERS), "section_head", "handler", "supervisor", "auditor", "administrator")
EVERYWHERE = frozenset({"supervisor", "auditor", "administrator"})
"""Chairs that read the versions of every organ; others read those of their own."""
router = APIRouter(prefix="/rules/discretion", dependencies=[Depends(needs(*READERS))])
ENTERING = [Depends(needs(*sorted(ENTERERS)))]
Text = Annotated[str, Form(max_length=LONGEST_REASON)]
LOCAL = "local-discretion"
TITLES = {"new": "登记裁量基准", "amend": "修改裁量基准", "end": "停用裁量基准"}


@router.get("/new", dependencies=ENTERING)
def ask(desk: AtDesk) -> Response:
    """The form of a new standard."""
    today = day_of(desk.now).isoformat()
    return _form(desk, ("new", ""), NEW, {"from_day": today, "evidence": "text"})


@router.post("/new", dependencies=ENTERING)
def add(desk: AtDesk, sent: Sent) -> Response:
    """A new standard that waits for a second person, or the form with every reason."""
    if sent.get("read"):
        return _read_in(desk, ("new", ""), NEW, sent)
    return _enter(desk, ("new", ""), read_fields(NEW, sent))


@router.get("/{standard}/amend", dependencies=ENTERING)
def ask_amended(desk: AtDesk, standard: str) -> Response:
    """The form of a new version, as the last one stands."""
    before = _newest(desk, standard)
    known = before.model_dump(mode="json", exclude={"degrees", "reason"})
    values = {**known, "degrees": rows_of(desk.office.rules, before)}
    return _form(desk, ("amend", standard), AMENDING, values)


@router.post("/{standard}/amend", dependencies=ENTERING)
def amend(desk: AtDesk, standard: str, sent: Sent) -> Response:
    """A new version that waits for a second person, or the form with every reason."""
    if sent.get("read"):
        return _read_in(desk, ("amend", standard), AMENDING, sent)
    return _enter(desk, ("amend", standard), read_fields(AMENDING, sent))


@router.get("/{standard}/end", dependencies=ENTERING)
def ask_end(desk: AtDesk, standard: str) -> Response:
    """The form by which a standard ends."""
    _newest(desk, standard)
    return _form(desk, ("end", standard), ENDING, {})


@router.post("/{standard}/end", dependencies=ENTERING)
def end(desk: AtDesk, standard: str, sent: Sent) -> Response:
    """The end of a standard, which waits for a second person; or the form with every reason."""
    return _enter(desk, ("end", standard), read_fields(ENDING, sent))


@router.get("/versions/{version_id:int}")
def one_version(desk: AtDesk, version_id: int) -> Response:
    """A version: its document, its degrees, who entered it, and what may be done with it."""
    return _version(desk, version_id)


@router.post("/versions/{version_id:int}/confirm")
def put_in_force(desk: AtDesk, version_id: int) -> Response:
    """The version holds from its day on."""
    return _judge(desk, version_id, lambda keeper: confirm(keeper, version_id))


@router.post("/versions/{version_id:int}/reject")
def turn_down(desk: AtDesk, version_id: int, reason: Text = "") -> Response:
    """The version is not put in force, for a reason."""
    return _judge(desk, version_id, lambda keeper: reject(keeper, version_id, reason))


def _enter(desk: Desk, what: tuple[str, str], given: Mapping[str, object]) -> Response:
    act, standard = what
    before = _newest(desk, standard) if standard else None
    today = day_of(desk.now)
    read = read_standard(desk.office.rules, given, today, before, ends=act == "end")
    try:
        row = enter(_keeper(desk), read, standard)
    except Refused as refused:
        fields = {"new": NEW, "amend": AMENDING, "end": ENDING}[act]
        return _form(desk, what, fields, given, refused.reasons)
    return RedirectResponse(f"/rules/discretion/versions/{row.id}", 303)


def _read_in(
    desk: Desk, what: tuple[str, str], fields: Mapping[str, FormField], sent: FormData
) -> Response:
    """The form with the degrees of the file that was sent, to be looked over and handed in."""
    values, complaint = filled_in(desk, sent, read_fields(fields, sent))
    cited = desk.office.rules.cite(LOCAL)
    return _form(desk, what, fields, values, (Reason(complaint, LOCAL, cited),) * bool(complaint))


def _judge(desk: Desk, version_id: int, act: Callable[[Keeper], SiteStandard]) -> Response:
    _line(desk, version_id)
    try:
        act(_keeper(desk))
    except Refused as refused:
        return _version(desk, version_id, refused.reasons)
    return RedirectResponse(f"/rules/discretion/versions/{version_id}", 303)


def _form(
    desk: Desk,
    what: tuple[str, str],
    fields: Mapping[str, FormField],
    values: Mapping[str, object],
    refused: tuple[Reason, ...] = (),
) -> Response:
    act, standard = what
    address = f"/rules/discretion/{quote(standard)}/{act}" if standard else "/rules/discretion/new"
    return page(
        desk.request,
        "law/standard_form.html",
        422 if refused else 200,
        title=TITLES[act],
        conduct=_newest(desk, standard).conduct if standard else "",
        fields=fields,
        values=values,
        standard=standard,
        choices=_choices(desk),
        address=address,
        refused=refused,
    )


def _choices(desk: Desk) -> Choices:
    """The matters that the organ handles first, and what the columns of the degrees may say."""
    rules = desk.office.rules
    function = rules.departments[desk.actor.department].function
    offered = [
        Choice(key, one.name, "本机关承办" if one.lead == function else one.field)
        for key, one in sorted(rules.matters.items(), key=lambda one: one[1].lead != function)
    ]
    bases = [YUAN, *(one.label for one in rules.quantities.values())]
    return {
        "matters": by_group(offered),
        "degrees": (("times_of", tuple(Choice(one, one) for one in bases)),),
    }


def _version(desk: Desk, version_id: int, refused: tuple[Reason, ...] = ()) -> Response:
    line, actor, rules = _line(desk, version_id), desk.actor, desk.office.rules
    own = actor.department == line.row.department_id
    return page(
        desk.request,
        "law/standard.html",
        422 if refused else 200,
        tabs=TABS,
        tab="/rules/discretion",
        line=line,
        organ=rules.departments[line.row.department_id].name,
        matters=[rules.matters[one].name for one in line.written.matters if one in rules.matters],
        degrees=rows_of(rules, line.written),
        columns=COLUMNS,
        grade=GRADES.get(line.written.evidence, ""),
        waits=line.state == WAITING,
        is_enterer=line.row.entered_by == actor.id,
        may_judge=own and bool(actor.roles & CONFIRMERS),
        may_enter=own and bool(actor.roles & ENTERERS),
        refused=refused,
        longest=LONGEST_REASON,
    )


def _line(desk: Desk, version_id: int) -> VersionLine:
    try:
        found = one_line(desk.session, version_id, day_of(desk.now))
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    if found.row.department_id != desk.actor.department and not desk.actor.roles & EVERYWHERE:
        raise NotForYou("其他机关的登记经过只供该机关查看；现行的基准见规则库")
    return found


def _newest(desk: Desk, standard: str) -> WrittenStandard:
    try:
        return newest_of(desk.session, standard, desk.actor.department)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem


def _keeper(desk: Desk) -> Keeper:
    return Keeper(desk.office, desk.actor, desk.now)
