"""The evidence of a clue in the browser: photos and scans added, looked at, taken, recognised."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from sqlmodel import col, select
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from documents.output.page_count import SCANS
from documents.output.text_of_file import LONGEST, READERS, text_of
from documents.output.tiff_pages import tiff_as_pdf
from domain.files.confined import Unreadable
from domain.lifecycle.plan import Reason, Refused
from domain.tables.attachment import Attachment
from domain.tables.people import User
from flows.door.attachments import (
    Upload,
    add_attachment,
    may_add,
    tie_label,
    tied_in_words,
    ties_of,
)
from flows.papers.clue_evidence import seen_evidence, shown_evidence
from flows.papers.document_list import find_readable
from flows.papers.incoming_register import find_incoming
from flows.papers.recognition import RECOGNISERS, recognise
from flows.people.visible_clues import seen_clue
from web.request.desk import MOST_FILES, AtDesk, Desk, Sent
from web.request.downloads import PDF, attachment, played, shown
from web.request.render import page

router = APIRouter()
PICTURES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
TEXTS = {".txt", ".csv"}
SOUNDS = {".mp3": "audio/mpeg", ".wav": "audio/wav", ".m4a": "audio/mp4"}
FILMS = {".mp4": "video/mp4", ".mov": "video/mp4"}
UNSHOWN = {
    ".ofd": "OFD 版式文件不能在浏览器中显示，请下载后用版式阅读软件打开",
    ".avi": "AVI 录像不能在浏览器中播放，请下载后播放",
}
"""What can only be taken, and with what it is opened."""
LONGEST_TEXT, LARGEST_TEXT, MOST_PAGES = 4000, 1 << 20, 100_000


@dataclass(frozen=True)
class Fate:
    """What became of one file that was handed in: added, or every reason why not."""

    name: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Meant:
    """What the file to be added is meant to be, and its usual title.

    The 送达回证 of a paper, the scan of a paper of the register of incoming ones, or evidence of an
    opinion or of listed goods (`tied`).
    """

    paper: int = 0
    incoming: int = 0
    kind: str = ""
    title: str = ""
    tied: str = ""


NOTHING = Meant()


@router.get("/clues/{number}/evidence")
def show(
    desk: AtDesk,
    number: str,
    receipt: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    incoming: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    tied: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What there is, and the form that adds to it.

    `receipt`: the paper whose 送达回证 is added; `incoming`: the number in the register of the
    incoming paper whose scan is; `tied`: the opinion or goods that the evidence is of.
    """
    return _show(desk, number, meant=replace(_meant(desk, receipt, incoming), tied=tied))


@router.post("/clues/{number}/evidence")
def add(desk: AtDesk, number: str, sent: Sent) -> Response:
    """Each file added or refused by itself: one that is refused keeps no other back."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    meant = _meant(desk, _whole(sent, "receipt"), _whole(sent, "incoming"))
    files = [one for one in sent.getlist("file") if isinstance(one, UploadFile) and one.filename]
    if not files:
        none = Fate("没有选择文件", (Reason("请选择要上传的文件", "", ""),))
        return _show(desk, number, (none,), _as_typed(meant, sent))
    told = _whole(sent, "pages", MOST_PAGES)
    title, kind = str(sent.get("title", "")).strip(), str(sent.get("kind", ""))
    fates = []
    for place, one in enumerate(files, start=1):
        upload = _upload(one, _title(title, one, place if len(files) > 1 else 0), kind)
        upload = replace(upload, receipt_of=meant.paper, scan_of=meant.incoming, pages=told)
        upload = replace(upload, tied_to=str(sent.get("tied", "")).strip())
        try:
            add_attachment(desk.office, clue.id or 0, upload, desk.actor, desk.now)
            fates.append(Fate(upload.name))
        except Refused as refused:
            fates.append(Fate(upload.name, refused.reasons))
    # More of the same opinion may follow; a receipt or a scan is one file, unless it was refused.
    again = any(one.reasons for one in fates)
    more = Meant(tied=str(sent.get("tied", "")))
    return _show(desk, number, tuple(fates), _as_typed(meant, sent) if again else more)


def _as_typed(meant: Meant, sent: FormData) -> Meant:
    """What a refused file was meant to be, as the form said: it is chosen once more, no more."""
    title, kind, tied = (str(sent.get(one, "")).strip() for one in ("title", "kind", "tied"))
    return replace(meant, title=title or meant.title, kind=kind or meant.kind, tied=tied)


def _whole(sent: FormData, name: str, below: int = 2**31) -> int:
    """A number of the form that was sent; 0 where there is none."""
    text = str(sent.get(name, "")).strip()
    return int(text) if text.isdecimal() and len(text) < 11 and int(text) < below else 0


def _meant(desk: Desk, paper: int, incoming: int) -> Meant:
    if incoming:
        line = find_incoming(desk.session, desk.viewer, incoming)
        title = f"{line.paper.title} {line.paper.number}".strip()
        return Meant(incoming=incoming, title=title[:90], kind="incoming")
    if not paper:
        return NOTHING
    document, _ = find_readable(desk.session, desk.viewer, paper)
    name = document.number or f"《{document.title}》"
    return Meant(paper=paper, kind="other", title=f"送达回证 {name}")


def _upload(file: UploadFile, title: str, kind: str) -> Upload:
    return Upload(file.filename or "", file.file.read(), title, kind)


def _title(title: str, file: UploadFile, place: int) -> str:
    """What was typed, counted on where there are several; else the file's own name."""
    own = PurePath(file.filename or "").stem[:100]
    return f"{title}（{place}）" if title and place else title or own


