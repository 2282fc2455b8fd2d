"""The register of documents: found by kind, number, organ and day; taken one by one or together."""

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from documents.output.bundle import bundle
from documents.output.pdf import unavailable
from domain.limits.limit import day_of
from flows.lists.referral_list import OUTSIDE
from flows.papers.clue_downloads import may_take_case_file
from flows.papers.document_list import (
    DocumentLine,
    TooMany,
    how_many,
    list_counted,
    register_sheet,
)
from flows.papers.document_zip import MOST, Packed, pack_chosen, pack_fitting
from flows.papers.wanted_documents import UNCOUNTED, WantedDocuments
from flows.people.visible_clues import seen_clue
from flows.printing.chosen import print_chosen
from flows.printing.sheets import MOST_PRINTED, NotPrinted
from web.forms.document_filters import STALE, Asked, DocumentFilter, filter_in, register_bar
from web.forms.list_bar import COUNTED
from web.pages.papers import stale_papers
from web.request.desk import AtDesk, Desk, Sent
from web.request.downloads import PDF, WORD, ZIP, attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

router = APIRouter()
READERS = frozenset(
    {
        "intake_clerk",
        "handler",
        "section_head",
        "department_head",
        "principal",
        "legal_reviewer",
        "supervisor",
    }
    | {"arbiter", "auditor", "police_liaison", "procuratorate_liaison"}
)
"""Whose menu has it: the chairs that see clues at all."""
MENU = (Entry("文书", "/documents", roles=READERS, order=60),)
LONGEST_ID = 15


@router.get("/documents")
def show(desk: AtDesk, asked: Asked) -> Response:
    """A page of the register."""
    if asked.wanted.state == STALE:
        return RedirectResponse(f"/documents/stale?{asked.address(state='')}", 303)
    return _show(desk, asked)


@router.get("/documents.xlsx")
def take(desk: AtDesk, asked: Asked) -> Response:
    """The same register as a file."""
    try:
        return excel_file(desk, register_sheet(desk.session, desk.viewer, asked.wanted))
    except TooMany as problem:
        return _show(desk, asked, 422, str(problem))


@router.post("/documents/print")
def print_together(desk: AtDesk, sent: Sent) -> Response:
    """The documents that were ticked as one file to print, or every reason why not."""
    asked = filter_in(str(sent.get("query", "")))
    as_pdf = sent.get("form") == "pdf"
    try:
        printed = print_chosen(desk.session, desk.viewer, _picked(sent), as_pdf=as_pdf)
    except NotPrinted as problem:
        return _show(desk, asked, 422, str(problem))
    suffix, kind = ("pdf", PDF) if as_pdf else ("docx", WORD)
    name = f"合并打印{printed.count}份 {day_of(desk.now).isoformat()}.{suffix}"
    return attachment(printed.content, name, kind)


@router.post("/documents/zip")
def take_together(desk: AtDesk, sent: Sent) -> Response:
    """The documents that were ticked, or all that fit, as one ZIP."""
    asked = filter_in(str(sent.get("query", "")))
    if sent.get("fitting"):
        packed = pack_fitting(desk.session, desk.viewer, asked.wanted)
    else:
        ids = _picked(sent)
        if not ids:
            return _show(desk, asked, 422, "请先勾选要打包的文书")
        packed = pack_chosen(desk.session, desk.viewer, ids)
    if len(packed.files) == 1:
        return _show(desk, asked, 422, f"没有可以打包的文书：{'；'.join(packed.left_out)}")
    return _zipped(desk, packed)


def _zipped(desk: Desk, packed: Packed) -> Response:
    name = f"文书{len(packed.files) - 1}份 {day_of(desk.now).isoformat()}.zip"
    return attachment(bundle(packed.files), name, ZIP)


def _picked(sent: Sent) -> list[int]:
    return [int(str(one)) for one in sent.getlist("pick") if _is_id(str(one))]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= LONGEST_ID


def _not_counted(desk: Desk) -> int:
    """How many documents that legal staff may read could not be counted; of no use to others."""
    if "legal_reviewer" not in desk.actor.roles:
        return 0
    return how_many(desk.session, desk.viewer, WantedDocuments(state=UNCOUNTED), COUNTED)


def _clue_to_print(desk: Desk, asked: DocumentFilter, lines: Sequence[DocumentLine]) -> str:
    """The one clue whose volume is looked at, by its number, for who may print the whole of it."""
    numbers = {one.clue_no for one in lines}
    if not asked.wanted.volume or len(numbers) != 1:
        return ""
    clue = seen_clue(desk.session, desk.office, desk.actor, lines[0].clue_no)
    return clue.no if may_take_case_file(desk.session, desk.viewer, clue) else ""


def _show(desk: Desk, asked: DocumentFilter, status: int = 200, complaint: str = "") -> Response:
    found, total = list_counted(desk.session, desk.viewer, asked.wanted, COUNTED)
    bar = register_bar(desk, asked, total)
    return page(
        desk.request,
        "papers/register.html",
        status,
        lines=found.lines,
        finds_stale=bool(desk.actor.roles & stale_papers.READERS),
        query=bar.query,
        complaints=[*asked.complaints, *([complaint] if complaint else [])],
        bar=bar,
        older=bar.turned("after", quote(found.older)),
        newer=bar.address if asked.wanted.after else "",
        scope=scope(desk),
        is_outside=bool(desk.actor.roles & OUTSIDE),
        not_counted=_not_counted(desk),
        of_volume=_clue_to_print(desk, asked, found.lines),
        no_pdf=unavailable(),
        most=MOST,
        most_printed=MOST_PRINTED,
    )
