"""举报人信息查看 and 登录记录: who saw a reporter in clear and why; who came in and who did not."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.audit.event_log import REVEAL, Narrow, events_sheet, list_events
from flows.audit.sign_ins_sheet import sign_ins_sheet
from flows.people.sign_in_log import OUTCOMES, list_sign_ins
from flows.people.sign_in_log import Narrow as SignIns
from web.forms.days import day_or_none
from web.forms.list_bar import ListShape, bar_of, choose, days
from web.pages.audit.events import OF_A_CLUE, WHO, Text, asked
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

AUDITOR = frozenset({"auditor"})
router = APIRouter(prefix="/audit", dependencies=[Depends(needs("auditor"))])
REVEALS = "举报人信息查看"
MENU = (
    Entry(REVEALS, "/audit/reveals", "审计", AUDITOR, order=30),
    Entry("登录记录", "/audit/sign-ins", "审计", AUDITOR, order=40),
)
Before = Annotated[int, Query(ge=0, lt=2**31)]
FAILED = {"failed": "全部失败", **OUTCOMES}


def reveals_of(
    since: Text = "", until: Text = "", actor: Text = "", clue: Text = "", before: Before = 0
) -> Narrow:
    """What the address asks for."""
    days = day_or_none(since), day_or_none(until)
    return Narrow(*days, actor=actor, clue=clue, action=REVEAL, before=before)


def sign_ins_of(
    user: Text = "", outcome: Text = "", since: Text = "", until: Text = "", before: Before = 0
) -> SignIns:
    """What the address asks for."""
    known = outcome if outcome in FAILED else ""
    return SignIns(user, known, day_or_none(since), day_or_none(until), before)


Reveals = Annotated[Narrow, Depends(reveals_of)]


@router.get("/reveals")
def reveals(desk: AtDesk, narrow: Reveals) -> Response:
    """Every look at a reporter's data, the newest first."""
    lines, older = list_events(desk.session, desk.office, narrow)
    narrowings = (WHO, OF_A_CLUE, *days("日期"))
    shape = ListShape("/audit/reveals", narrowings, "/audit/reveals.xlsx")
    bar = bar_of(desk, shape, asked(narrow), None)
    return page(
        desk.request,
        "audit/reveals.html",
        lines=lines,
        bar=bar,
        older=bar.turned("before", older),
        newer=bar.address if narrow.before else "",
    )


@router.get("/reveals.xlsx")
def take_reveals(desk: AtDesk, narrow: Reveals) -> Response:
    """The same as a file."""
    return excel_file(desk, events_sheet(desk.session, desk.office, narrow, REVEALS))


@router.get("/sign-ins")
def sign_ins(desk: AtDesk, narrow: Annotated[SignIns, Depends(sign_ins_of)]) -> Response:
    """Every sign-in and every failure, the newest first."""
    lines, older = list_sign_ins(desk.session, narrow)
    told = {
        "user": narrow.user,
        "outcome": narrow.outcome,
        "since": narrow.since.isoformat() if narrow.since else "",
        "until": narrow.until.isoformat() if narrow.until else "",
    }
    narrowings = (replace(WHO, name="user"), choose("outcome", "结果", FAILED), *days("日期"))
    shape = ListShape("/audit/sign-ins", narrowings, "/audit/sign-ins.xlsx")
    bar = bar_of(desk, shape, told, None)
    return page(
        desk.request,
        "audit/sign_ins.html",
        lines=lines,
        bar=bar,
        older=bar.turned("before", older),
        newer=bar.address if narrow.before else "",
    )


@router.get("/sign-ins.xlsx")
def take_sign_ins(desk: AtDesk, narrow: Annotated[SignIns, Depends(sign_ins_of)]) -> Response:
    """The same as a file."""
    return excel_file(desk, sign_ins_sheet(desk.session, narrow))
