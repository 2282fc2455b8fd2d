"""代办: who looks after whose matters while he is away."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.people.user_keeping import NotKept
from flows.workbench.substitution_wish import Wish
from flows.workbench.substitutions import (
    absent_people,
    end_substitution,
    name_substitute,
    possible_substitutes,
    substitutions,
    why_nobody,
)
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page

OWN = frozenset({"handler", "intake_clerk", "section_head", "department_head", "principal"})
OTHERS = frozenset({"legal_reviewer", "arbiter", "police_liaison", "procuratorate_liaison"})
OVERSEEN = frozenset({"supervisor"})
router = APIRouter(dependencies=[Depends(needs(*sorted(OWN | OTHERS | OVERSEEN)))])
MENU = (
    Entry("代办", "/substitutes", "办理", OWN | OTHERS, order=13),
    Entry("代办", "/substitutes", "督办", OVERSEEN, order=75),
)
SAID = {
    "named": "已指定代办人，已告知双方。代办人办理的每一步，办理记录都写明代谁办理。",
    "ended": "代办已结束，已告知双方。",
}
Line = Annotated[str, Form(max_length=64)]


@router.get("/substitutes")
def show(desk: AtDesk, said: str = "") -> Response:
    """Substitutions that the person sees, and a form to name one."""
    return _page(desk, Wish(desk.actor.id, "", "", "", ""), said=SAID.get(said, ""))


@router.post("/substitutes")
def name(
    desk: AtDesk,
    absent: Line = "",
    substitute: Line = "",
    first: Line = "",
    last: Line = "",
    reason: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """A substitute named, or the form with every complaint."""
    wish = Wish(absent or desk.actor.id, substitute, first, last, reason)
    try:
        name_substitute(desk.viewer, wish)
    except NotKept as problem:
        return _page(desk, wish, 422, complaints=problem.complaints)
    return RedirectResponse("/substitutes?said=named", 303)


@router.post("/substitutes/{row_id:int}/end")
def end(desk: AtDesk, row_id: int) -> Response:
    """A substitution taken back; 404 where it is none of the person's."""
    end_substitution(desk.viewer, row_id)
    return RedirectResponse("/substitutes?said=ended", 303)


def _page(desk: Desk, wish: Wish, status: int = 200, **told: object) -> Response:
    context: dict[str, object] = {"said": "", "complaints": {}, **told}
    return page(
        desk.request,
        "own/substitutes.html",
        status,
        wish=wish,
        lines=substitutions(desk.session, desk.viewer),
        absent=absent_people(desk.session, desk.viewer),
        others=possible_substitutes(desk.session, desk.viewer),
        why_nobody=why_nobody(desk.actor),
        **context,
    )
