"""Templates: what is in force by kind, a new version examined, uploaded, and judged by another."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.responses import Response

from documents.output.as_html import as_html
from documents.templates.tidied import tidied
from domain.lifecycle.plan import Reason, Refused
from domain.tables.template import TemplateVersion
from flows.door.template_in_force import TemplateUnfit, lint
from flows.imports.uploads import NoSuchUpload, keep_upload
from flows.people.visible_clues import NotForYou
from flows.upkeep.template_keeping import Brought, approve, reject, retire
from flows.upkeep.template_list import (
    bytes_in_force,
    find_version,
    kinds_by_family,
    sample_document,
    template_differences,
    templates_sheet,
    waits_for,
)
from flows.upkeep.template_rights import (
    KEEPERS,
    places_of,
    whose,
)
from web.request.desk import AtDesk, Desk, Sent, needs
from web.request.downloads import WORD, attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file
from web.views.template_view import (
    Told,
    kept_template,
    known_kind,
    organ_meant,
    show_kind,
    show_version,
    shown_versions,
    title_of,
    upload_kept,
)

READERS = KEEPERS | {"auditor"}
router = APIRouter(dependencies=[Depends(needs(*sorted(READERS)))])
MENU = (Entry("文书模板", "/templates", "法制", KEEPERS, order=30),)
Kept = Annotated[str, Form(max_length=40)]
Note = Annotated[str, Form(max_length=2000)]
Organ = Annotated[str | None, Form(max_length=100)]
Chosen = Annotated[str | None, Query(alias="organ", max_length=100)]
"""The organ whose templates are looked at; empty for the base, left out for the person's own."""


@router.get("/templates")
def show(desk: AtDesk, chosen: Chosen = None) -> Response:
    """Every kind with what the organ prints it by, and what waits for this person."""
    organ, rules = organ_meant(desk, chosen), desk.office.rules
    return page(
        desk.request,
        "papers/templates.html",
        families=kinds_by_family(desk.session, desk.office, organ, desk.actor),
        waiting=waits_for(desk.office, shown_versions(desk), desk.actor),
        organ=organ,
        whose=whose(rules, organ),
        places=[(one, whose(rules, one)) for one in places_of(desk.actor)],
    )


@router.get("/templates.xlsx")
def take_list(desk: AtDesk, chosen: Chosen = None) -> Response:
    """The same list as a file."""
    organ = organ_meant(desk, chosen)
    found = kinds_by_family(desk.session, desk.office, organ, desk.actor)
    return excel_file(desk, templates_sheet(found))


@router.get("/templates/{kind}")
def one_kind(desk: AtDesk, kind: str, chosen: Chosen = None) -> Response:
    """A kind: its fields, the template in force, its sample, and all versions."""
    return show_kind(desk, kind, Told(organ_meant(desk, chosen)))


@router.get("/templates/{kind}/file")
def take(desk: AtDesk, kind: str, chosen: Chosen = None) -> Response:
    """The Word file in force."""
    known_kind(desk, kind)
    content = bytes_in_force(desk.session, desk.office, kind, organ_meant(desk, chosen))
    return attachment(content, f"{title_of(desk, kind)} 模板.docx", WORD)


@router.get("/templates/{kind}/sample")
def take_sample(desk: AtDesk, kind: str, chosen: Chosen = None) -> Response:
    """The template in force filled in with its sample."""
    known_kind(desk, kind)
    raw = bytes_in_force(desk.session, desk.office, kind, organ_meant(desk, chosen))
    content = sample_document(desk.office, kind, raw)
    return attachment(content, f"{title_of(desk, kind)} 样张.docx", WORD)


# --- a new version -------------------------------------------------------------------------------


@router.post("/templates/{kind}/check")
def examine(desk: AtDesk, kind: str, sent: Sent) -> Response:
    """Every reason why a file may not be used, with its place; else how it would look."""
    known_kind(desk, kind)
    note = str(sent.get("note", ""))
    organ = organ_meant(desk, str(sent["organ"]) if "organ" in sent else None)
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return show_kind(desk, kind, Told(organ, note=note, missing="请选择模板文件（.docx）"))
    sent_in = tidied(file.file.read())
    raw = sent_in.word
    found = lint(desk.office, kind, raw, file.filename)
    if found.complaints:
        told = Told(organ, note, file.filename, complaints=found.complaints)
        return show_kind(desk, kind, told)
    key = keep_upload(desk.office, desk.actor, file.filename, raw)
    current = bytes_in_force(desk.session, desk.office, kind, organ)
    return page(
        desk.request,
        "papers/template_checked.html",
        kind=kind,
        title=title_of(desk, kind),
        name=file.filename,
        key=key,
        organ=organ,
        whose=whose(desk.office.rules, organ),
        note=note,
        dropped=sent_in.dropped,
        changes=template_differences(current, raw),
        text=as_html(sample_document(desk.office, kind, raw)),
    )


