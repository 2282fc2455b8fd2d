"""The page of one action: its form from the lifecycle table, a preview, the act done once.

A clue's forms and those of an undertaking are the same, under the address of their own page.
"""

from dataclasses import dataclass
from secrets import token_urlsafe

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.lifecycle.plan import NEW, Reason, Refused, standing
from domain.situation.situation import CONSEQUENCE, SYSTEM
from domain.tables.process import Clue
from flows.door.crime_preview import foresee_crime
from flows.door.document_drafts import may_issue
from flows.door.locked_dossier import Root, kind_of, with_its_own
from flows.door.page_paths import page_path
from flows.door.preview import Foreseen, foresee, outline
from flows.door.situations import new_situation
from flows.door.steps import STALE, Command, perform, situation_for
from flows.door.visible_undertakings import seen_undertaking
from flows.people.visible_clues import NotForYou, seen_clue, sight_on
from web.forms.browser_form import read_fields
from web.forms.suggestions import defaults_of
from web.request.desk import AtDesk, Desk, Sent
from web.request.menu import Entry
from web.request.render import fragment, page
from web.views.action_form import (
    Form,
    asked,
    cases_beside,
    choices_of,
    discretion,
    last_act,
    legal_basis,
    written,
)

router = APIRouter()
MENU = (Entry("登记线索", "/clues/new", roles=frozenset({"intake_clerk"}), order=30),)
BEGINNINGS = {"/clues/new": ("clue", "register"), "/circulars/new": ("circular", "draft")}
"""What is begun there, and by which action."""
BLANK_ROWS, MORE_ROWS = 3, 8
PLEASE = "请填写「"
"""How a complaint about a blank field begins; blank fields are told all together."""


@router.get("/clues/new")
@router.get("/circulars/new")
def ask_to_begin(desk: AtDesk) -> Response:
    """The form in which a clue is registered by hand, or an undertaking begun."""
    return _show(_beginning(desk), {}, Manner(fresh=True))


@router.post("/clues/new")
@router.post("/circulars/new")
def begin(desk: AtDesk, sent: Sent) -> Response:
    """A new clue or undertaking, or the form again with every reason."""
    return _do(_beginning(desk), sent)


@router.post("/clues/new/preview")
@router.post("/circulars/new/preview")
def preview_beginning(desk: AtDesk, sent: Sent) -> Response:
    """What registering or beginning would do."""
    return _preview(_beginning(desk), sent)


@router.get("/clues/{number}/do/{kind}/{action}")
@router.get("/clues/{number}/do/{kind}/{action}/{process_id:int}")
@router.get("/undertakings/{number}/do/{kind}/{action}")
@router.get("/undertakings/{number}/do/{kind}/{action}/{process_id:int}")
def ask(desk: AtDesk, number: str, kind: str, action: str, process_id: int = NEW) -> Response:
    """The form of an action, filled with what is suggested or on record."""
    form = form_of(desk, number, (kind, action), process_id)
    given = read_fields(form.transition.form, desk.request.query_params)
    return _show(form, given, Manner(fresh=True))


@router.post("/clues/{number}/do/{kind}/{action}")
@router.post("/clues/{number}/do/{kind}/{action}/{process_id:int}")
@router.post("/undertakings/{number}/do/{kind}/{action}")
@router.post("/undertakings/{number}/do/{kind}/{action}/{process_id:int}")
def do(
    desk: AtDesk, sent: Sent, number: str, kind: str, action: str, process_id: int = NEW
) -> Response:
    """The action done, or its form again with every reason."""
    return _do(form_of(desk, number, (kind, action), process_id), sent)


@router.post("/clues/{number}/do/{kind}/{action}/preview")
@router.post("/clues/{number}/do/{kind}/{action}/{process_id:int}/preview")
@router.post("/undertakings/{number}/do/{kind}/{action}/preview")
@router.post("/undertakings/{number}/do/{kind}/{action}/{process_id:int}/preview")
def preview(
    desk: AtDesk, sent: Sent, number: str, kind: str, action: str, process_id: int = NEW
) -> Response:
    """What the action would do with the form as it is."""
    return _preview(form_of(desk, number, (kind, action), process_id), sent)


# --- finding the form ----------------------------------------------------------------------------


def _beginning(desk: Desk) -> Form:
    kind, action = BEGINNINGS[desk.request.url.path.removesuffix("/preview")]
    where = (kind, desk.actor.department)
    situation = new_situation(desk.office, desk.actor, desk.now, where)
    rules = desk.office.rules
    reasons = standing(situation, action, rules)
    transition = rules.lifecycles[kind].actions[action]
    return Form(desk, None, situation.process, action, transition, reasons)


def form_of(desk: Desk, number: str, named: tuple[str, str], process_id: int) -> Form:
    """The form of an action of a clue or undertaking that the person sees; NotForYou otherwise."""
    kind, action = named
    root = seen_root(desk, number)
    lifecycle = desk.office.rules.lifecycles.get(kind)
    transition = lifecycle.actions.get(action) if lifecycle else None
    if lifecycle is None or transition is None or lifecycle.root != kind_of(root):
        raise NotForYou("没有这项操作")
    if set(transition.by) <= {CONSEQUENCE, SYSTEM}:
        raise NotForYou("没有这项操作")
    command = Command(action, kind, root.id, process_id or None)
    held = with_its_own(desk.session, desk.office.rules, root)
    try:
        situation = situation_for(desk.session, desk.office, held, command, (desk.actor, desk.now))
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    process = situation.process
    seen = sight_on(desk.session, desk.office, desk.actor, root) if isinstance(root, Clue) else None
    if seen and not seen.shows(process.kind, process.id):
        raise NotForYou("没有这项操作，或者您无权查看")
    reasons = standing(situation, action, desk.office.rules)
    return Form(desk, root, situation.process, action, transition, reasons)


