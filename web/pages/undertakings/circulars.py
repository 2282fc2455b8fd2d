"""情况通报 and what else departments undertake without a clue: the lists, and the page of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from pydantic import Field
from starlette.datastructures import UploadFile
from starlette.responses import Response

from domain.lifecycle.plan import NEW, Refused
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.door.attachments import Upload, add_attachment, find_attachment
from flows.door.visible_undertakings import seen_undertaking
from flows.lists.undertaking_register import undertakings_sheet
from flows.lists.undertaking_sheet import UndertakingSheet, undertaking_sheet
from flows.people.visible_clues import NotForYou
from flows.workbench.undertakings_sheet import list_sheet
from web.pages.undertakings import (
    assessments,
    breaches,
    draws,
    joint_proceedings,
    publications,
    risk_warnings,
    visits,
)
from web.request.desk import AtDesk, Desk, Sent
from web.request.downloads import attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.acts_told import Done, Moment, done_of, moments_of
from web.views.clocks_told import ClockTold, clock_told, clocks_of
from web.views.offers import Offer, offer_of, rank_of
from web.views.supervisor_view import excel_file
from web.views.undertaking_rows import Asked, ListAddress, rows_of

router = APIRouter()
KIND = "circular"
OTHER = "other"
"""The kind of evidence of a file that is none."""
BYTES = "application/octet-stream"
TABS = {"waiting": "待办理", "sent": "发出的", "received": "收到的", "all": "全部"}
OTHERS = {
    assessments.KIND: ("undertakings/assessment.html", assessments.beside),
    breaches.KIND: ("undertakings/breach.html", breaches.beside),
    draws.KIND: ("undertakings/draw.html", draws.beside),
    joint_proceedings.KIND: ("undertakings/joint_proceeding.html", joint_proceedings.beside),
    publications.KIND: ("undertakings/publication.html", publications.beside),
    risk_warnings.KIND: ("undertakings/risk_warning.html", risk_warnings.beside),
    visits.KIND: ("undertakings/visit.html", visits.beside),
}
"""Undertakings whose page shows more than a circular's: the template, and what it needs."""
MENU = (Entry("情况通报", "/circulars", order=40),)


@dataclass(frozen=True)
class Addressee:
    """One department's receipt: how it stands, its open limits, and its answer."""

    department: str
    is_own: bool
    state: str
    signed_at: str
    signed_by: str
    answer: str
    clocks: tuple[ClockTold, ...]


@dataclass(frozen=True)
class UndertakingView:
    """Everything on the page of one undertaking."""

    sheet: UndertakingSheet
    addressees: tuple[Addressee, ...]
    running: tuple[ClockTold, ...]
    ended: tuple[ClockTold, ...]
    documents: tuple[IssuedDocument, ...]
    history: tuple[Moment, ...]
    offers: tuple[Offer, ...]
    refused: tuple[Offer, ...]
    done: Done | None
    may_attach: bool


@router.get("/circulars")
def circulars(desk: AtDesk, asked: Asked) -> Response:
    """The circulars that a person may see: waiting for him, sent, received, or all."""
    return page(
        desk.request,
        "undertakings/list.html",
        **rows_of(desk, KIND, TABS, asked),
    )


@router.get("/circulars.xlsx")
def take(desk: AtDesk, asked: Asked) -> Response:
    """The same circulars as a file, a row for every department addressed."""
    return excel_file(desk, undertakings_sheet(desk.session, desk.viewer, asked.wanted(KIND)))


class FileAddress(ListAddress):
    """A list of any kind."""

    kind: Annotated[str, Field(max_length=40)] = KIND


@router.get("/undertakings.xlsx")
def take_list(desk: AtDesk, asked: Annotated[FileAddress, Query()]) -> Response:
    """The undertakings of a list of any kind as a file."""
    lifecycle = desk.office.rules.lifecycles.get(asked.kind)
    if lifecycle is None or not lifecycle.is_root or asked.kind == "clue":
        raise NotForYou("没有这种事项")
    return excel_file(desk, list_sheet(desk.session, desk.viewer, asked.wanted(asked.kind)))


