"""涉罪移送: what was referred, for who sends and who receives; packet, limits and the next step."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from documents.output.bundle import bundle
from flows.lists.referral_list import (
    OUTSIDE,
    WantedReferrals,
    anything_waits,
    counted_referrals,
)
from flows.lists.referral_sheet import packet, referral_sheet
from flows.papers.clue_evidence import evidence_of_goods
from flows.workbench.referrals_sheet import referrals_sheet
from web.forms.list_bar import (
    COUNTED,
    ListBar,
    ListShape,
    Narrowing,
    bar_of,
    choose,
    choose_department,
)
from web.request.desk import AtDesk, Desk, needs
from web.request.downloads import ZIP, attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.acts_told import done_of
from web.views.supervisor_view import excel_file

SENDERS = frozenset({"handler", "section_head", "department_head", "principal", "legal_reviewer"})
PARTIES = OUTSIDE | SENDERS | {"supervisor", "auditor"}
router = APIRouter(dependencies=[Depends(needs(*sorted(PARTIES)))])
MENU = (Entry("涉罪移送", "/referrals", "办理", PARTIES, order=15),)
Number = Annotated[int, Query(ge=1, le=1000)]
Text = Annotated[str, Query(max_length=100)]


def wanted_of(
    desk: AtDesk,
    ended: bool = False,
    waiting: bool | None = None,
    q: Text = "",
    state: Text = "",
    organ: Text = "",
) -> WantedReferrals:
    """What the address asks for; police and procuratorate begin with what waits for them, if any
    does.
    """
    if waiting is None and not ended and desk.actor.roles & OUTSIDE:
        waiting = anything_waits(desk.session, desk.viewer)
    return WantedReferrals(ended, bool(waiting) and not ended, q, state, organ)


Wanted = Annotated[WantedReferrals, Depends(wanted_of)]


@router.get("/referrals")
def show_all(desk: AtDesk, wanted: Wanted, number: Number = 1) -> Response:
    """The referrals that the person is a party to, what is due first on top."""
    asked = replace(wanted, number=number)
    found, total = counted_referrals(desk.session, desk.viewer, asked, COUNTED)
    bar = _bar(desk, wanted, total)
    return page(
        desk.request,
        "queues/referrals.html",
        lines=found.lines,
        bar=bar,
        ended=wanted.ended,
        waiting_only=wanted.waiting,
        sees_all=not (PARTIES - {"supervisor", "auditor"}) & desk.actor.roles,
        is_outside=bool(OUTSIDE & desk.actor.roles),
        newer=bar.turned("number", number - 1),
        older=bar.turned("number", number + 1) if found.more else "",
    )


@router.get("/referrals.xlsx")
def take(desk: AtDesk, wanted: Wanted) -> Response:
    """The same referrals as a file."""
    return excel_file(desk, referrals_sheet(desk.session, desk.viewer, wanted))


def _bar(desk: Desk, wanted: WantedReferrals, total: int) -> ListBar:
    states = desk.office.rules.lifecycles["referral"].states
    shown = {key: one.label for key, one in states.items() if one.ended == wanted.ended}
    is_sender = bool(SENDERS & desk.actor.roles)
    shape = ListShape(
        path="/referrals",
        narrowings=(
            Narrowing("q", "字词", hint="移送书文号，线索编号、标题、当事人"),
            choose("state", "状态", shown),
            *(() if is_sender else (choose_department(desk, "移送机关", "organ"),)),
        ),
        file="/referrals.xlsx",
        held={
            "ended": "true" if wanted.ended else "",
            "waiting": "" if wanted.ended else "true" if wanted.waiting else "false",
        },
        unit="件",
    )
    asked = {"q": wanted.text, "state": wanted.state, "organ": wanted.organ}
    return bar_of(desk, shape, asked, total)


@router.get("/referrals/{referral}")
def show(desk: AtDesk, referral: int, done: str = "") -> Response:
    """One referral: where it stands, what it holds, what was done, what is next."""
    sheet = referral_sheet(desk.session, desk.viewer, referral)
    sender = desk.office.rules.departments[sheet.line.referral.department_id]
    return page(
        desk.request,
        "queues/referral.html",
        sheet=sheet,
        line=sheet.line,
        done=done_of(desk, sheet.line.clue, done),
        sender=sender,
        of_goods=evidence_of_goods(desk.session, desk.viewer, sheet.line.clue),
        rows={
            "随案移送材料": _rows(sheet.facts.get("materials")),
            "涉案物品": _rows(sheet.facts.get("goods")),
            "已移交物品": _rows(sheet.facts.get("handed_goods")),
        },
    )


@router.get("/referrals/{referral}/packet.zip")
def take_packet(desk: AtDesk, referral: int) -> Response:
    """The packet with catalogue and check values as one ZIP."""
    clue, files = packet(desk.session, desk.viewer, referral)
    return attachment(bundle(files), f"{clue.no} 移送材料.zip", ZIP)


def _rows(value: object) -> list[dict[str, object]]:
    found = value if isinstance(value, list) else []
    return [row for row in found if isinstance(row, dict)]
