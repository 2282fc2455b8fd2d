"""The page of one action: its form from the lifecycle table, a preview, the act done once.

A clue's forms and those of an undertaking are the same, under the address of their own page.
"""

from dataclasses import dataclass
from secrets import token_urlsafe

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.lifecycle.plan import NEW, Reason, Refused
from domain.tables.process import Clue
from flows.acting.whole_steps import act
from flows.door.crime_preview import foresee_crime
from flows.door.document_drafts import may_issue
from flows.door.page_paths import page_path
from flows.door.preview import Foreseen, foresee, outline
from flows.door.steps import STALE
from flows.lists.referral_list import OUTSIDE
from flows.people.form_drafts import Draft, draft_of, drop_draft, keep_draft
from flows.workbench.phrases import phrases_of
from web.forms.browser_form import read_fields
from web.forms.doubts import doubts_about
from web.forms.evidence_begun import evidence_begun
from web.forms.inspection_choices import FINDING, ITEMS, result_begun
from web.forms.next_version import DRAFT, KIND, TAKE_UP, last_plan, next_version
from web.forms.on_record import on_record
from web.forms.suggestions import defaults_of
from web.request.desk import AtDesk, Sent
from web.request.menu import Entry
from web.request.render import fragment, page
from web.views.action_form import (
    Form,
    asked,
    cases_beside,
    choices_of,
    context_of,
    discretion,
    last_act,
    legal_basis,
    none_said,
    searches_of,
    unasked,
    written,
)
from web.views.complaints import at_fields, by_field
from web.views.draw_tried import draw_tried
from web.views.form_finding import beginning, form_of

router = APIRouter()
MENU = (Entry("登记线索", "/clues/new", roles=frozenset({"intake_clerk"}), order=30),)
BLANK_ROWS, MORE_ROWS = 3, 8
PLEASE = "请填写「"
"""How a complaint about a blank field begins; blank fields are told all together."""


@router.get("/clues/new")
@router.get("/circulars/new")
@router.get("/draws/new")
@router.get("/publications/new")
@router.get("/visits/new")
@router.get("/assessments/new")
@router.get("/breach_records/new")
@router.get("/joint_proceedings/new")
@router.get("/visits/urgent")
def ask_to_begin(desk: AtDesk) -> Response:
    """The form in which a clue is registered by hand, or an undertaking begun.

    That of a publication may be the next version of one, and begins with what that says.
    """
    form = beginning(desk)
    drafts = (form.process.kind, form.action) == (KIND, DRAFT)
    given = next_version(desk, form.transition.form) if drafts else {}
    return _show(form, given, Manner(fresh=True))


@router.post("/clues/new")
@router.post("/circulars/new")
@router.post("/draws/new")
@router.post("/publications/new")
@router.post("/visits/new")
@router.post("/assessments/new")
@router.post("/breach_records/new")
@router.post("/joint_proceedings/new")
@router.post("/visits/urgent")
def begin(desk: AtDesk, sent: Sent) -> Response:
    """A new clue or undertaking, or the form again with every reason."""
    return _do(beginning(desk), sent)


@router.post("/clues/new/preview")
@router.post("/circulars/new/preview")
@router.post("/draws/new/preview")
@router.post("/publications/new/preview")
@router.post("/visits/new/preview")
@router.post("/assessments/new/preview")
@router.post("/breach_records/new/preview")
@router.post("/joint_proceedings/new/preview")
@router.post("/visits/urgent/preview")
def preview_beginning(desk: AtDesk, sent: Sent) -> Response:
    """What registering or beginning would do."""
    return _preview(beginning(desk), sent)


@router.get("/clues/{number}/do/{kind}/{action}")
@router.get("/clues/{number}/do/{kind}/{action}/{process_id:int}")
@router.get("/undertakings/{number}/do/{kind}/{action}")
@router.get("/undertakings/{number}/do/{kind}/{action}/{process_id:int}")
def ask(desk: AtDesk, number: str, kind: str, action: str, process_id: int = NEW) -> Response:
    """The form of an action, filled with what is suggested or on record."""
    form = form_of(desk, number, (kind, action), process_id)
    given = read_fields(form.transition.form, desk.request.query_params)
    if (kind, action) == (KIND, TAKE_UP):
        given = {**given, **last_plan(desk)}
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
        done = act(form.desk.office, command, form.desk.actor, form.desk.now)
    except Refused as refused:
        draft = Draft(form.url, form.named, values, form.desk.now)
        keep_draft(form.desk.office, form.desk.actor.id, draft)
        if any(one.text == STALE for one in refused.reasons):
            return _show(form, values, Manner(409, stale=STALE + "。"))
        status = 409 if form.standing else 422
        return _show(form, values, Manner(status, complaints=refused.reasons))
    drop_draft(form.desk.office, form.desk.actor.id, form.url)
    return RedirectResponse(f"{_read_on(form, done.clue_no)}?done={done.event}", 303)


