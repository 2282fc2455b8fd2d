"""常用语: phrases of one's own and of the department."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from flows.workbench.phrases import KEEPERS, NotWritten, add_phrase, drop_phrase, phrases_of
from web.request.desk import AtDesk, Desk
from web.request.render import fragment, page

router = APIRouter()
SAID = {"added": "已登记。", "dropped": "已删除。"}


@router.get("/phrases")
def show(desk: AtDesk, said: str = "") -> Response:
    """The phrases, with a form for another one."""
    return _page(desk, said=SAID.get(said, ""))


@router.get("/phrases/list")
def offer(desk: AtDesk) -> Response:
    """The phrases as a list to pick from beside a long field."""
    lines = phrases_of(desk.session, desk.viewer)
    return HTMLResponse(fragment("own/phrase_list.html", phrases=lines))


@router.post("/phrases")
def add(
    desk: AtDesk,
    text: Annotated[str, Form(max_length=2000)] = "",
    whose: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """A phrase more, or the page with the reason why not."""
    try:
        add_phrase(desk.viewer, text, of_department=whose == "department")
    except NotWritten as problem:
        return _page(desk, 422, text=text, whose=whose, complaint=str(problem))
    return RedirectResponse("/phrases?said=added", 303)


@router.post("/phrases/{row_id:int}/drop")
def drop(desk: AtDesk, row_id: int) -> Response:
    """A phrase taken out."""
    drop_phrase(desk.viewer, row_id)
    return RedirectResponse("/phrases?said=dropped", 303)


def _page(desk: Desk, status: int = 200, **told: object) -> Response:
    context: dict[str, object] = {"said": "", "complaint": "", "text": "", "whose": "", **told}
    return page(
        desk.request,
        "own/phrases.html",
        status,
        lines=phrases_of(desk.session, desk.viewer),
        keeps=bool(desk.actor.roles & KEEPERS),
        **context,
    )
