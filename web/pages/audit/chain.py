"""记录核验: whether the record holds, checked anew, and against an end noted outside."""

from base64 import b64encode
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Query
from fastapi.responses import RedirectResponse
from sqlmodel import col, select
from starlette.responses import Response

from documents.values.qr_code import qr_png
from domain.tables.people import User
from domain.tables.site import ChainCheck
from flows.audit.chain_check import (
    compare,
    has_stalled,
    last_good,
    list_checks,
    start_check,
)
from flows.people.visible_clues import NotForYou
from flows.site.event_chain import head_of
from web.request.desk import AtDesk, Desk, needs
from web.request.downloads import attachment
from web.request.menu import Entry
from web.request.render import page
from web.request.words import moment

router = APIRouter(prefix="/audit/chain", dependencies=[Depends(needs("auditor"))])
MENU = (Entry("记录核验", "/audit/chain", "审计", frozenset({"auditor"}), order=20),)
Number = Annotated[int, Path(ge=1, lt=2**31)]


@router.get("")
def show(
    desk: AtDesk,
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    noted: Annotated[str, Query(max_length=2000)] = "",
) -> Response:
    """The end of the record, the checks so far, and what became of an end noted outside."""
    checks, older = list_checks(desk.session, before)
    head = head_of(desk.session)
    picture = b64encode(qr_png(f"移送链尾 {head}")).decode()
    return page(
        desk.request,
        "audit/chain.html",
        head=head,
        picture=f"data:image/png;base64,{picture}",
        good=last_good(desk.session, desk.office.keys.chain),
        checks=[(one, has_stalled(one, desk.now)) for one in checks],
        names=_names(desk, checks),
        noted=noted,
        compared=compare(desk.session, noted) if noted.strip() else None,
        older=f"/audit/chain?before={older}" if older else "",
        newer="/audit/chain" if before else "",
    )


@router.get("/head.txt")
def take(desk: AtDesk) -> Response:
    """The end of the record as a file, to be kept where this system cannot reach it."""
    organ = desk.office.rules.departments[desk.actor.department].name
    lines = (
        "移送系统办理记录链尾",
        f"{head_of(desk.session)}",
        f"记下时间：{moment(desk.now)}",
        f"记下人：{desk.actor.name}（{organ}）",
        "请保存在本系统以外。日后在“记录核验”页粘贴上面带哈希的一行，可以发现末尾记录是否被删改。",
    )
    content = "\r\n".join(lines).encode("utf-8-sig")
    return attachment(content, f"链尾 {moment(desk.now)[:10]}.txt", "text/plain; charset=utf-8")


@router.post("/checks")
def start(desk: AtDesk, whole: Annotated[bool, Form()] = False) -> Response:
    """A check begins, from where the last good one ended or from the first event."""
    found = start_check(desk.office, desk.actor, desk.now, whole=whole)
    return RedirectResponse(f"/audit/chain/checks/{found}", 303)


@router.get("/checks/{check_id}")
def watch(desk: AtDesk, check_id: Number) -> Response:
    """How far a check is, and what it found."""
    check = desk.session.get(ChainCheck, check_id)
    if check is None:
        raise NotForYou(f"没有第{check_id}次核验")
    return page(
        desk.request,
        "audit/check.html",
        check=check,
        stalled=has_stalled(check, desk.now),
        names=_names(desk, [check]),
        head=head_of(desk.session),
    )


def _names(desk: Desk, checks: list[ChainCheck]) -> dict[str, str]:
    people = {one.started_by for one in checks}
    rows = desk.session.exec(select(User.id, User.name).where(col(User.id).in_(people)))
    return {**{one: one for one in people}, "system": "系统", **{key: name for key, name in rows}}