@router.get("/templates/{kind}/tried/{key}")
def take_trial(desk: AtDesk, kind: str, key: str) -> Response:
    """The examined file filled in with the sample."""
    known_kind(desk, kind)
    try:
        content = sample_document(desk.office, kind, kept_template(desk, kind, key))
    except (NoSuchUpload, TemplateUnfit) as problem:
        raise NotForYou(str(problem)) from problem
    return attachment(content, f"{title_of(desk, kind)} 试填.docx", WORD)


@router.post("/templates/{kind}/versions")
def send_in(
    desk: AtDesk, kind: str, key: Kept = "", note: Note = "", organ: Organ = None
) -> Response:
    """The examined file waits for a second person; or every reason why not."""
    known_kind(desk, kind)
    meant = organ_meant(desk, None) if organ is None else organ
    told = Told(organ_meant(desk, organ), note)
    try:
        row = upload_kept(desk, Brought(kind, b"", meant, note), key)
    except NoSuchUpload as problem:
        return show_kind(desk, kind, replace(told, missing=str(problem)))
    except TemplateUnfit as unfit:
        return show_kind(desk, kind, replace(told, complaints=unfit.complaints))
    except Refused as refused:
        return show_kind(desk, kind, replace(told, refused=refused.reasons))
    return RedirectResponse(f"/templates/versions/{row.id}", 303)


# --- one version ---------------------------------------------------------------------------------


@router.get("/templates/versions/{version_id:int}")
def one_version(desk: AtDesk, version_id: int) -> Response:
    """A version: who brought it, what it changes, how it looks, and what may be done with it."""
    return show_version(desk, _found(desk, version_id))


@router.get("/templates/versions/{version_id:int}/file")
def take_version(desk: AtDesk, version_id: int) -> Response:
    """The version's Word file as it was uploaded."""
    row = _found(desk, version_id)
    name = f"{title_of(desk, row.kind)} 模板 第{row.id}号.docx"
    return attachment(desk.office.shelf.get(row.sha256), name, WORD)


@router.get("/templates/versions/{version_id:int}/sample")
def take_version_sample(desk: AtDesk, version_id: int) -> Response:
    """The version filled in with the sample of its kind."""
    row = _found(desk, version_id)
    content = sample_document(desk.office, row.kind, desk.office.shelf.get(row.sha256))
    return attachment(content, f"{title_of(desk, row.kind)} 试填 第{row.id}号.docx", WORD)


@router.post("/templates/versions/{version_id:int}/approve")
def put_in_force(desk: AtDesk, version_id: int) -> Response:
    """The version is in force from now on."""
    return _judge(
        desk, version_id, "", lambda: approve(desk.office, version_id, desk.actor, desk.now)
    )


@router.post("/templates/versions/{version_id:int}/reject")
def turn_down(desk: AtDesk, version_id: int, reason: Note = "") -> Response:
    """The version is not put in force, for a reason."""
    who = (desk.actor, desk.now)
    return _judge(desk, version_id, reason, lambda: reject(desk.office, version_id, reason, who))


@router.post("/templates/versions/{version_id:int}/retire")
def take_out(desk: AtDesk, version_id: int, reason: Note = "") -> Response:
    """The version is no longer used, for a reason."""
    who = (desk.actor, desk.now)
    return _judge(desk, version_id, reason, lambda: retire(desk.office, version_id, reason, who))


def _judge(
    desk: Desk, version_id: int, reason: str, act: Callable[[], TemplateVersion]
) -> Response:
    _found(desk, version_id)
    try:
        act()
    except Refused as refused:
        return show_version(desk, _found(desk, version_id), reason, refused.reasons)
    except TemplateUnfit as unfit:
        told = tuple(Reason(str(one), "", "") for one in unfit.complaints)
        return show_version(desk, _found(desk, version_id), reason, told)
    return RedirectResponse(f"/templates/versions/{version_id}", 303)


def _found(desk: Desk, version_id: int) -> TemplateVersion:
    try:
        return find_version(desk.session, version_id)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
