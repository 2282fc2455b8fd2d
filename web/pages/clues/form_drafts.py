"""Drafts of forms: kept while one types, taken up again, or thrown away."""

from fastapi import APIRouter
from fastapi.responses import PlainTextResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.lifecycle.plan import NEW
from flows.people.form_drafts import Draft, drop_draft, keep_draft
from web.forms.browser_form import read_fields
from web.request.desk import AtDesk, Desk, Sent
from web.request.words import moment
from web.views.action_form import Form
from web.views.form_finding import beginning, form_of

router = APIRouter()
TOO_LONG = "内容过长，没有保存草稿，请先提交或者另存"


@router.post("/clues/new/draft")
@router.post("/circulars/new/draft")
@router.post("/draws/new/draft")
@router.post("/publications/new/draft")
def keep_beginning(desk: AtDesk, sent: Sent) -> Response:
    """What was typed so far to register a clue or begin an undertaking is kept."""
    return _keep(beginning(desk), sent)


@router.post("/clues/{number}/do/{kind}/{action}/draft")
@router.post("/clues/{number}/do/{kind}/{action}/{process_id:int}/draft")
@router.post("/undertakings/{number}/do/{kind}/{action}/draft")
@router.post("/undertakings/{number}/do/{kind}/{action}/{process_id:int}/draft")
def keep(
    desk: AtDesk, sent: Sent, number: str, kind: str, action: str, process_id: int = NEW
) -> Response:
    """What was typed so far is kept for the person himself."""
    return _keep(form_of(desk, number, (kind, action), process_id), sent)


@router.post("/clues/new/draft/drop")
@router.post("/circulars/new/draft/drop")
@router.post("/draws/new/draft/drop")
@router.post("/publications/new/draft/drop")
def drop_beginning(desk: AtDesk) -> Response:
    """The draft goes, and the form is empty again."""
    return _drop(desk)


@router.post("/clues/{number}/do/{kind}/{action}/draft/drop")
@router.post("/clues/{number}/do/{kind}/{action}/{process_id:int}/draft/drop")
@router.post("/undertakings/{number}/do/{kind}/{action}/draft/drop")
@router.post("/undertakings/{number}/do/{kind}/{action}/{process_id:int}/draft/drop")
def drop(desk: AtDesk) -> Response:
    """The person's own draft goes, whether or not the action may still be taken."""
    return _drop(desk)


def _drop(desk: Desk) -> Response:
    address = desk.request.url.path.removesuffix("/draft/drop")
    drop_draft(desk.office, desk.actor.id, address)
    return RedirectResponse(address, 303)


def _keep(form: Form, sent: FormData) -> Response:
    desk = form.desk
    values = read_fields(form.transition.form, sent)
    draft = Draft(form.url, form.named, values, desk.now)
    kept = keep_draft(desk.office, desk.actor.id, draft)
    if "fetch" in sent:
        told = f"草稿已保存 {moment(desk.now)}" if kept and values else "" if kept else TOO_LONG
        return PlainTextResponse(told, 200 if kept else 413)
    return RedirectResponse(form.url, 303)