def _read_on(form: Form, number: str) -> str:
    """Where who took a step reads on: police and procuratorate at their referral."""
    kind = form.process.kind
    if kind == "referral" and form.process.id and form.desk.actor.roles & OUTSIDE:
        return f"/referrals/{form.process.id}"
    return page_path(form.desk.office.rules.lifecycles[kind].root, number)


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
            "doubts": (),
            "unasked": frozenset(),
            "tried": None,
            "none_said": (),
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
        "none_said": none_said(form),
        "tried": draw_tried(form, values),
        "unasked": unasked(form, values),
        "doubts": doubts_about(values),
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


def _known(form: Form) -> dict[str, object]:
    """What the form begins with because the record knows it."""
    if _is_result(form):
        return result_begun(form.situation)
    if form.seen is None:
        return {}
    fields = form.transition.form
    clue = form.root if isinstance(form.root, Clue) else None
    begun = evidence_begun(form.desk, clue, fields) if clue else {}
    return _cause(form) | begun | on_record(fields, form.situation, form.seen.shows)


def _usual(form: Form) -> dict[str, object]:
    """What the form begins with otherwise: the moment, who asks, what was suggested."""
    desk = form.desk
    found = defaults_of(form.transition.form, form.process, desk.actor, desk.now)
    return found | result_begun(form.situation) if _is_result(form) else found


def _is_result(form: Form) -> bool:
    """Whether a department enters what its inspection found."""
    return form.process.kind == FINDING and ITEMS in form.transition.form


def _show(form: Form, values: dict[str, object], manner: Manner) -> Response:
    if form.standing:
        return _show_refusal(form, values, manner)
    desk = form.desk
    draft = draft_of(desk.session, desk.office, desk.actor.id, form.url) if manner.fresh else None
    known = _known(form) if manner.fresh and draft is None else {}
    if manner.fresh:
        begun = dict(draft.values) if draft else known | _usual(form)
        values = begun | values
    complaints = at_fields(form.transition.form, manner.complaints)
    degrees = discretion(form, values)
    return page(
        desk.request,
        "clues/action.html",
        manner.status,
        values=values,
        filled={name for name, value in known.items() if values.get(name) == value},
        choices=choices_of(form, degrees or ()),
        searches=searches_of(form),
        like=cases_beside(form),
        asked=asked(form, values),
        standing=(),
        complaints=complaints,
        wrong=by_field(complaints),
        stale=manner.stale,
        overtaken_by=last_act(form) if manner.stale else "",
        written=(),
        draft=draft,
        nonce=token_urlsafe(),
        extra_rows=manner.extra_rows,
        degrees=degrees,
        context=context_of(form),
        acts_for=form.acts_for,
        phrases=phrases_of(desk.session, desk.viewer),
        fields=form.transition.form,
        version=form.version,
        has_papers=bool(form.root) and may_issue(desk.office.rules, form.process.kind, form.action),
        **_named(form),
        **legal_basis(form, values),
        **_foreseen(form, values),
    )


def _show_refusal(form: Form, values: dict[str, object], manner: Manner) -> Response:
    """Why the action may not be taken now, and what was typed for it; nothing to fill in."""
    desk = form.desk
    draft = draft_of(desk.session, desk.office, desk.actor.id, form.url) if manner.fresh else None
    typed = {**draft.values, **values} if draft else values
    return page(
        desk.request,
        "clues/action.html",
        manner.status,
        standing=form.standing,
        stale=manner.stale,
        overtaken_by=last_act(form) if manner.stale else "",
        written=written(form, typed) if manner.stale or draft else (),
        label=form.transition.label,
        draft_days=desk.office.settings.draft_days,
        **_named(form),
    )


def _named(form: Form) -> dict[str, object]:
    """What the page is called and rests on, and where it comes from and goes to."""
    rules = form.desk.office.rules
    root = rules.lifecycles[form.process.kind].root
    return {
        "heading": form.heading,
        "root": form.root,
        "root_label": rules.lifecycles[root].label,
        "back": form.back,
        "basis": [rules.cite(one) for one in form.transition.basis],
        "action_url": form.url,
    }
