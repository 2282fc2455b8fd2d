"""信用风险等级: for supervisors and auditors only, with its import and what is taken away."""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from documents.output.table_files import as_csv
from flows.people.user_keeping import Keeper
from flows.rosters.class_list import READERS, classes_of, classes_sheet, quarter_of, take_away
from flows.rosters.roster_rows import GRADERS, scheme_of
from web.request.desk import AtDesk, Desk, needs
from web.request.downloads import attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

router = APIRouter(prefix="/rosters/classes", dependencies=[Depends(needs(*sorted(READERS)))])
MENU = (Entry("信用等级", "/rosters/classes", "督办", READERS, order=65),)
SHOWN = 200


@router.get("")
def show(desk: AtDesk) -> Response:
    """The classes of the area, whether this quarter's came in, and the rules that follow them."""
    keeper = _keeper(desk)
    found = classes_of(desk.session, keeper)
    return page(
        desk.request,
        "rosters/classes.html",
        scheme=scheme_of(desk.office),
        days=desk.office.rules.rosters.grade_days,
        quarter=quarter_of(desk.session, keeper),
        found=found[:SHOWN],
        total=len(found),
        counts={
            grade: sum(one.grade == grade and one.is_used for one in found)
            for grade in scheme_of(desk.office).grades
        },
        may_import=bool(desk.actor.roles & GRADERS),
    )


@router.post("/classes.xlsx")
def take_sheet(desk: AtDesk) -> Response:
    """All of them as a workbook; who took them is on record."""
    return excel_file(desk, classes_sheet(take_away(_keeper(desk))))


@router.post("/classes.csv")
def take_csv(desk: AtDesk) -> Response:
    """All of them as CSV; who took them is on record."""
    content = as_csv(classes_sheet(take_away(_keeper(desk))))
    return attachment(content, "信用风险等级.csv", "text/csv; charset=utf-8")


def _keeper(desk: Desk) -> Keeper:
    return Keeper(desk.office, desk.actor, desk.now)
