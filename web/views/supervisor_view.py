"""The supervisor's pages in common: whose they are, and tables to take away."""

from fastapi.responses import Response

from documents.output.table_files import Sheet, as_xlsx
from domain.limits.limit import day_of
from web.request.desk import Desk
from web.request.downloads import SHEET, attachment

WATCHERS = frozenset(
    {"supervisor", "auditor", "arbiter", "section_head", "department_head", "principal"}
)
"""Who watches limits: over everything, or over one's own department."""
SUPERVISED = WATCHERS | {"handler"}
"""Who is told of a supervision beside them."""


def excel_file(desk: Desk, sheet: Sheet) -> Response:
    """A sheet as an Excel file to take away, named by its title and the day in China."""
    name = f"{sheet.title} {day_of(desk.now).isoformat()}.xlsx"
    return attachment(as_xlsx(sheet, desk.now), name, SHEET)


def scope(desk: Desk) -> str:
    """Over whom the figures on a page are, in words: the whole area, or the viewer's department."""
    watched = desk.viewer.watched
    if watched is None:
        return "全部部门"
    own = desk.office.rules.departments[desk.actor.department]
    return own.name if len(watched) == 1 else f"{own.name}所在地区及以下的部门"
