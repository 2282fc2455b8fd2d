"""会商公布: the lists, plans and texts of departments, and what the page of one shows besides."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from domain.tables.undertaking import Undertaking
from flows.lists.undertaking_list import counts, undertakings
from flows.publications.publishing import version_of
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page

router = APIRouter()
KIND = "publication"
TABS = {"waiting": "待办理", "sent": "本部门的", "received": "征求意见的", "all": "全部"}
MENU = (Entry("会商公布", "/publications", order=42),)


@router.get("/publications")
def publications(
    desk: AtDesk, view: str = "", before: Annotated[int, Query(ge=0, lt=2**31)] = 0
) -> Response:
    """The publications that a person may see: waiting for him, his department's, or all."""
    numbers = counts(desk.session, desk.viewer, KIND)
    shown = view if view in TABS else next((one for one in TABS if numbers[one]), "all")
    found = undertakings(desk.session, desk.viewer, KIND, shown, before)
    may_draft = set(desk.office.rules.lifecycles[KIND].actions["draft"].by) & desk.actor.roles
    return page(
        desk.request,
        "undertakings/publications.html",
        lines=found.lines,
        kinds=desk.office.rules.publications,
        view=shown,
        tabs=[(key, label, numbers[key]) for key, label in TABS.items()],
        older=f"/publications?view={shown}&before={found.older}" if found.older else "",
        may_draft=bool(may_draft),
    )


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of a publication shows besides: its kind, version, body and difference."""
    return {
        "version": version_of(desk.session, desk.office, row),
        "kind": desk.office.rules.publications[str(row.facts["kind"])],
    }
