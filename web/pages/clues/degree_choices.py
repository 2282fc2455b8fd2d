"""The degrees that may be chosen, asked for anew when another matter is chosen in the same form."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from domain.lifecycle.plan import NEW
from domain.situation.discretion import DEGREE
from web.forms.browser_form import read_fields
from web.request.desk import AtDesk, Sent
from web.request.render import fragment
from web.views.action_form import choices_of, discretion
from web.views.form_finding import form_of

router = APIRouter()


@router.post("/clues/{number}/do/{kind}/{action}/degrees")
@router.post("/clues/{number}/do/{kind}/{action}/{process_id:int}/degrees")
def degrees(
    desk: AtDesk, sent: Sent, number: str, kind: str, action: str, process_id: int = NEW
) -> HTMLResponse:
    """The degrees for the matter that the form states now; what was chosen stays if it can.

    Empty where no standard of the organ is for that matter.
    """
    form = form_of(desk, number, (kind, action), process_id)
    values = read_fields(form.transition.form, sent)
    found = choices_of(form, discretion(form, values) or ())
    return HTMLResponse(
        fragment(
            "clues/degree_options.html", groups=found.get(DEGREE, ()), value=values.get(DEGREE)
        )
    )
