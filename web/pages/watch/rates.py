"""统计: rates by department and month, drawn, with the figures they are made of beneath."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.limits.limit import SHANGHAI
from flows.watch.board_export import statistics_sheet
from flows.watch.monthly_figures import (
    Figure,
    Measure,
    MonthlyMeasure,
    Months,
    measure_by_month,
    months_until,
)
from flows.watch.rates import BY_ID, MEASURES
from web.drawing.charts import Chart, Point, bars, columns
from web.forms.choices import by_group, departments
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, excel_file, scope

router = APIRouter(dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("统计", "/statistics", "督办", WATCHERS, order=40),)
SPANS = (3, 6, 12, 24)
MOST_BARS = 12
Text = Annotated[str, Query(max_length=100)]
Span = Annotated[int, Query(ge=1, le=max(SPANS))]


@router.get("/statistics")
def show(
    desk: AtDesk, measure: Text = "", until: Text = "", span: Span = 6, department: Text = ""
) -> Response:
    """One measure over some months."""
    wanted = BY_ID.get(measure, MEASURES[0])
    months = _months(desk, until, span)
    told = measure_by_month(desk.session, desk.viewer, wanted, months, department)
    return page(
        desk.request,
        "watch/rates.html",
        measures=MEASURES,
        told=told,
        reads=lambda figure: reads(wanted, figure),
        charts=_charts(desk, told),
        until=months.labels[-1],
        span=span,
        spans=SPANS,
        department=department,
        departments=by_group(departments(desk.office.rules, desk.actor.department)),
        sees_all=desk.viewer.watched is None,
        scope=scope(desk),
    )


@router.get("/statistics.xlsx")
def take(desk: AtDesk, until: Text = "", span: Span = 6, department: Text = "") -> Response:
    """Every measure as a file."""
    months = _months(desk, until, span)
    return excel_file(desk, statistics_sheet(desk.session, desk.viewer, months, department))


def reads(measure: Measure, figure: Figure) -> str:
    """A figure as a share or an average."""
    if figure.ratio is None:
        return "—"
    return f"{figure.ratio:.1%}" if measure.is_share else f"{figure.ratio:.2f}"


def _months(desk: Desk, until: str, span: int) -> Months:
    """The months asked for; a month that cannot be read is this month."""
    try:
        last = datetime.strptime(until, "%Y-%m").replace(tzinfo=SHANGHAI)
        return months_until(last, span)
    except (ValueError, OverflowError):
        return months_until(desk.now, span)


def _charts(desk: Desk, told: MonthlyMeasure) -> tuple[Chart, ...]:
    """By month, and by department, those that stand worst on top."""
    measure = told.measure
    by_month = [
        Point(month, one.ratio, reads(measure, one), _short(month))
        for place, month in enumerate(told.months)
        for one in (told.of_month(place),)
    ]
    known = desk.office.rules.departments
    figures = {key: told.of_department(key) for key, _ in told.departments}
    worst = sorted(
        (key for key, one in figures.items() if one.whole),
        key=lambda key: (_badness(measure, figures[key]), -figures[key].whole),
    )
    by_department = [
        Point(known[key].short, figures[key].ratio, reads(measure, figures[key]))
        for key in worst[:MOST_BARS]
    ]
    highest = [one.value or 0.0 for one in [*by_month, *by_department]]
    top = 1.0 if measure.is_share else max([1.0, *highest])
    charts = [columns(f"{measure.label}（按月）", by_month, top, is_share=measure.is_share)]
    if len(by_department) > 1:
        charts.append(
            bars(f"{measure.label}（按部门，较差的在前，最多{MOST_BARS}个）", by_department, top)
        )
    return tuple(charts)


def _short(month: str) -> str:
    """A month as a column bears it: its number; the table beneath tells the year."""
    return f"{int(month.partition('-')[2])}月"


HIGH_IS_BAD = frozenset({"returned", "hops"})


def _badness(measure: Measure, figure: Figure) -> float:
    ratio = figure.ratio or 0.0
    return -ratio if measure.id in HIGH_IS_BAD else ratio