@router.get("/undertakings/{number}")
def show(desk: AtDesk, number: str, done: str = "") -> Response:
    """One undertaking for who may see it."""
    row = seen_undertaking(desk.session, desk.office, desk.actor, number)
    return _shown(desk, row, done)


def _shown(
    desk: Desk, row: Undertaking, done: str = "", complaints: Sequence[str] = ()
) -> Response:
    template, beside = OTHERS.get(row.kind, ("undertakings/one.html", None))
    return page(
        desk.request,
        template,
        status=422 if complaints else 200,
        row=row,
        view=_view(desk, row, done),
        complaints=complaints,
        **(beside(desk, row) if beside else {}),
    )


@router.post("/undertakings/{number}/attachments")
def attach(desk: AtDesk, number: str, sent: Sent) -> Response:
    """A file more for a draft; what stands against it is told on the page of the undertaking."""
    row = seen_undertaking(desk.session, desk.office, desk.actor, number)
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _shown(desk, row, complaints=("请选择要上传的文件",))
    title = str(sent.get("title") or "").strip() or PurePath(file.filename).stem
    upload = Upload(file.filename, file.file.read(), title, OTHER)
    try:
        add_attachment(desk.office, row.id or NEW, upload, desk.actor, desk.now)
    except Refused as refused:
        return _shown(desk, row, complaints=[one.text for one in refused.reasons])
    return RedirectResponse(f"/undertakings/{row.no}#attachments", 303)


@router.get("/undertakings/{number}/attachments/{attachment_id}")
def attached(desk: AtDesk, number: str, attachment_id: int) -> Response:
    """An attachment of an undertaking, byte for byte, for who may see the undertaking."""
    row = seen_undertaking(desk.session, desk.office, desk.actor, number)
    try:
        file = find_attachment(desk.session, attachment_id)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    if file.clue_id != row.id:
        raise NotForYou(f"没有编号为{attachment_id}的附件")
    content = desk.office.shelf.get(file.sha256)
    return attachment(content, f"{file.title}{file.suffix}", BYTES)


def _view(desk: Desk, row: Undertaking, done: str) -> UndertakingView:
    sheet = undertaking_sheet(desk.session, desk.viewer, row)
    mine = desk.actor.department
    clocks = [one for one in clocks_of(desk, row) if sheet.whole or one.owner_id == mine]
    running = tuple(clock_told(desk, one) for one in clocks if one.ended_at is None)
    offers = [offer_of(desk, row, one) for one in sheet.allowed]
    beside = {one.id or NEW: one.process_id for one in clocks if one.process_kind != row.kind}
    return UndertakingView(
        sheet=sheet,
        addressees=tuple(_addressees(desk, sheet, running, beside)),
        running=running,
        ended=tuple(clock_told(desk, one, days=False) for one in clocks if one.ended_at),
        documents=sheet.documents,
        history=tuple(reversed(moments_of(sheet.history))),
        offers=tuple(sorted((one for one in offers if not one.allowed.reasons), key=rank_of)),
        refused=tuple(one for one in offers if _concerns(desk, row, one)),
        done=done_of(desk, row, done),
        may_attach=any(
            one.allowed.action == "revise" and not one.allowed.reasons for one in offers
        ),
    )


def _concerns(desk: Desk, row: Undertaking, offer: Offer) -> bool:
    """Whether a refused step is the person's own department's: another's are no news to him."""
    own = offer.allowed.process.department == desk.actor.department
    return bool(offer.allowed.reasons) and own


def _addressees(
    desk: Desk, sheet: UndertakingSheet, running: tuple[ClockTold, ...], beside: dict[int, int]
) -> list[Addressee]:
    return [
        Addressee(
            department=one.holder,
            is_own=one.view.department == desk.actor.department,
            state=one.state,
            signed_at=str(one.view.facts.get("signed_at") or ""),
            signed_by=str(one.view.facts.get("signed_by") or ""),
            answer=str(one.view.facts.get("answer") or ""),
            clocks=tuple(clock for clock in running if beside.get(clock.id) == one.view.id),
        )
        for one in sheet.processes
    ]
