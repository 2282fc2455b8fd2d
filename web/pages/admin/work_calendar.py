"""工作日历: each year's days off, and next year's, whose effect is shown before it is applied."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from domain.limits.limit import day_of
from domain.shapes.calendars import CalendarYear
from domain.tables.people import User
from domain.tables.site import SiteCalendar
from flows.people.visible_clues import NotForYou
from flows.upkeep.calendar_file import Heading, UnfitCalendar, as_yaml, read_calendar, stored_year
from flows.upkeep.calendar_keeping import SHOWN, apply_year, foresee
from web.drawing.month_table import HEADINGS, months_of
from web.request.desk import AtDesk, Desk, Sent, needs
from web.request.downloads import attachment
from web.request.menu import Entry
from web.request.render import page

router = APIRouter(prefix="/admin/calendar", dependencies=[Depends(needs("administrator"))])
MENU = (Entry("工作日历", "/admin/calendar", "管理", frozenset({"administrator"}), order=30),)


@dataclass(frozen=True)
class Known:
    """A year of which something is known, and from where."""

    year: int
    announced: CalendarYear | None
    uploaded: SiteCalendar | None
    by: str = ""

    @property
    def standing(self) -> str:
        """How sure the year is, in a word."""
        return "已公布" if self.announced else "暂定"


@router.get("")
def show(
    desk: AtDesk,
    year: Annotated[int, Query(ge=0, le=9999)] = 0,
    moved: Annotated[int, Query(ge=-1)] = -1,
    final: Annotated[int, Query(ge=0)] = 0,
) -> Response:
    """A year's table, with where it comes from."""
    known = _known(desk)
    wanted = year or day_of(desk.now).year
    shown = next((one for one in known if one.year == wanted), None)
    if shown is None:
        raise NotForYou(f"没有{wanted}年的工作日历")
    said = f"{wanted}年的放假安排已启用：{moved}个时限的届满日改变，{final}个暂定时限改为确定。"
    return page(
        desk.request,
        "admin/calendar.html",
        known=known,
        shown=shown,
        months=months_of(desk.office.rules.calendar, wanted),
        headings=HEADINGS,
        said=said if moved >= 0 else "",
        next_year=_next_year(desk),
    )


@router.get("/upload")
def ask(desk: AtDesk) -> Response:
    """The form in which next year's calendar is handed in."""
    return _ask(desk)


@router.post("/upload")
def try_it(desk: AtDesk, sent: Sent) -> Response:
    """Every limit the year would move, with nothing changed; or every complaint."""
    typed = {key: str(sent.get(key) or "") for key in ("year", "notice", "pasted")}
    try:
        year = read_calendar(_raw(sent), _heading(typed))
        found = foresee(desk.session, desk.office, year, desk.now)
    except UnfitCalendar as problem:
        return _ask(desk, 422, complaints=problem.complaints, typed=typed)
    return page(
        desk.request,
        "admin/calendar_preview.html",
        year=year,
        found=found,
        most=SHOWN,
        content=year.model_dump_json(),
        replaces=year.year in desk.office.rules.calendar.loaded,
    )


@router.post("/apply")
def apply(desk: AtDesk, content: Annotated[str, Form(max_length=100_000)] = "") -> Response:
    """The year is in force, and all limits that depend on it are computed again."""
    try:
        done = apply_year(desk.office, stored_year(content), desk.actor, desk.now)
    except UnfitCalendar as problem:
        return _ask(desk, 422, complaints=problem.complaints)
    query = urlencode({"year": done.year, "moved": done.moved, "final": done.final})
    return RedirectResponse(f"/admin/calendar?{query}", 303)


@router.get("/{year}.yaml")
def take(desk: AtDesk, year: int) -> Response:
    """An announced year as a file."""
    found = next((one for one in desk.office.rules.years if one.year == year), None)
    if found is None:
        raise NotForYou(f"{year}年的放假安排还没有公布")
    return attachment(as_yaml(found).encode(), f"{year}.yaml", "application/yaml")


def _raw(sent: FormData) -> bytes:
    file = sent.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return file.file.read()
    return str(sent.get("pasted") or "").encode()


def _heading(typed: dict[str, str]) -> Heading:
    year = typed["year"].strip()
    fits = year.isascii() and year.isdecimal() and len(year) == 4
    return Heading(int(year) if fits else 0, typed["notice"])


def _ask(desk: Desk, status: int = 200, **told: object) -> Response:
    empty = {"year": str(_next_year(desk)), "notice": "", "pasted": ""}
    context: dict[str, object] = {"complaints": (), "typed": empty, **told}
    return page(desk.request, "admin/calendar_upload.html", status, **context)


def _next_year(desk: Desk) -> int:
    return max(desk.office.rules.calendar.loaded) + 1


def _known(desk: Desk) -> list[Known]:
    rules = desk.office.rules
    announced = {one.year: one for one in rules.years}
    rows = desk.session.exec(
        select(SiteCalendar, User)
        .outerjoin(User, col(User.id) == col(SiteCalendar.uploaded_by))
        .order_by(col(SiteCalendar.id))
    )
    uploaded = {row.year: (row, user.name if user else row.uploaded_by) for row, user in rows}
    years = sorted({*announced, *(one.year for one in rules.statutory)})
    nobody = (None, "")
    return [Known(one, announced.get(one), *uploaded.get(one, nobody)) for one in years]
