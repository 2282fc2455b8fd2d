"""部门: by area, each as it stands from a day on; changed, added and closed, never deleted."""

from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from pydantic import ValidationError
from sqlmodel import col, select
from starlette.responses import Response

from domain.limits.limit import day_of
from domain.shapes.entries import Department
from domain.tables.people import User
from domain.tables.site import SiteDepartment
from flows.people.user_keeping import Keeper, NotKept
from flows.people.visible_clues import NotForYou
from flows.upkeep.administration_sheets import departments_sheet
from flows.upkeep.department_keeping import (
    KINDS,
    LEVELS,
    amount_or_none,
    burden_of,
    history,
    keep_department,
)
from flows.upkeep.department_keeping import (
    Entry as Wanted,
)
from flows.upkeep.department_tree import area_name, named, tree_of
from web.forms.choices import by_group, departments
from web.forms.days import day_or_none
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

router = APIRouter(prefix="/admin/departments", dependencies=[Depends(needs("administrator"))])
MENU = (Entry("部门", "/admin/departments", "管理", frozenset({"administrator"}), order=20),)
Line = Annotated[str, Form(max_length=300)]
Level = Literal["province", "city", "county"]
BLANK = Department.model_construct(
    name="", short="", code="", area="", level="county", function="", kind="enforcement",
    superior=None, aliases=(), places=(), address="", phone="", email="", court="", review_organ="",
    hearing_floor_person=None, hearing_floor_unit=None, hearing_floor_source="", closed=False,
)  # fmt: skip


def typed(
    name: Line = "",
    short: Line = "",
    code: Line = "",
    superior: Line = "",
    aliases: Line = "",
    places: Annotated[str, Form(max_length=3000)] = "",
    address: Line = "",
    phone: Line = "",
    email: Line = "",
    closed: Annotated[bool, Form()] = False,
) -> dict[str, object]:
    """What was filled in of every department."""
    texts = {"name": name, "short": short, "code": code, "address": address}
    texts |= {"phone": phone, "email": email}
    return {
        **{key: value.strip() for key, value in texts.items()},
        "superior": superior or None,
        "aliases": _words(aliases),
        "places": _words(places),
        "closed": closed,
    }


def _words(line: str) -> tuple[str, ...]:
    """The words of a line, put apart by any comma."""
    words = line.replace("，", "、").replace(",", "、").split("、")
    return tuple(one.strip() for one in words if one.strip())


def typed_remedies(
    court: Line = "",
    review_organ: Line = "",
    hearing_floor_person: Line = "",
    hearing_floor_unit: Line = "",
    hearing_floor_source: Line = "",
) -> dict[str, object]:
    """What was filled in of a department's court, reviewer and hearing floors."""
    return {
        "court": court.strip(),
        "review_organ": review_organ.strip(),
        "hearing_floor_person": amount_or_none(hearing_floor_person),
        "hearing_floor_unit": amount_or_none(hearing_floor_unit),
        "hearing_floor_source": hearing_floor_source.strip(),
    }


def all_typed(
    general: Annotated[dict[str, object], Depends(typed)],
    remedies: Annotated[dict[str, object], Depends(typed_remedies)],
) -> dict[str, object]:
    """The whole form."""
    return {**general, **remedies}


Typed = Annotated[dict[str, object], Depends(all_typed)]


@router.get("")
def show(desk: AtDesk, q: Annotated[str, Query(max_length=100)] = "") -> Response:
    """The departments by area, all or those that some words name."""
    known = named(desk.office.rules.departments, q)
    coming = _coming(desk)
    return page(
        desk.request,
        "admin/departments.html",
        areas=tree_of(known),
        kinds=KINDS,
        coming=coming,
        q=q,
    )


@router.get(".xlsx")
def take(desk: AtDesk) -> Response:
    """The same departments as a file."""
    return excel_file(desk, departments_sheet(desk.office.rules))


@router.get("/new")
def ask(desk: AtDesk) -> Response:
    """The form of a new department."""
    return _form(desk, "", BLANK)


