"""文号: an organ's series of document numbers, and with which number each begins in a year."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.limits.limit import day_of
from flows.people.user_keeping import Keeper, NotKept
from flows.upkeep.department_keeping import Entry as Wanted
from flows.upkeep.department_keeping import keep_department
from flows.upkeep.number_keeping import Beginning, begin_series, series_of
from flows.upkeep.number_marks import marks_of
from web.forms.choices import by_group, departments
from web.forms.days import day_or_none
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page

router = APIRouter(prefix="/admin/numbers", dependencies=[Depends(needs("administrator"))])
MENU = (Entry("文号", "/admin/numbers", "管理", frozenset({"administrator"}), order=25),)
SAID = {"kept": "起始号已保存。", "mark": "机关代字已保存，自所填日期起使用；已编的文号不变。"}
Line = Annotated[str, Form(max_length=100)]


@router.get("")
def show(desk: AtDesk, organ: str = "", year: str = "", said: str = "") -> Response:
    """The series of an organ in a year, each with its next number."""
    return _shown(desk, organ, year, said=SAID.get(said, ""))


@router.post("")
def begin(
    desk: AtDesk, organ: Line = "", year: Line = "", series: Line = "", serial: Line = ""
) -> Response:
    """The series begins with the number, or the page says why not."""
    wanted = Beginning(organ, series, _whole(year), _whole(serial))
    try:
        begin_series(Keeper(desk.office, desk.actor, desk.now), wanted)
    except NotKept as problem:
        told = [f"{series}：{one}" for one in problem.complaints.values()]
        return _shown(desk, organ, year, 422, complaints=told)
    query = urlencode({"organ": organ, "year": year, "said": "kept"})
    return RedirectResponse(f"/admin/numbers?{query}", 303)


@router.post("/mark")
def change_mark(desk: AtDesk, organ: Line = "", short: Line = "", from_day: Line = "") -> Response:
    """The organ's numbers begin with these letters from the day on, or the page says why not."""
    day, known = day_or_none(from_day), desk.office.rules.departments.get(organ)
    if day is None or known is None:
        told = ["请填写生效日期" if known else "没有这个部门"]
        return _shown(desk, organ, "", 422, complaints=told)
    wanted = known.model_copy(update={"short": short.strip()})
    try:
        keep_department(Keeper(desk.office, desk.actor, desk.now), Wanted(organ, day, wanted))
    except NotKept as problem:
        told = [f"机关代字：{one}" for one in problem.complaints.values()]
        return _shown(desk, organ, "", 422, complaints=told, short=short, from_day=from_day)
    return RedirectResponse(f"/admin/numbers?{urlencode({'organ': organ, 'said': 'mark'})}", 303)


def _whole(text: str) -> int:
    """A whole number as somebody wrote it; zero where it is none."""
    written = text.strip()
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 7 else 0


def _shown(desk: Desk, organ: str, year: str, status: int = 200, **told: object) -> Response:
    rules, this_year = desk.office.rules, day_of(desk.now).year
    chosen = organ if organ in rules.departments else desk.office.settings.desk
    years = (this_year, this_year + 1)
    shown = _whole(year) if _whole(year) in years else this_year
    return page(
        desk.request,
        "admin/numbers.html",
        status,
        organ=chosen,
        department=rules.departments[chosen],
        year=shown,
        years=years,
        series=series_of(desk.session, rules, chosen, shown),
        departments=by_group(departments(rules, chosen)),
        marks=marks_of(rules, desk.session, chosen),
        **{
            "said": "",
            "complaints": [],
            "short": rules.departments[chosen].short,
            "from_day": day_of(desk.now).isoformat(),
            **told,
        },
    )
