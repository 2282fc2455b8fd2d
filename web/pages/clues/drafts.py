"""Drafts of what an action would issue: with gaps where something is lacking."""

from fastapi import APIRouter
from starlette.datastructures import FormData, QueryParams
from starlette.responses import Response

from domain.lifecycle.plan import NEW, Reason, Refused
from flows.door.document_drafts import DraftPaper, draft_papers
from flows.door.locked_dossier import with_its_own
from flows.door.steps import situation_for
from flows.people.visible_clues import NotForYou
from web.forms.browser_form import read_fields
from web.request.desk import AtDesk, Desk, Sent
from web.request.render import page
from web.views.action_form import Form
from web.views.form_finding import form_of

router = APIRouter()


@router.get("/clues/{number}/do/{kind}/{action}/papers")
@router.get("/clues/{number}/do/{kind}/{action}/{process_id:int}/papers")
@router.get("/undertakings/{number}/do/{kind}/{action}/papers")
@router.get("/undertakings/{number}/do/{kind}/{action}/{process_id:int}/papers")
def look(desk: AtDesk, number: str, kind: str, action: str, process_id: int = NEW) -> Response:
    """The documents as they would read with what is on record."""
    form = form_of(desk, number, (kind, action), process_id)
    return _show(desk, form, desk.request.query_params)


@router.post("/clues/{number}/do/{kind}/{action}/papers")
@router.post("/clues/{number}/do/{kind}/{action}/{process_id:int}/papers")
@router.post("/undertakings/{number}/do/{kind}/{action}/papers")
@router.post("/undertakings/{number}/do/{kind}/{action}/{process_id:int}/papers")
def look_at(
    desk: AtDesk, sent: Sent, number: str, kind: str, action: str, process_id: int = NEW
) -> Response:
    """The documents as they would read with the form as it is."""
    return _show(desk, form_of(desk, number, (kind, action), process_id), sent)


def _show(desk: Desk, form: Form, sent: FormData | QueryParams) -> Response:
    papers: list[DraftPaper] = []
    refused: tuple[Reason, ...] = form.standing
    if not refused:
        try:
            papers = _papers(desk, form, read_fields(form.transition.form, sent))
        except Refused as problem:
            refused = problem.reasons
    return page(
        desk.request,
        "papers/drafts.html",
        root=form.root,
        root_path=form.back,
        label=form.transition.label,
        back=form.url,
        papers=papers,
        refused=refused,
    )


def _papers(desk: Desk, form: Form, values: dict[str, object]) -> list[DraftPaper]:
    if form.root is None:
        raise NotForYou("登记以后才能预览文书")
    held = with_its_own(desk.session, desk.office.rules, form.root)
    command = form.command(values)
    who = (desk.actor, desk.now)
    situation = situation_for(desk.session, desk.office, held, command, who)
    return draft_papers(desk.session, desk.office, situation, form.action)
