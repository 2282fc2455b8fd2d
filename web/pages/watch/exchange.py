"""数据交换: what may be sent to other platforms, what is kept back and why, as files."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from documents.output.table_files import as_csv, as_xlsx
from domain.limits.limit import day_of
from flows.exchange.check_actions import Days
from flows.exchange.packages import KINDS, MAKERS, Package, package_of
from web.forms.days import day_or_none
from web.request.desk import AtDesk, Desk, needs
from web.request.downloads import SHEET, attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, scope

router = APIRouter(prefix="/exchange", dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("数据交换", "/exchange", "督办", WATCHERS, order=66),)
Text = Annotated[str, Query(max_length=20)]
SHOWN = 100
MONTH = timedelta(days=30)
EARLIEST = date(2000, 2, 1)


@router.get("")
def show(desk: AtDesk, kind: Text = "", since: Text = "", until: Text = "") -> Response:
    """How many records some days have, and every one that is kept back with its reasons."""
    found, days = _package(desk, kind, since, until)
    return page(
        desk.request,
        "watch/exchange.html",
        found=found,
        days=days,
        kinds=KINDS,
        kept_back=found.kept_back[:SHOWN],
        query=f"kind={found.kind}&since={days.since}&until={days.until}",
        scope=scope(desk),
    )


@router.get("/package.{form}")
def take(desk: AtDesk, form: str, kind: Text = "", since: Text = "", until: Text = "") -> Response:
    """The package as XLSX, CSV or JSON; an unknown form is XLSX."""
    found, days = _package(desk, kind, since, until)
    name = f"{found.title} {days.since}至{days.until}"
    if form == "json":
        return attachment(found.as_json, f"{name}.json", "application/json")
    if form == "csv":
        return attachment(as_csv(found.sheet), f"{name}.csv", "text/csv; charset=utf-8")
    return attachment(as_xlsx(found.sheet, desk.now), f"{name}.xlsx", SHEET)


def _package(desk: Desk, kind: str, since: str, until: str) -> tuple[Package, Days]:
    last = max(day_or_none(until) or day_of(desk.now), EARLIEST)
    first = max(min(day_or_none(since) or last - MONTH, last), EARLIEST)
    days = Days(first, last)
    wanted = kind if kind in MAKERS else KINDS[0][0]
    return package_of(desk.session, desk.viewer, wanted, days), days