@router.get("/clues/{number}/evidence/{attachment_id}/file")
def take(desk: AtDesk, number: str, attachment_id: int) -> Response:
    """The bytes as they were handed in, to be saved and never run in the page."""
    row = _found(desk, number, attachment_id)
    content = desk.office.shelf.get(row.sha256)
    return attachment(content, f"{row.title}{row.suffix}", "application/octet-stream")


@router.get("/clues/{number}/evidence/{attachment_id}/picture")
def look(desk: AtDesk, number: str, attachment_id: int) -> Response:
    """A picture as the page shows it; any other file is only to be taken."""
    row = _found(desk, number, attachment_id)
    if row.suffix not in PICTURES:
        return RedirectResponse(f"/clues/{number}/evidence/{attachment_id}/file", 303)
    return Response(desk.office.shelf.get(row.sha256), media_type=PICTURES[row.suffix])


@router.get("/clues/{number}/evidence/{attachment_id}/pdf")
def open_pdf(desk: AtDesk, number: str, attachment_id: int) -> Response:
    """A PDF, or a TIFF as one, in the browser's own viewer; any other file is only to be taken."""
    row = _found(desk, number, attachment_id)
    content = desk.office.shelf.get(row.sha256)
    if row.suffix in SCANS:
        try:
            content = tiff_as_pdf(content)
        except Unreadable as problem:
            return _show(desk, number, (Fate(row.title, (Reason(f"{problem}", "", ""),)),))
    elif row.suffix != ".pdf":
        return RedirectResponse(f"/clues/{number}/evidence/{attachment_id}/file", 303)
    return shown(content, f"{row.title}.pdf", PDF)


@router.get("/clues/{number}/evidence/{attachment_id}/media")
def play(desk: AtDesk, number: str, attachment_id: int) -> Response:
    """Sound or film for the browser's own player; any other file is only to be taken."""
    row = _found(desk, number, attachment_id)
    kind = (SOUNDS | FILMS).get(row.suffix)
    if kind is None:
        return RedirectResponse(f"/clues/{number}/evidence/{attachment_id}/file", 303)
    wanted = desk.request.headers.get("range", "")
    return played(desk.office.shelf.get(row.sha256), kind, wanted)


@router.get("/clues/{number}/evidence/{attachment_id}/text")
def read(desk: AtDesk, number: str, attachment_id: int) -> Response:
    """What a PDF, a Word file or a workbook says, read in a process of its own."""
    row = _found(desk, number, attachment_id)
    text, fault = "", ""
    try:
        text = text_of(f"file{row.suffix}", desk.office.shelf.get(row.sha256))
    except Unreadable as problem:
        fault = str(problem)
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    return page(
        desk.request,
        "clues/evidence_text.html",
        clue=clue,
        row=row,
        text=text,
        cut=len(text) >= LONGEST,
        fault=fault,
    )


@router.post("/clues/{number}/evidence/{attachment_id}/recognise")
def accept(
    desk: AtDesk,
    number: str,
    attachment_id: int,
    opinion: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """证据互认: another department accepts what this one found, or every reason why not."""
    row = _found(desk, number, attachment_id)
    try:
        recognise(desk.office, attachment_id, opinion, desk.actor, desk.now)
    except Refused as refused:
        return _show(desk, number, (Fate(row.title, refused.reasons),))
    return RedirectResponse(f"/clues/{number}/evidence", 303)


def _found(desk: Desk, number: str, attachment_id: int) -> Attachment:
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    return seen_evidence(desk.session, desk.viewer, clue, attachment_id)


def _show(
    desk: Desk, number: str, fates: tuple[Fate, ...] = (), meant: Meant = NOTHING
) -> Response:
    # What was just added is not in the session that began before it.
    desk.session.rollback()
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    lines = shown_evidence(desk.session, desk.viewer, clue)
    rules = desk.office.rules.attachments
    ties = ties_of(desk.session, desk.office, clue, desk.actor)
    return page(
        desk.request,
        "clues/evidence.html",
        422 if any(one.reasons for one in fates) else 200,
        clue=clue,
        lines=lines,
        names=_names(desk, (one.attachment.added_by for one in lines)),
        texts={one.attachment.id: _text(desk, one.attachment) for one in lines},
        tied={one.attachment.id: tied_in_words(desk.office, one) for one in lines},
        ties=[(one.key, tie_label(desk.office, one)) for one in ties],
        pictures=PICTURES,
        opened=SCANS | {".pdf"},
        sounds=SOUNDS,
        films=FILMS,
        unshown=UNSHOWN,
        readable=READERS,
        fates=fates,
        meant=meant,
        kinds=rules.kinds,
        accepted=rules.suffixes,
        largest=rules.largest_megabytes,
        most=MOST_FILES,
        may_add=may_add(desk.actor, clue),
        may_recognise=bool(desk.actor.roles & RECOGNISERS) and clue.state != "archived",
    )


def _names(desk: Desk, people: Iterable[str]) -> dict[str, str]:
    query = select(User.id, User.name).where(col(User.id).in_(sorted(set(people))))
    return dict(desk.session.exec(query).all())


def _text(desk: Desk, row: Attachment) -> str:
    """How a file of plain text begins; the page escapes it."""
    if row.suffix not in TEXTS or row.size > LARGEST_TEXT:
        return ""
    content = desk.office.shelf.get(row.sha256)
    for encoding in ("utf-8-sig", "gb18030"):
        with suppress(UnicodeDecodeError):
            return content.decode(encoding)[:LONGEST_TEXT]
    return ""
