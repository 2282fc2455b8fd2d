"""双随机抽取: the list, what the page of one shows besides, and the files of its record."""

from collections.abc import Mapping

from fastapi import APIRouter
from starlette.responses import Response

from domain.shapes.data_folders import room_folder
from domain.tables.undertaking import Undertaking
from domain.undertakings.draw import REPLACED
from flows.door.visible_undertakings import seen_undertaking
from flows.draws.draw_records import (
    as_file,
    is_revealed,
    may_check,
    open_record,
    record_name,
    replayed,
    whole_record,
)
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, Desk
from web.request.downloads import attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.undertaking_rows import Asked, rows_of

router = APIRouter()
KIND = "draw"
ALONE = "verify_draw.py"
TABS = {"waiting": "待办理", "sent": "本部门组织的", "received": "参加和见证的", "all": "全部"}
MENU = (Entry("双随机抽取", "/draws", "监管", order=46),)


@router.get("/draws")
def draws(desk: AtDesk, asked: Asked) -> Response:
    """The draws that a person may see: waiting for him, his department's, witnessed, or all."""
    return page(
        desk.request,
        "undertakings/draws.html",
        **rows_of(desk, KIND, TABS, asked),
    )


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of a draw shows besides what all undertakings do.

    The replay is made anew each time the page is opened by somebody who may check the record.
    """
    checks = may_check(row, desk.actor)
    drawn = row.facts.get("drawn") or []
    return {
        "revealed": is_revealed(row),
        "checks": checks,
        "faults": replayed(desk.session, desk.office, row) if checks and is_revealed(row) else None,
        "drawn": drawn,
        "replaced": sum(one["情况"].startswith(REPLACED) for one in drawn),
    }


@router.get("/undertakings/{number}/draw.json")
def record(desk: AtDesk, number: str, edition: str = "") -> Response:
    """The record as a file: whole for who may check it, else without classes."""
    row = _revealed(desk, number)
    if edition == "whole" and not may_check(row, desk.actor):
        raise NotForYou("完整的抽取记录含信用风险等级，只有本机关法制人员、督办员、审计员可以查看")
    make = whole_record if edition == "whole" else open_record
    content = as_file(make(desk.session, desk.office, row))
    name = record_name(row, whole=edition == "whole")
    return attachment(content, name, "application/json")


@router.get("/undertakings/{number}/verify_draw.py")
def verifier(desk: AtDesk, number: str) -> Response:
    """The file that replays a record without this program."""
    _revealed(desk, number)
    content = (room_folder("domain", "draws") / ALONE).read_bytes()
    return attachment(content, ALONE, "text/x-python")


def _revealed(desk: Desk, number: str) -> Undertaking:
    row = seen_undertaking(desk.session, desk.office, desk.actor, number)
    if row.kind != KIND or not is_revealed(row):
        raise NotForYou(f"「{number}」还没有抽取记录")
    return row