def seen_root(desk: Desk, number: str) -> Root:
    """The clue or undertaking of the address, if the person may see it; NotForYou otherwise."""
    if desk.request.url.path.startswith("/undertakings/"):
        return seen_undertaking(desk.session, desk.office, desk.actor, number)
    return seen_clue(desk.session, desk.office, desk.actor, number)


# --- answers -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Manner:
    """How a form is shown: afresh, or again with what was wrong."""

    status: int = 200
    fresh: bool = False
    complaints: tuple[Reason, ...] = ()
    stale: str = ""
    extra_rows: int = BLANK_ROWS


def _do(form: Form, sent: FormData) -> Response:
    values = read_fields(form.transition.form, sent)
    if sent.get("more"):
        return _show(form, values, Manner(extra_rows=MORE_ROWS))
    command = form.command(values, str(sent.get("version", "")), str(sent.get("nonce", "")))
    try:
        done = perform(form.desk.office, command, form.desk.actor, form.desk.now)
    except Refused as refused:
        if any(one.text == STALE for one in refused.reasons):
            return _show(form, values, Manner(409, stale=STALE + "。"))
        status = 409 if form.standing else 422
        return _show(form, values, Manner(status, complaints=refused.reasons))
    root = form.desk.office.rules.lifecycles[form.process.kind].root
    return RedirectResponse(f"{page_path(root, done.clue_no)}?done={done.event}", 303)


def _preview(form: Form, sent: FormData) -> Response:
    values = read_fields(form.transition.form, sent)
    if not form.desk.request.headers.get("hx-request"):
        return _show(form, values, Manner())
    return HTMLResponse(
        fragment(
            "clues/foreseen.html",
            rules=form.desk.office.rules,
            degrees=discretion(form, values),
            **legal_basis(form, values),
            **_foreseen(form, values),
        )
    )


def _foreseen(form: Form, values: dict[str, object]) -> dict[str, object]:
    """What the action will do; where the form is not complete, what it does in general."""
    desk = form.desk
    found: Foreseen | None = None
    refused: tuple[Reason, ...] = ()
    if form.standing:
        return {
            "foreseen": None,
            "crime": None,
            "refused": form.standing,
            "missing": [],
            "label": form.transition.label,
        }
    try:
        found = foresee(desk.session, desk.office, form.command(values), desk.actor, desk.now)
    except Refused as problem:
        refused = problem.reasons
        found = outline(desk.office, form.process, form.transition, desk.now)
    missing = [
        one.label
        for name, one in form.transition.form.items()
        if one.required and name not in values
    ]
    told = tuple(one for one in refused if not one.text.startswith(PLEASE))
    return {
        "foreseen": found,
        "crime": foresee_crime(
            desk.session, desk.office, form.command(values), (desk.actor, desk.now)
        ),
        "refused": told,
        "missing": missing,
        "label": form.transition.label,
    }


def _cause(form: Form) -> dict[str, object]:
    """The act that cases of the clue's matter are usually about, where the form asks for it."""
    clue = form.root if isinstance(form.root, Clue) else None
    matter = form.desk.office.rules.matters.get(clue.matter_id or "") if clue else None
    asked = "cause" in form.transition.form
    return {"cause": matter.cause} if matter and matter.cause and asked else {}


def _show(form: Form, values: dict[str, object], manner: Manner) -> Response:
    desk, transition = form.desk, form.transition
    if manner.fresh:
        begun = defaults_of(transition.form, form.process, desk.actor, desk.now)
        values = _cause(form) | begun | values
    lifecycle = desk.office.rules.lifecycles[form.process.kind]
    degrees = discretion(form, values)
    beside = "" if lifecycle.is_root else f"（{lifecycle.label}）"
    return page(
        desk.request,
        "clues/action.html",
        manner.status,
        root=form.root,
        root_label=desk.office.rules.lifecycles[lifecycle.root].label,
        back=form.back,
        heading=transition.label + beside,
        basis=[desk.office.rules.cite(one) for one in transition.basis],
        fields=transition.form,
        values=values,
        choices=choices_of(form, degrees or ()),
        like=cases_beside(form),
        asked=asked(form, values),
        standing=() if manner.complaints and not form.standing else form.standing,
        complaints=manner.complaints,
        stale=manner.stale,
        overtaken_by=last_act(form) if manner.stale else "",
        written=written(form, values) if manner.stale and form.standing else (),
        version=form.version,
        nonce=token_urlsafe(),
        action_url=form.url,
        extra_rows=manner.extra_rows,
        has_papers=bool(form.root) and may_issue(desk.office.rules, form.process.kind, form.action),
        degrees=degrees,
        **legal_basis(form, values),
        **_foreseen(form, values),
    )
