"""Rows of a list or plan by file: the fate of every row first, then the form filled with them."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.responses import Response

from documents.output.table_files import as_xlsx
from domain.tables.undertaking import Undertaking
from flows.door.visible_undertakings import seen_undertaking
from flows.imports.uploads import NoSuchUpload, drop_upload, keep_upload, kept_upload
from flows.people.form_drafts import Draft, draft_of, keep_draft
from flows.people.user_keeping import NotKept
from flows.publications.row_import import (
    RowTrial,
    aside_sheet,
    kinds_with_rows,
    table_of,
    try_rows,
)
from web.request.desk import AtDesk, Desk, NotAllowed, Sent
from web.request.downloads import SHEET, attachment
from web.request.render import page

router = APIRouter(prefix="/publications/rows")
KIND, NEW = "publication", "/publications/new"
DRAFTERS = frozenset({"handler", "legal_reviewer"})
REVISED = {"called": "take_up", "drafted": "revise", "disputed": "revise"}
"""By state, the step that writes what a draft says."""
MOST_SHOWN = 500
TOO_LONG = "内容过长，一份草稿放不下，请分成几份拟稿"
Text = Annotated[str, Query(max_length=40)]


@router.get("")
def ask(desk: AtDesk, kind: Text = "", no: Text = "") -> Response:
    """The page on which kind and file are chosen; `no`: the draft that the rows are for."""
    return _ask(desk, kind, no)


@router.post("")
def try_upload(desk: AtDesk, sent: Sent) -> Response:
    """Every row's fate, with nothing changed."""
    kind, no, file = (str(sent.get("kind", "")), str(sent.get("no", "")), sent.get("file"))
    if not isinstance(file, UploadFile) or not file.filename:
        return _ask(desk, kind, no, "请选择要导入的文件（XLSX 或 CSV）")
    key = keep_upload(desk.office, desk.actor, file.filename, file.file.read())
    try:
        found = _tried(desk, kind, no, key)
    except (NoSuchUpload, NotKept) as problem:
        return _ask(desk, kind, no, str(problem))
    shown = sorted(found.fates, key=lambda one: (one.kind != "aside", one.line.row))
    return page(
        desk.request,
        "undertakings/publication_rows_trial.html",
        found=found,
        label=kinds_with_rows(desk.office)[found.kind],
        fates=shown[:MOST_SHOWN],
        name=file.filename,
        key=key,
        no=no,
    )


@router.post("/{key}")
def confirm(
    desk: AtDesk,
    key: str,
    kind: Annotated[str, Form(max_length=40)] = "",
    no: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """The rows without faults stand in the form, where the person reads them and sends them."""
    try:
        found = _tried(desk, kind, no, key)
    except (NoSuchUpload, NotKept) as problem:
        return _ask(desk, kind, no, str(problem))
    row = _draft_named(desk, no)
    address = _address(row)
    values = {**_begun(desk, desk.session, row), found.field: found.value}
    values = values if row else {**values, "kind": found.kind}
    label = f"修改 {row.no} {row.title}" if row else "拟稿"
    if not keep_draft(desk.office, desk.actor.id, Draft(address, label, values, desk.now)):
        return _ask(desk, kind, no, TOO_LONG)
    drop_upload(desk.office, desk.actor, key)
    return RedirectResponse(address, 303)


@router.get("/{key}/aside.xlsx")
def take_aside(desk: AtDesk, key: str, kind: Text = "", no: Text = "") -> Response:
    """The rows that were set aside, each with what is wrong and right, to be corrected."""
    try:
        found = _tried(desk, kind, no, key)
    except (NoSuchUpload, NotKept) as problem:
        return _ask(desk, kind, no, str(problem))
    sheet = aside_sheet(found)
    return attachment(as_xlsx(sheet, desk.now), f"{sheet.title}.xlsx", SHEET)


def _tried(desk: Desk, kind: str, no: str, key: str) -> RowTrial:
    row = _draft_named(desk, no)
    wanted = str(row.facts["kind"]) if row else kind
    if not table_of(desk.office, wanted):
        raise NotKept({"kind": "请选择种类；其他种类写正文，不用表格导入"})
    held = _begun(desk, desk.session, row)
    facts = {**(row.facts if row else {}), **held}
    with kept_upload(desk.office, desk.actor, key) as path:
        try:
            return try_rows(desk.office, wanted, path, facts, desk.now)
        except NotKept as problem:
            told = {name: text.replace(str(path), "") for name, text in problem.complaints.items()}
            raise NotKept(told) from problem


def _begun(desk: Desk, session: Session, row: Undertaking | None) -> Mapping[str, object]:
    """What the person's form holds so far: his draft of it, else what was drafted before."""
    draft = draft_of(session, desk.office, desk.actor.id, _address(row))
    if draft is not None:
        return draft.values
    if row is None:
        return {}
    fields = desk.office.rules.lifecycles[KIND].actions[REVISED[row.state]].form
    return {name: row.facts[name] for name in fields if row.facts.get(name)}


def _draft_named(desk: Desk, no: str) -> Undertaking | None:
    """The draft that rows are for; None for a new one, NotAllowed where it is not to be changed."""
    if not DRAFTERS & desk.actor.roles:
        raise NotAllowed("事项清单、计划由线索经办人、法制人员拟稿")
    if not no:
        return None
    row = seen_undertaking(desk.session, desk.office, desk.actor, no)
    own = row.department_id == desk.actor.department
    if row.kind != KIND or row.state not in REVISED or not own:
        raise NotAllowed("只有本部门待拟制、拟稿中、有不同意见的清单、计划可以导入")
    return row


def _address(row: Undertaking | None) -> str:
    return f"/undertakings/{row.no}/do/{KIND}/{REVISED[row.state]}" if row else NEW


def _ask(desk: Desk, kind: str, no: str, complaint: str = "") -> Response:
    row = _draft_named(desk, no)
    kinds = kinds_with_rows(desk.office)
    headings = {
        label: [names[0] for names in desk.office.rules.publication_rows[table].values()]
        for key, label in kinds.items()
        if (table := table_of(desk.office, key))
    }
    return page(
        desk.request,
        "undertakings/publication_rows.html",
        422 if complaint else 200,
        row=row,
        kind=kind,
        kinds=kinds,
        headings=headings,
        complaint=complaint,
    )
