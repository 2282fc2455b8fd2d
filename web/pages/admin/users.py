"""用户: who may act, in which chairs; added, changed, locked and retired, never deleted."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.situation.situation import SYSTEM
from domain.tables.people import User
from flows.people.administrators import RIGHTS, keeps_rights, keeps_users
from flows.people.user_form import Particulars
from flows.people.user_keeping import (
    Keeper,
    NotKept,
    add_user,
    change_user,
    lock,
    reset_password,
    reset_second,
    set_active,
    unlock,
)
from flows.people.user_list import (
    ORDERS,
    STATES,
    Narrow,
    Sort,
    State,
    how_many,
    list_users,
    user_line,
    users_sheet,
)
from flows.people.visible_clues import NotForYou
from web.forms.choices import by_group, departments
from web.forms.list_bar import (
    ListBar,
    ListShape,
    Narrowing,
    bar_of,
    choose,
    choose_department,
    order,
)
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

KEEPERS = frozenset({"administrator", "security_administrator"})
router = APIRouter(prefix="/admin/users", dependencies=[Depends(needs(*sorted(KEEPERS)))])
MENU = (Entry("用户", "/admin/users", "管理", KEEPERS, order=10),)
EMPTY = Particulars("", "", ())
SAID = {
    "kept": "已保存。",
    "locked": "已锁定，该用户的登录已全部退出。",
    "unlocked": "已解锁。",
    "second": "已解除验证器，该用户的登录已全部退出。",
    "retired": "已停用，该用户的登录已全部退出；他办过的事项照旧署名。",
    "restored": "已恢复使用。",
}
CHANGES: dict[str, tuple[Callable[[Keeper, str], None], str]] = {
    "lock": (lock, "locked"),
    "unlock": (unlock, "unlocked"),
    "second": (reset_second, "second"),
    "retire": (lambda keeper, who: set_active(keeper, who, active=False), "retired"),
    "restore": (lambda keeper, who: set_active(keeper, who, active=True), "restored"),
}
Text = Annotated[str, Query(max_length=100)]
Line = Annotated[str, Form(max_length=200)]


def narrow_of(
    q: Text = "",
    department: Text = "",
    role: Text = "",
    state: State = "",
    after: Text = "",
    sort: Sort = "",
) -> Narrow:
    """What the address asks for."""
    return Narrow(q, department, role, state, after, sort)


def typed(
    name: Line = "",
    department: Line = "",
    roles: Annotated[list[str] | None, Form()] = None,
    certificate_no: Line = "",
    phone: Line = "",
    email: Line = "",
) -> Particulars:
    """What was filled in, the authority to head the organ for a while left aside."""
    chairs = tuple(sorted(set(roles or ())))
    texts = (one.strip() for one in (certificate_no, phone, email))
    return Particulars(name.strip(), department, chairs, *texts)


def entrusted(
    given: Annotated[Particulars, Depends(typed)],
    stand_role: Line = "",
    stand_from: Line = "",
    stand_until: Line = "",
    stand_ground: Line = "",
) -> Particulars:
    """What was filled in, with the authority to head the organ for a while."""
    return replace(
        given,
        stand_role=stand_role.strip(),
        stand_from=stand_from.strip(),
        stand_until=stand_until.strip(),
        stand_ground=stand_ground.strip(),
    )


Wanted = Annotated[Narrow, Depends(narrow_of)]
Typed = Annotated[Particulars, Depends(entrusted)]


@router.get("")
def show(desk: AtDesk, narrow: Wanted) -> Response:
    """The users in the order asked for."""
    lines, after = list_users(desk.session, narrow, desk.now)
    bar = _bar(desk, narrow)
    return page(
        desk.request,
        "admin/users.html",
        lines=lines,
        bar=bar,
        older=bar.turned("after", quote(after)),
        newer=bar.address if narrow.after else "",
        may=_may(desk),
    )


@router.get(".xlsx")
def take(desk: AtDesk, narrow: Wanted) -> Response:
    """What is listed as a file."""
    rules = desk.office.rules
    return excel_file(desk, users_sheet(desk.session, rules, replace(narrow, after=""), desk.now))


def _bar(desk: Desk, narrow: Narrow) -> ListBar:
    shape = ListShape(
        path="/admin/users",
        narrowings=(
            Narrowing("q", "字词", hint="编号、姓名、电话、执法证号"),
            choose_department(desk, "部门"),
            choose("role", "岗位", {key: label for key, label, _ in _chairs(desk)}),
            choose("state", "状态", STATES),
            order(ORDERS),
        ),
        file="/admin/users.xlsx",
        unit="人",
    )
    asked = {
        "q": narrow.text,
        "department": narrow.department,
        "role": narrow.role,
        "state": narrow.state,
        "sort": narrow.sort,
    }
    return bar_of(desk, shape, asked, how_many(desk.session, narrow, desk.now))


@router.get("/new", dependencies=[Depends(needs("administrator"))])
def ask(desk: AtDesk) -> Response:
    """The form of a new user."""
    return _form(desk, EMPTY)


@router.post("/new", dependencies=[Depends(needs("administrator"))])
def add(desk: AtDesk, given: Typed, id: Line = "") -> Response:
    """A new user and his first password, or the form with every complaint."""
    try:
        password = add_user(_keeper(desk), id, given)
    except NotKept as problem:
        return _form(desk, given, 422, id=id, complaints=problem.complaints)
    return _first_password(desk, id.strip(), password, "已登记用户")


@router.get("/{user_id}")
def one(desk: AtDesk, user_id: str, said: str = "") -> Response:
    """One user, as he stands."""
    return _one(desk, user_id, said=SAID.get(said, ""))


@router.post("/{user_id}")
def change(desk: AtDesk, user_id: str, given: Typed) -> Response:
    """Other particulars, or the form with every complaint."""
    given = _with_the_others(desk, user_id, given)
    try:
        change_user(_keeper(desk), user_id, given)
    except NotKept as problem:
        return _one(desk, user_id, 422, given=given, complaints=problem.complaints)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return RedirectResponse(f"/admin/users/{quote(user_id)}?said=kept", 303)


@router.post("/{user_id}/password")
def reset(desk: AtDesk, user_id: str) -> Response:
    """A new first password, shown this once."""
    try:
        password = reset_password(_keeper(desk), user_id)
    except NotKept as problem:
        return _one(desk, user_id, 409, complaints=problem.complaints)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return _first_password(desk, user_id, password, "已重设密码")


@router.post("/{user_id}/standing/{change}")
def stand(desk: AtDesk, user_id: str, change: str) -> Response:
    """Locked, unlocked, retired or restored."""
    if change not in CHANGES:
        raise NotForYou("没有这种操作")
    act, said = CHANGES[change]
    try:
        act(_keeper(desk), user_id)
    except NotKept as problem:
        return _one(desk, user_id, 409, complaints=problem.complaints)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return RedirectResponse(f"/admin/users/{quote(user_id)}?said={said}", 303)


def _with_the_others(desk: Desk, user_id: str, given: Particulars) -> Particulars:
    """What was filled in, with what the form does not ask of this administrator as it stands."""
    row = desk.session.get(User, user_id)
    if row is None:
        return given
    held = asdict(Particulars.of(row))
    may = _may(desk)
    hidden = {one for one in held if not may["rights" if one in RIGHTS else "users"]}
    return replace(given, **{one: held[one] for one in hidden if not getattr(given, one)})


def _may(desk: Desk) -> dict[str, bool]:
    """Which of an administrator's work is the reader's."""
    settings, actor = desk.office.settings, desk.actor
    return {"users": keeps_users(actor), "rights": keeps_rights(settings, actor)}


def _keeper(desk: Desk) -> Keeper:
    return Keeper(desk.office, desk.actor, desk.now)


def _first_password(desk: Desk, user_id: str, password: str, heading: str) -> Response:
    return page(
        desk.request,
        "admin/first_password.html",
        heading=heading,
        user_id=user_id,
        password=password,
    )


def _one(desk: Desk, user_id: str, status: int = 200, **told: object) -> Response:
    try:
        line = user_line(desk.session, user_id, desk.now)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    context: dict[str, object] = {"said": "", "complaints": {}, **told}
    given = context.pop("given", Particulars.of(line.user))
    return page(
        desk.request,
        "admin/user.html",
        status,
        line=line,
        given=given,
        own=user_id == desk.actor.id,
        may=_may(desk),
        chairs=_chairs(desk),
        departments=_departments(desk),
        **context,
    )


def _form(desk: Desk, given: Particulars, status: int = 200, **told: object) -> Response:
    context: dict[str, object] = {"id": "", "complaints": {}, **told}
    return page(
        desk.request,
        "admin/user_new.html",
        status,
        given=given,
        may=_may(desk),
        chairs=_chairs(desk),
        departments=_departments(desk),
        **context,
    )


def _chairs(desk: Desk) -> list[tuple[str, str, str]]:
    roles = desk.office.rules.roles
    return [(key, one.label, one.note) for key, one in roles.items() if key != SYSTEM]


def _departments(desk: Desk) -> object:
    return by_group(departments(desk.office.rules, desk.actor.department))
