"""The page of one issued document: read there, taken as the file it is, or seen as PDF."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from documents.output.as_html import as_html
from documents.output.pdf import NoPdf, PdfConverter, unavailable
from documents.values.codes import check_address, shown_code
from documents.values.qr_code import qr_png
from domain.lifecycle.plan import Reason, Refused
from domain.lookup.legal_basis import paper_doubts
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.door.locked_dossier import Root, kind_of
from flows.door.page_paths import path_of
from flows.door.reporter_reveal import paper_bytes
from flows.papers.clue_downloads import may_take_case_file
from flows.papers.document_list import find_readable, issued_for, lines_of_rows
from flows.papers.open_services import receipts_of
from flows.papers.page_counting import note_pdf, why_not_counted
from flows.papers.seals import ask_seal, seal_of, seal_standing
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, Desk
from web.request.downloads import FORMS, PDF, WORD, attachment, shown
from web.request.errors import error
from web.request.render import page

router = APIRouter()


@router.get("/documents/{document_id}/view")
def read(desk: AtDesk, document_id: int) -> Response:
    """What the document says, with what is known of it."""
    return _read(desk, document_id)


def _read(desk: Desk, document_id: int, refused: tuple[Reason, ...] = ()) -> Response:
    document, root = find_readable(desk.session, desk.viewer, document_id)
    [line] = lines_of_rows(desk.session, desk.viewer, [(document, root)])
    return page(
        desk.request,
        "papers/paper.html",
        422 if refused else 200,
        document=document,
        clue=root if isinstance(root, Clue) else None,
        root=root,
        root_label=desk.office.rules.lifecycles[kind_of(root)].label,
        root_path=path_of(root),
        line=line,
        text=as_html(_bytes(desk, document)),
        code=shown_code(document.code) if document.code else "",
        address=check_address(desk.office.settings.base_url, document.code),
        no_pdf=unavailable(),
        seal=seal_standing(desk.session, desk.office, document, desk.actor),
        refused=refused,
        basis_doubts=paper_doubts(desk.office.rules, document.facts),
        receipts=receipts_of(desk.session, document),
        issued_for=issued_for(desk.session, document),
        not_counted=why_not_counted(desk.session, document),
        whole=isinstance(root, Clue) and may_take_case_file(desk.session, desk.viewer, root),
    )


@router.get("/documents/{document_id}/file")
def take(desk: AtDesk, document_id: int) -> Response:
    """The document's bytes as they were issued."""
    document, root = find_readable(desk.session, desk.viewer, document_id)
    return attachment(_bytes(desk, document), _name(document, root, "docx"), WORD)


@router.get("/documents/{document_id}/sealed")
def take_sealed(desk: AtDesk, document_id: int) -> Response:
    """The file that bears the organ's e-seal, as the seal service gave it back."""
    document, root = find_readable(desk.session, desk.viewer, document_id)
    row = seal_of(desk.session, document)
    if row is None or row.sealed_at is None:
        raise NotForYou("这份文书没有加盖电子印章的文件")
    name = _name(document, root, row.form).replace(f".{row.form}", f" 已盖章.{row.form}")
    return attachment(desk.office.shelf.get(row.sha256), name, FORMS[row.form])


@router.post("/documents/{document_id}/seal")
def have_sealed(desk: AtDesk, document_id: int) -> Response:
    """The document is sealed soon; or every reason why not."""
    find_readable(desk.session, desk.viewer, document_id)
    try:
        ask_seal(desk.office, document_id, desk.actor, desk.now)
    except Refused as refused:
        return _read(desk, document_id, refused.reasons)
    return RedirectResponse(f"/documents/{document_id}/view", 303)


@router.get("/documents/{document_id}/pdf")
def take_pdf(desk: AtDesk, document_id: int, show: str = "") -> Response:
    """The document as PDF, where this machine can make one; else the page says why not.

    With `show` the browser shows it instead of saving it.
    """
    document, root = find_readable(desk.session, desk.viewer, document_id)
    try:
        made = PdfConverter().convert(_bytes(desk, document))
    except NoPdf as problem:
        return error(desk.request, 503, str(problem))
    note_pdf(desk.office, document.sha256, made)
    name = _name(document, root, "pdf")
    return shown(made, name, PDF) if show else attachment(made, name, PDF)


@router.get("/documents/{document_id}/qr")
def verify_sign(desk: AtDesk, document_id: int) -> Response:
    """The address under which anybody verifies the document, as a picture to scan."""
    document, _ = find_readable(desk.session, desk.viewer, document_id)
    address = check_address(desk.office.settings.base_url, document.code)
    return Response(qr_png(address), media_type="image/png")


def _bytes(desk: Desk, document: IssuedDocument) -> bytes:
    return paper_bytes(desk.office, document, desk.viewer.actor, desk.viewer.now)


def _name(document: IssuedDocument, root: Root, suffix: str) -> str:
    return f"{root.no} {document.title} {document.number or ''}".strip() + f".{suffix}"
