"""承办情况: how much each person of one's own department handles."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from flows.lists.list_filters import NOBODY
from flows.watch.kept_figures import figures_of
from flows.workbench.workload import workload, workload_sheet
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

CHAIRS = frozenset({"handler", "section_head", "department_head", "principal"})
router = APIRouter(dependencies=[Depends(needs(*sorted(CHAIRS)))])
MENU = (Entry("承办情况", "/workload", "办理", CHAIRS, order=12),)


@router.get("/workload")
def show(desk: AtDesk) -> Response:
    """Everybody of the department with what he handles, and what nobody does."""
    lines, at = figures_of(
        desk.session,
        ("workload", desk.actor.department, id(desk.office.rules)),
        desk.now,
        lambda: workload(desk.session, desk.viewer),
    )
    return page(
        desk.request,
        "clues/workload.html",
        lines=lines,
        counted_at=at if at < desk.now else None,
        nobody=NOBODY,
        department=desk.actor.department,
    )


@router.get("/workload.xlsx")
def take(desk: AtDesk) -> Response:
    """The same as a file."""
    return excel_file(desk, workload_sheet(desk.session, desk.viewer))
