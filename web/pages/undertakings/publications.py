"""会商公布: the lists, plans and texts of departments, and what the page of one shows besides."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from domain.limits.limit import day_of
from domain.tables.undertaking import Undertaking
from flows.publications.in_force import PUBLISHED, effect_told
from flows.publications.publishing import version_of
from flows.publications.row_import import table_of
from flows.reminders.plan_calls import plan_before
from flows.visits.caps import CAPS, caps_read
from web.pages.undertakings.publication_rows import DRAFTERS, REVISED
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.undertaking_rows import Asked, rows_of

router = APIRouter()
KIND, CALLED = "publication", "called"
TABS = {"waiting": "待办理", "sent": "本部门的", "received": "征求意见的", "all": "全部"}
MENU = (Entry("会商公布", "/publications", "监管", order=42),)


@router.get("/publications")
def publications(desk: AtDesk, asked: Asked) -> Response:
    """The publications that a person may see: waiting for him, his department's, or all."""
    return page(
        desk.request,
        "undertakings/publications.html",
        kinds=desk.office.rules.publications,
        **rows_of(desk, KIND, TABS, asked),
    )


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of a publication shows besides: its kind, version, body and difference.

    `takes_rows`: whether the person may lay a file over its rows; `may_amend`: draft the version
    that replaces it. `last_plan`: with whose rows a plan that is called may begin.
    """
    own = row.department_id == desk.actor.department and bool(DRAFTERS & desk.actor.roles)
    takes = row.state in REVISED and bool(table_of(desk.office, str(row.facts["kind"])))
    return {
        "takes_rows": own and takes,
        "may_amend": own and row.state == PUBLISHED,
        "last_plan": plan_before(desk.session, row) if own and row.state == CALLED else "",
        "caps": caps_read(desk.office, row) if row.facts["kind"] == CAPS else None,
        "effect": effect_told(desk.session, row, day_of(desk.now)),
        "version": version_of(desk.session, desk.office, row),
        "departments": desk.office.rules.departments,
        "kind": desk.office.rules.publications[str(row.facts["kind"])],
    }
