"""涉罪移送: what was referred, for who sends and who receives; packet, limits and the next step."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from documents.output.bundle import bundle
from flows.lists.referral_list import referrals
from flows.lists.referral_sheet import packet, referral_sheet
from flows.workbench.referrals_sheet import referrals_sheet
from web.request.desk import AtDesk, needs
from web.request.downloads import ZIP, attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file

OUTSIDE = frozenset({"police_liaison", "procuratorate_liaison"})
SENDERS = frozenset({"handler", "section_head", "department_head", "principal", "legal_reviewer"})
PARTIES = OUTSIDE | SENDERS | {"supervisor", "auditor"}
router = APIRouter(dependencies=[Depends(needs(*sorted(PARTIES)))])
MENU = (Entry("涉罪移送", "/referrals", "办理", PARTIES, order=15),)
Number = Annotated[int, Query(ge=1, le=1000)]


@router.get("/referrals")
def show_all(
    desk: AtDesk, ended: bool = False, waiting: bool = False, number: Number = 1
) -> Response:
    """The referrals that the person is a party to, what is due first on top."""
    found = referrals(desk.session, desk.viewer, ended=ended, number=number, waiting=waiting)
    told = "ended=true&" if ended else "waiting=true&" if waiting else ""
    base = f"/referrals?{told}number="
    return page(
        desk.request,
        "queues/referrals.html",
        lines=found.lines,
        ended=ended,
        waiting_only=waiting,
        sees_all=not (PARTIES - {"supervisor", "auditor"}) & desk.actor.roles,
        is_outside=bool(OUTSIDE & desk.actor.roles),
        newer=f"{base}{number - 1}" if number > 1 else "",
        older=f"{base}{number + 1}" if found.more else "",
    )


@router.get("/referrals.xlsx")
def take(desk: AtDesk, ended: bool = False, waiting: bool = False) -> Response:
    """The same referrals as a file."""
    return excel_file(
        desk, referrals_sheet(desk.session, desk.viewer, ended=ended, waiting=waiting)
    )


@router.get("/referrals/{referral}")
def show(desk: AtDesk, referral: int) -> Response:
    """One referral: where it stands, what it holds, what was done, what is next."""
    sheet = referral_sheet(desk.session, desk.viewer, referral)
    sender = desk.office.rules.departments[sheet.line.referral.department_id]
    return page(
        desk.request,
        "queues/referral.html",
        sheet=sheet,
        line=sheet.line,
        sender=sender,
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
