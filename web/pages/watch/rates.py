"""统计: all measures on one page; one of them by department or matter and month, drawn."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.lifecycle.visibility import areas_below
from domain.limits.limit import SHANGHAI
from flows.watch.board_export import statistics_sheet
from flows.watch.monthly_figures import (
    DEPARTMENT,
    MATTER,
    Cut,
    Figure,
    Measure,
    MonthlyMeasure,
    Months,
    measure_by_month,
    months_until,
)
from flows.watch.rates import BY_ID, MEASURES
from flows.watch.statistics_overview import Overview, overview
from web.drawing.charts import Chart, Point, Trend, bars, columns, trend
from web.forms.choices import by_group, departments
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, excel_file, scope

router = APIRouter(dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("统计", "/statistics", "督办", WATCHERS, order=40),)
SPANS = (3, 6, 12, 24)
BY = {DEPARTMENT: "部门", MATTER: "监管事项"}
MOST_BARS = 12
Text = Annotated[str, Query(max_length=100)]
Span = Annotated[int, Query(ge=1, le=max(SPANS))]


@dataclass(frozen=True)
class Asked:
    """What the address asks for: until which month, how many, by what, and of whom."""

    until: Text = ""
    span: Span = 6
    by: Text = DEPARTMENT
    area: Text = ""
    department: Text = ""

    def cut(self, desk: Desk) -> Cut:
        """The months and departments meant; what cannot be read is left out."""
        known = desk.office.rules.departments
        only: frozenset[str] | None = None
        if self.area in _areas(desk):
            below = areas_below(self.area, known)
            only = frozenset(key for key, one in known.items() if one.area in below)
        if self.department in known:
            only = frozenset({self.department})
        by = self.by if self.by in BY else DEPARTMENT
        return Cut(_months(desk, self.until, self.span), by, only)

    @property
    def kept(self) -> str:
        """The same for the address of another page."""
        told = {name: str(value) for name, value in self.__dict__.items() if value}
        return urlencode(told)


Wanted = Annotated[Asked, Depends()]


@router.get("/statistics")
def show(desk: AtDesk, asked: Wanted, measure: Text = "", sort: Text = "") -> Response:
    """All measures over some months; with `measure`, that one in full."""
    cut = asked.cut(desk)
    if measure in BY_ID:
        wanted = BY_ID[measure]
        told = measure_by_month(desk.session, desk.viewer, wanted, cut)
        return _page(desk, asked, cut, told=told, charts=_charts(told, BY[cut.by]), all=None)
    found = overview(desk.session, desk.viewer, cut, sort)
    return _page(desk, asked, cut, told=None, charts=_trends(found), all=found)


@router.get("/statistics.xlsx")
def take(desk: AtDesk, asked: Wanted) -> Response:
    """Every measure as a file."""
    return excel_file(desk, statistics_sheet(desk.session, desk.viewer, asked.cut(desk)))


def _page(desk: Desk, asked: Asked, cut: Cut, **told: object) -> Response:
    return page(
        desk.request,
        "watch/rates.html",
        200,
        measures=MEASURES,
        reads=reads,
        until=cut.months.labels[-1],
        asked=asked,
        by=cut.by,
        bys=BY,
        spans=SPANS,
        areas=_areas(desk),
        departments=by_group(departments(desk.office.rules, desk.actor.department)),
        sees_all=desk.viewer.watched is None or len(desk.viewer.watched) > 1,
        scope=scope(desk),
        counted_at=_counted_at(desk, told["all"] or told["told"]),
        **told,
    )


def _counted_at(desk: Desk, found: object) -> datetime | None:
    """Of which moment the figures are, if not of now."""
    at = found.counted_at if isinstance(found, Overview | MonthlyMeasure) else desk.now
    return at if at < desk.now else None


def _areas(desk: Desk) -> tuple[str, ...]:
    """The areas of the departments that the person watches."""
    watched, known = desk.viewer.watched, desk.office.rules.departments
    return tuple(
        dict.fromkeys(one.area for key, one in known.items() if watched is None or key in watched)
    )


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


def _by_month(told: MonthlyMeasure) -> list[Point]:
    return [
        Point(month, one.ratio, reads(told.measure, one), _short(month))
        for place, month in enumerate(told.months)
        for one in (told.of_month(place),)
    ]


def _top(measure: Measure, points: list[Point]) -> float:
    """Where an axis ends: at the whole, or at the highest average."""
    return 1.0 if measure.is_share else max([1.0, *(one.value or 0.0 for one in points)])


def _trends(found: Overview) -> tuple[Trend, ...]:
    """A line for each measure; months before the first figure are left out."""
    lines = []
    for told in found.told:
        points = _by_month(told)
        first = next((place for place, one in enumerate(points) if one.value is not None), 0)
        is_share, top = told.measure.is_share, _top(told.measure, points)
        lines.append(trend(told.measure.label, points[first:], top, is_share=is_share))
    return tuple(lines)


def _charts(told: MonthlyMeasure, by: str) -> tuple[Chart, ...]:
    """By month, and by department or matter, those that stand worst on top."""
    measure, by_month = told.measure, _by_month(told)
    figures = {name: told.of_line(key) for key, name in told.lines}
    worst = sorted(
        (name for name, one in figures.items() if one.whole),
        key=lambda name: (-measure.badness(figures[name]), -figures[name].whole),
    )
    by_line = [
        Point(name, figures[name].ratio, reads(measure, figures[name]), _cut(name))
        for name in worst[:MOST_BARS]
    ]
    top = _top(measure, [*by_month, *by_line])
    charts = [columns(f"{measure.label}（按月）", by_month, top, is_share=measure.is_share)]
    if len(by_line) > 1:
        title = f"{measure.label}（按{by}，较差的在前，最多{MOST_BARS}个）"
        charts.append(bars(title, by_line, top))
    return tuple(charts)


LONGEST_NAME = 8


def _cut(name: str) -> str:
    """A name as there is room for it beside a bar: its end tells departments of a city apart."""
    return name if len(name) <= LONGEST_NAME else f"…{name[1 - LONGEST_NAME :]}"


def _short(month: str) -> str:
    """A month as a column bears it: its number; the table beneath tells the year."""
    return f"{int(month.partition('-')[2])}月"
