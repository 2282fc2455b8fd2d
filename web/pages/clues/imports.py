"""Import by upload: every row's fate is shown before anything is registered."""

from itertools import islice
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.responses import Response

from domain.situation.situation import Actor
from flows.imports.background_import import (
    ENDED,
    past_imports,
    progress_of,
    recent_imports,
    rejections_of,
    start_import,
)
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import UNREAD, UnknownHeader, Unusable
from flows.imports.order_import import open_for
from flows.imports.own_mappings import keep_mapping, propose_for
from flows.imports.trial_import import Trial, try_file
from flows.imports.uploads import NoSuchUpload, keep_upload, kept_upload
from flows.people.visible_clues import NotForYou
from web.request.desk import AtDesk, Desk, Sent, needs
from web.request.downloads import SHEET, attachment
from web.request.menu import Entry
from web.request.render import page
from web.views.column_choice import Upload, ask_columns, chosen_columns

INTAKE = "intake_clerk"
router = APIRouter()
MENU = (Entry("导入工单", "/clues/import", roles=frozenset({INTAKE}), order=31),)
Clerks = Annotated[Actor, Depends(needs(INTAKE))]
MOST_TRIED = 500
LONGEST_NAME = 255


@router.get("/clues/import")
def ask(desk: AtDesk, clerk: Clerks) -> Response:
    """The page on which a file is chosen."""
    return _ask(desk)


@router.post("/clues/import")
def try_upload(desk: AtDesk, clerk: Clerks, sent: Sent) -> Response:
    """Every row's fate, with nothing changed."""
    file = sent.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return _ask(desk, "请选择要导入的文件（XLSX、CSV 或 JSON）")
    channel = str(sent.get("channel", ""))
    key = keep_upload(desk.office, desk.actor, file.filename, file.file.read())
    with kept_upload(desk.office, desk.actor, key) as path:
        return _trial(desk, Upload(key, file.filename, channel, path))


@router.get("/clues/import/{key}/columns")
def ask_again(
    desk: AtDesk,
    clerk: Clerks,
    key: str,
    name: Annotated[str, Query(max_length=LONGEST_NAME)] = "",
    channel: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """What the columns are, asked although a mapping knows most of them: some were not read."""
    try:
        with kept_upload(desk.office, desk.actor, key) as path:
            return ask_columns(desk, Upload(key, name, channel, path), known=True)
    except (NoSuchUpload, Unusable) as problem:
        return _ask(desk, str(problem))


@router.post("/clues/import/{key}/columns")
def settle_columns(desk: AtDesk, clerk: Clerks, key: str, sent: Sent) -> Response:
    """What a person says of the columns is kept under a name; then every row's fate is shown."""
    chosen = chosen_columns({name: sent.get(name) for name in sent})
    name, channel = str(sent.get("name", ""))[:LONGEST_NAME], str(sent.get("channel", ""))
    try:
        with kept_upload(desk.office, desk.actor, key) as path:
            columns = propose_for(_clerk(desk), path).columns
            upload = Upload(key, name, channel, path)
            try:
                keep_mapping(_clerk(desk), str(sent.get("mapping", "")), chosen, columns)
            except Unusable as problem:
                return ask_columns(desk, upload, str(problem), chosen)
            return _trial(desk, upload)
    except (NoSuchUpload, Unusable) as problem:
        return _ask(desk, str(problem))


def _trial(desk: Desk, upload: Upload) -> Response:
    """Every row's fate; where no mapping knows the columns, the question what they are."""
    try:
        opened = open_for(_clerk(desk), upload.path, upload.channel or None)
        trials = list(islice(try_file(_clerk(desk), opened), MOST_TRIED))
    except UnknownHeader:
        return ask_columns(desk, upload)
    except Unusable as problem:
        return _ask(desk, str(problem).replace(str(upload.path), upload.name))
    total = max(opened.table.total, len(trials))
    return page(
        desk.request,
        "clues/import_trial.html",
        key=upload.key,
        name=upload.name,
        channel=upload.channel,
        mapping=opened.mapping.label,
        trials=trials,
        groups=_groups(trials),
        total=total,
        counts=_counts(trials),
        remarks=opened.table.remarks,
        may_map=any(one.startswith(UNREAD) for one in opened.table.remarks),
    )


@router.post("/clues/import/{key}")
def confirm(
    desk: AtDesk,
    clerk: Clerks,
    key: str,
    name: Annotated[str, Form(max_length=255)],
    channel: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """The import begins; a small one is done at once."""
    try:
        start_import(_clerk(desk), key, name, channel or None)
    except NoSuchUpload as problem:
        return _ask(desk, str(problem))
    return RedirectResponse(f"/clues/import/{key}", 303)


@router.get("/clues/import/{key}")
def watch(desk: AtDesk, clerk: Clerks, key: str) -> Response:
    """How far the import is, and what became of the file."""
    try:
        found = progress_of(_clerk(desk), key)
    except LookupError as problem:
        return _ask(desk, str(problem))
    return page(desk.request, "clues/import_progress.html", key=key, found=found)


@router.get("/clues/import/{key}/rejected")
def rejected(desk: AtDesk, clerk: Clerks, key: str) -> Response:
    """The rows that were not imported, with reasons, ready to be corrected and sent in again."""
    try:
        suffix, content = rejections_of(_clerk(desk), key)
        name = progress_of(_clerk(desk), key).name
    except (LookupError, FileNotFoundError) as problem:
        raise NotForYou("未通过的行已经清理，请重新导入该文件") from problem
    shown = f"{Path(name).stem} 未通过的行{suffix}"
    return attachment(content, shown, SHEET if suffix == ".xlsx" else "text/csv")


GROUPS = {
    "rejected": "将退回",
    "suspected": "疑似重复",
    "warned": "待核对",
    "there": "已登记过",
    "registered": "会登记，没有疑问",
}
"""The rows of a trial by what has to be looked at, the most urgent first."""


def fate_of(one: Trial) -> str:
    """What would become of a row."""
    if one.errors:
        return "rejected"
    return "there" if one.already_there else "registered"


def _groups(trials: list[Trial]) -> list[tuple[str, str, list[tuple[Trial, str]]]]:
    """The rows by what has to be looked at, each once: key, label, rows with their fate."""
    found: dict[str, list[tuple[Trial, str]]] = {key: [] for key in GROUPS}
    for one in trials:
        fate = fate_of(one)
        asks = "suspected" if one.suspicions else "warned" if one.warnings else "registered"
        found[asks if fate == "registered" else fate].append((one, fate))
    return [(key, GROUPS[key], rows) for key, rows in found.items() if rows]


def _clerk(desk: Desk) -> Clerk:
    return Clerk(desk.office, desk.actor, desk.now)


def _counts(trials: list[Trial]) -> dict[str, int]:
    found = {"registered": 0, "there": 0, "rejected": 0, "suspected": 0, "warned": 0}
    for one in trials:
        found[fate_of(one)] += 1
        found["suspected"] += bool(one.suspicions)
        found["warned"] += bool(one.warnings)
    return found


def _ask(desk: Desk, complaint: str = "") -> Response:
    channels = desk.office.rules.lifecycles["clue"].actions["register"].form["channel"].options
    told = {
        "complaint": complaint,
        "channels": channels,
        "recent": recent_imports(_clerk(desk)),
        "past": [
            (row.title.removeprefix(ENDED), row, who)
            for row, who in past_imports(desk.session, _clerk(desk))
        ],
    }
    return page(desk.request, "clues/import.html", 422 if complaint else 200, **told)
