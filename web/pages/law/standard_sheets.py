"""The degrees of a standard as a spreadsheet: one to fill in, and one that was filled in."""

from collections.abc import Mapping

from fastapi import APIRouter, Depends
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from flows.imports.uploads import drop_upload, keep_upload, kept_upload
from flows.people.user_keeping import NotKept
from flows.people.visible_clues import NotForYou
from flows.upkeep.standard_file import TITLE, degree_rows, degree_sheet
from flows.upkeep.standard_form import rows_of
from flows.upkeep.standard_keeping import ENTERERS
from flows.upkeep.standard_list import newest_of
from web.request.desk import AtDesk, Desk, needs
from web.request.downloads import SHEET, attachment

router = APIRouter(prefix="/rules/discretion", dependencies=[Depends(needs(*sorted(ENTERERS)))])
CHOOSE = "请先选择填好的表格（XLSX 或 CSV），再按「读入表格」"


@router.get("/degrees.xlsx")
def sheet(desk: AtDesk, standard: str = "") -> Response:
    """The table of degrees to fill in; with those of the organ's standard, where one is named."""
    rows: list[dict[str, str]] = []
    if standard:
        try:
            before = newest_of(desk.session, standard, desk.actor.department)
        except LookupError as problem:
            raise NotForYou(str(problem)) from problem
        rows = rows_of(desk.office.rules, before)
    return attachment(degree_sheet(rows, desk.now), f"{TITLE}.xlsx", SHEET)


def filled_in(
    desk: Desk, sent: FormData, given: Mapping[str, object]
) -> tuple[dict[str, object], str]:
    """The form with the degrees of the file that was sent, and what stands against the file."""
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return dict(given), CHOOSE
    key = keep_upload(desk.office, desk.actor, file.filename, file.file.read())
    try:
        with kept_upload(desk.office, desk.actor, key) as path:
            try:
                return {**given, "degrees": degree_rows(path)}, ""
            except NotKept as problem:
                said = "；".join(problem.complaints.values())
                return dict(given), said.replace(str(path), file.filename)
    finally:
        drop_upload(desk.office, desk.actor, key)