@router.post("/new")
def add(
    desk: AtDesk,
    given: Typed,
    area: Line = "",
    level: Level = "county",
    function: Line = "",
    kind: Line = "enforcement",
    from_day: Line = "",
) -> Response:
    """A new department, or the form with every complaint."""
    fields = {**given, "area": area, "level": level, "function": function}
    made = BLANK.model_copy(update={**fields, "kind": kind if kind in KINDS else "enforcement"})
    return _keep(desk, f"{area}-{function}", made, from_day, new=True)


@router.get("/{department_id}")
def one(desk: AtDesk, department_id: str, said: str = "") -> Response:
    """One department, as it stands and as it will."""
    found = desk.office.rules.departments.get(department_id)
    words = "已保存。" if said == "kept" else ""
    return _form(desk, department_id, found or _announced(desk, department_id), said=words)


@router.post("/{department_id}")
def change(desk: AtDesk, department_id: str, given: Typed, from_day: Line = "") -> Response:
    """The department as it stands from the day on, or the form with every complaint."""
    found = desk.office.rules.departments.get(department_id) or _announced(desk, department_id)
    return _keep(desk, department_id, found.model_copy(update=given), from_day)


def _keep(
    desk: Desk, department_id: str, given: Department, from_day: str, *, new: bool = False
) -> Response:
    day = day_or_none(from_day)
    shown = "" if new else department_id
    if day is None:
        wrong = {"from_day": "请填写生效日期"}
        return _form(desk, shown, given, 422, complaints=wrong, from_day=from_day)
    try:
        entry = Wanted(department_id, day, given)
        keep_department(Keeper(desk.office, desk.actor, desk.now), entry, new=new)
    except NotKept as problem:
        told = problem.complaints
        return _form(desk, shown, given, 422, complaints=told, from_day=from_day)
    return RedirectResponse(f"/admin/departments/{quote(department_id)}?said=kept", 303)


def _announced(desk: Desk, department_id: str) -> Department:
    """A department that begins on a later day."""
    rows = history(desk.session, department_id)
    if not rows:
        raise NotForYou(f"没有编号为「{department_id}」的部门")
    try:
        return Department.model_validate(rows[-1].content)
    except ValidationError as problem:
        raise NotForYou("部门的记录不完整") from problem


def _form(
    desk: Desk, department_id: str, given: Department, status: int = 200, **told: object
) -> Response:
    rules, today = desk.office.rules, day_of(desk.now)
    context: dict[str, object] = {"said": "", "complaints": {}, "from_day": today, **told}
    rows = history(desk.session, department_id) if department_id else []
    return page(
        desk.request,
        "admin/department.html" if department_id else "admin/department_new.html",
        status,
        id=department_id,
        given=given,
        now_name=_name(desk, department_id),
        rows=rows,
        names=_names(desk, rows),
        today=today,
        burden=burden_of(desk.session, department_id) if department_id else None,
        departments=by_group(departments(rules, desk.actor.department)),
        areas=_areas(desk),
        functions=_functions(desk),
        kinds=KINDS,
        levels=LEVELS,
        **context,
    )


def _name(desk: Desk, department_id: str) -> str:
    found = desk.office.rules.departments.get(department_id)
    return found.name if found else department_id


def _names(desk: Desk, rows: list[SiteDepartment]) -> dict[str, str]:
    people = {one.changed_by for one in rows}
    users = desk.session.exec(select(User.id, User.name).where(col(User.id).in_(people)))
    return {**{one: one for one in people}, **{key: name for key, name in users}}


def _areas(desk: Desk) -> list[tuple[str, str]]:
    known = desk.office.rules.departments
    return [(one, area_name(one, known)) for one in dict.fromkeys(d.area for d in known.values())]


def _functions(desk: Desk) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for one in desk.office.rules.departments.values():
        found.setdefault(one.function, one.name)
    return sorted(found.items())


def _coming(desk: Desk) -> list[SiteDepartment]:
    later = col(SiteDepartment.from_day) > day_of(desk.now)
    query = select(SiteDepartment).where(later).order_by(col(SiteDepartment.from_day))
    return list(desk.session.exec(query.limit(100)))
