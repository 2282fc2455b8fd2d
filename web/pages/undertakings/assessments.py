"""年度评估: the figures of a year by every view, the rows behind each, and the yearly reports."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.assessment.figures import BY_ID, FIGURES, Counted, Line
from domain.lifecycle.visibility import oversight_of
from domain.tables.undertaking import Undertaking
from flows.assessment.assessed import (
    BY_VIEW,
    EARLIEST,
    VIEWS,
    Assessed,
    assess,
    figure_meant,
    year_meant,
)
from flows.assessment.assessment_sheets import lines_sheet, rows_sheet
from flows.assessment.report_rows import SEPARATE
from flows.lists.undertaking_list import WantedUndertakings, undertakings
from flows.watch.kept_figures import figures_of
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, excel_file, scope

KIND = "assessment"
ROWS_SHOWN = 500
router = APIRouter(dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("年度评估", "/assessments", "督办", WATCHERS, order=45),)
Text = Annotated[str, Query(max_length=100)]


@router.get("/assessments")
def show(desk: AtDesk, year: Text = "", view: Text = "") -> Response:
    """The year's figures by department, county, matter, plan item or pilot, and its reports."""
    shown = view if view in BY_VIEW else VIEWS[0].id
    found, counted_at = _assessed(desk, year)
    this = year_meant("", desk.now)
    return page(
        desk.request,
        "undertakings/assessments.html",
        found=found,
        counted_at=counted_at,
        figures=FIGURES,
        views=VIEWS,
        view=BY_VIEW[shown],
        lines=found.lines(shown),
        years=range(this, EARLIEST - 1, -1),
        address=lambda line, figure: _address(found, shown, line, figure),
        reports=undertakings(desk.session, desk.viewer, WantedUndertakings(KIND)).lines,
        may_begin="supervisor" in desk.actor.roles,
        scope=scope(desk),
    )


@router.get("/assessments.xlsx")
def take(desk: AtDesk, year: Text = "", view: Text = "") -> Response:
    """The same figures as a file."""
    shown = view if view in BY_VIEW else VIEWS[0].id
    return excel_file(desk, lines_sheet(_assessed(desk, year)[0], shown))


@router.get("/assessments/rows")
def rows(desk: AtDesk, figure: Text, year: Text = "", view: Text = "", key: Text = "") -> Response:
    """The rows that a figure was counted from, the newest on top."""
    (found, _), wanted = _assessed(desk, year), figure_meant(figure)
    counted = found.behind(wanted, view, key)
    query = urlencode({"figure": wanted, "year": found.span.year, "view": view, "key": key})
    return page(
        desk.request,
        "undertakings/assessment_rows.html",
        found=found,
        figure=BY_ID[wanted],
        named=found.label(view, key),
        rows=[(one, _page_of(desk, one)) for one in counted[:ROWS_SHOWN]],
        sum=sum(one.number for one in counted),
        more=max(0, len(counted) - ROWS_SHOWN),
        matters=desk.office.rules.matters,
        departments=desk.office.rules.departments,
        file=f"/assessments/rows.xlsx?{query}",
        back=f"/assessments?{urlencode({'year': found.span.year, 'view': view})}",
    )


@router.get("/assessments/rows.xlsx")
def take_rows(
    desk: AtDesk, figure: Text, year: Text = "", view: Text = "", key: Text = ""
) -> Response:
    """All rows behind a figure as a file."""
    found, _ = _assessed(desk, year)
    return excel_file(desk, rows_sheet(found, figure_meant(figure), view, key))


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of a report shows besides: its figures as they were recorded."""
    views = [(one.label, row.facts.get(f"by_{one.id}") or ()) for one in VIEWS]
    return {
        "views": [(label, lines) for label, lines in views if lines],
        "columns": [head for head, _ in SEPARATE],
        "today": _address_of_year(row),
    }


def _address_of_year(row: Undertaking) -> str:
    return f"/assessments?year={row.facts.get('year')}"


def _assessed(desk: Desk, year: str) -> tuple[Assessed, datetime | None]:
    """The rows of the year, and of which moment they are, if not of now."""
    this, viewer = year_meant(year, desk.now), desk.viewer
    found, at = figures_of(
        desk.session,
        ("assessment", this, viewer.watched, id(desk.office.rules)),
        desk.now,
        lambda: assess(desk.session, viewer, this),
    )
    return found, at if at < desk.now else None


def _address(found: Assessed, view: str, line: Line, figure: str) -> str:
    query = {"figure": figure, "year": found.span.year}
    if line is not found.whole and line.label != found.whole.label:
        query |= {"view": view, "key": line.key}
    return f"/assessments/rows?{urlencode(query)}"


def _page_of(desk: Desk, row: Counted) -> str:
    """Where a row stands, if the reader may open it there."""
    if row.of_clue:
        return f"/clues/{row.no}"
    areas = oversight_of(desk.actor, desk.office.rules.departments)
    mine = row.department == desk.actor.department
    return f"/undertakings/{row.no}" if areas is None or row.area in areas or mine else ""
