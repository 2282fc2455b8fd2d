"""监管对象名录: the subjects of the reader's area by tag and name, and the page of one."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.limits.limit import day_of
from flows.people.user_keeping import Keeper, NotKept
from flows.rosters.roster_list import ORDERS, READERS, Wanted, subject_sheet, subjects
from flows.rosters.roster_rows import listed
from flows.rosters.roster_sheets import subjects_sheet
from flows.rosters.subject_keeping import Adjustment, Shunned, adjust, avoid, subject_of
from web.forms.days import day_or_none
from web.forms.list_bar import ListShape, Narrowing, bar_of, choose, order
from web.forms.roster_search import subjects_named
from web.request.desk import AtDesk, Desk, Sent, needs
from web.request.menu import Entry
from web.request.render import fragment, page
from web.views.supervisor_view import excel_file

KEEPERS = ("handler", "department_head", "supervisor")
SEE_GRADES = frozenset({"supervisor", "auditor"})
"""Credit-risk classes are not published and are no ground for anything (不公开、不惩戒)."""
router = APIRouter(prefix="/rosters", dependencies=[Depends(needs(*READERS))])
MENU = (Entry("监管名录", "/rosters", "监管", frozenset(READERS), order=45),)
Short = Annotated[str, Query(max_length=100)]
SAID = {"kept": "已保存。", "avoided": "已登记回避。"}


@router.get("")
def show(
    desk: AtDesk,
    q: Short = "",
    tag: Short = "",
    kind: Short = "",
    on: Short = "",
    sort: Short = "",
    after: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """The subjects of the reader's area, with the tags that they bear on a day."""
    day = day_or_none(on) or day_of(desk.now)
    found = subjects(desk.session, Wanted(_area(desk), q, tag, kind, after, sort), day)
    asked = {"q": q, "tag": tag, "kind": kind, "on": on, "sort": sort if sort in ORDERS else ""}
    bar = bar_of(desk, _shape(desk), asked, found.total)
    return page(
        desk.request,
        "rosters/subjects.html",
        found=found,
        bar=bar,
        day=day,
        newer=bar.address if after else "",
        older=bar.turned("after", found.more),
        may_keep=bool(desk.actor.roles & set(KEEPERS)),
    )


@router.get("/named")
def suggest(desk: AtDesk, q: Short = "") -> Response:
    """What a field that names a subject suggests for the words typed into it."""
    found = subjects_named(desk.session, _area(desk), day_of(desk.now), q)
    headers = {"X-Total": str(found.total)}
    return HTMLResponse(fragment("rosters/named.html", found=found), headers=headers)


@router.get("/subjects.xlsx")
def take(
    desk: AtDesk,
    q: Short = "",
    tag: Short = "",
    kind: Short = "",
    on: Short = "",
    sort: Short = "",
) -> Response:
    """The same list as a file."""
    day = day_or_none(on) or day_of(desk.now)
    wanted = Wanted(_area(desk), q, tag, kind, sort=sort)
    return excel_file(desk, subjects_sheet(desk.session, desk.office.rules, wanted, day))


def _shape(desk: Desk) -> ListShape:
    rosters = desk.office.rules.rosters
    return ListShape(
        path="/rosters",
        narrowings=(
            Narrowing("q", "字词", hint="名称、统一社会信用代码"),
            choose("tag", "标签", {key: one.label for key, one in rosters.tags.items()}),
            choose("kind", "类别", {key: one.label for key, one in rosters.kinds.items()}),
            Narrowing("on", "标签截至", "day"),
            order(ORDERS),
        ),
        file="/rosters/subjects.xlsx",
        unit="个",
    )


@router.get("/subjects/{key}")
def one(desk: AtDesk, key: str, said: str = "") -> Response:
    """One subject of the reader's area."""
    return _sheet(desk, key, said=SAID.get(said, ""))


@router.post("/subjects/{key}", dependencies=[Depends(needs(*KEEPERS))])
def change(desk: AtDesk, key: str, sent: Sent) -> Response:
    """The subject as it stands from today on, or its page with every complaint."""
    version = str(sent.get("version", ""))
    given = Adjustment(
        **{name: _text(sent, name) for name in ("name", "status", "address", "contact", "phone")},
        tags=frozenset(str(one) for one in sent.getlist("tags")),
        reason=_text(sent, "reason"),
        version=int(version) if version.isascii() and version.isdecimal() else 0,
    )
    try:
        adjust(_keeper(desk), key, given)
    except NotKept as problem:
        return _sheet(desk, key, 422, complaints=problem.complaints)
    return RedirectResponse(f"/rosters/subjects/{quote(key)}?said=kept", 303)


@router.post("/subjects/{key}/avoidances", dependencies=[Depends(needs(*KEEPERS))])
def shun(desk: AtDesk, key: str, sent: Sent) -> Response:
    """An officer is not to inspect the subject, or its page with every complaint."""
    since = day_or_none(_text(sent, "since")) or day_of(desk.now)
    until = day_or_none(_text(sent, "until"))
    given = Shunned(_text(sent, "certificate_no"), _text(sent, "ground"), since, until)
    try:
        avoid(_keeper(desk), key, given)
    except NotKept as problem:
        return _sheet(desk, key, 422, complaints=problem.complaints)
    return RedirectResponse(f"/rosters/subjects/{quote(key)}?said=avoided", 303)


def _sheet(desk: Desk, key: str, status: int = 200, **told: object) -> Response:
    row = subject_of(desk.session, _area(desk), key)
    today = day_of(desk.now)
    [stands] = listed(desk.session, row.area, today, row.id or 0)
    context: dict[str, object] = {"said": "", "complaints": {}, **told}
    return page(
        desk.request,
        "rosters/subject.html",
        status,
        row=row,
        stands=stands,
        sheet=subject_sheet(desk.session, desk.viewer, row),
        today=today,
        sees_grade=bool(desk.actor.roles & SEE_GRADES),
        may_keep=bool(desk.actor.roles & set(KEEPERS)),
        **context,
    )


def _keeper(desk: Desk) -> Keeper:
    return Keeper(desk.office, desk.actor, desk.now)


def _area(desk: Desk) -> str:
    return desk.office.rules.departments[desk.actor.department].area


def _text(sent: FormData, name: str) -> str:
    return str(sent.get(name, "")).strip()[:200]
