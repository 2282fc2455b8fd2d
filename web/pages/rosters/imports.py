"""Files of rosters: the fate of every row is shown before anything is taken in."""

from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from starlette.datastructures import UploadFile
from starlette.responses import Response

from flows.imports.uploads import NoSuchUpload, drop_upload, keep_upload, kept_upload
from flows.people.user_keeping import Keeper, NotKept
from flows.rosters.class_import import import_classes, try_classes
from flows.rosters.people_import import import_people, try_people
from flows.rosters.roster_rows import GRADERS
from flows.rosters.subject_import import (
    RosterTrial,
    import_subjects,
    subject_columns,
    try_subjects,
)
from web.pages.rosters.subjects import KEEPERS
from web.request.desk import AtDesk, Desk, NotAllowed, Sent, needs
from web.request.render import page

router = APIRouter(prefix="/rosters/import", dependencies=[Depends(needs(*KEEPERS))])
ROSTERS = {
    "subjects": "监管对象名录",
    "officers": "执法检查人员名录",
    "experts": "专家名录",
    "classes": "信用风险等级",
}
Which = Literal["subjects", "officers", "experts", "classes"]
MOST_SHOWN = 500


@router.get("")
def ask(desk: AtDesk, roster: Which = "subjects") -> Response:
    """The page on which a file is chosen."""
    return _ask(desk, roster)


@router.post("")
def try_upload(desk: AtDesk, sent: Sent) -> Response:
    """Every row's fate, with nothing changed."""
    named, file = str(sent.get("roster", "")), sent.get("file")
    roster = _which(desk, named)
    if not isinstance(file, UploadFile) or not file.filename:
        return _ask(desk, roster, "请选择要导入的文件（XLSX 或 CSV）")
    key = keep_upload(desk.office, desk.actor, file.filename, file.file.read())
    with kept_upload(desk.office, desk.actor, key) as path:
        try:
            found = _tried(desk, roster, path)
        except NotKept as problem:
            return _ask(desk, roster, str(problem).replace(str(path), file.filename))
    return _shown(desk, roster, found, name=file.filename, key=key)


@router.post("/{roster}/{key}")
def confirm(
    desk: AtDesk, roster: Which, key: str, name: Annotated[str, Form(max_length=255)]
) -> Response:
    """The file is taken in; what became of each row."""
    keeper = Keeper(desk.office, desk.actor, desk.now)
    roster = _which(desk, roster)
    try:
        with kept_upload(desk.office, desk.actor, key) as path:
            if roster == "subjects":
                found = import_subjects(keeper, path, name)
            elif roster == "classes":
                found = import_classes(keeper, path, name)
            else:
                found = import_people(keeper, path, name, roster)
    except (NoSuchUpload, NotKept) as problem:
        return _ask(desk, roster, str(problem))
    drop_upload(desk.office, desk.actor, key)
    return _shown(desk, roster, found, name=name, key="")


def _which(desk: Desk, named: str) -> Which:
    """The roster that is meant, of those that the person keeps."""
    known: dict[str, Which] = {"officers": "officers", "experts": "experts"}
    if named == "classes":
        if not desk.actor.roles & GRADERS:
            raise NotAllowed("信用风险等级由督办员导入")
        return "classes"
    return known.get(named, "subjects")


def _tried(desk: Desk, roster: Which, path: Path) -> RosterTrial:
    keeper = Keeper(desk.office, desk.actor, desk.now)
    if roster == "subjects":
        return try_subjects(keeper, path)
    if roster == "classes":
        return try_classes(keeper, path)
    return try_people(keeper, path, roster)


def _shown(desk: Desk, roster: Which, found: RosterTrial, *, name: str, key: str) -> Response:
    """What people have to look at stands on top: rows set aside, then questions."""
    fates = sorted(found.fates, key=lambda one: (one.kind != "aside", not one.questions, one.row))
    return page(
        desk.request,
        "rosters/import_trial.html",
        roster=roster,
        label=ROSTERS[roster],
        found=found,
        counts=found.counts,
        fates=fates[:MOST_SHOWN],
        name=name,
        key=key,
    )


def _ask(desk: Desk, roster: Which, complaint: str = "") -> Response:
    columns = desk.office.rules.rosters.columns
    grades = bool(desk.actor.roles & GRADERS)
    offered = {key: one for key, one in ROSTERS.items() if key != "classes" or grades}
    headings = {key: [names[0] for names in getattr(columns, key).values()] for key in offered}
    mine = subject_columns(desk.actor.roles, columns.subjects)
    headings["subjects"] = [columns.subjects[key][0] for key in mine]
    return page(
        desk.request,
        "rosters/import.html",
        422 if complaint else 200,
        roster=roster,
        rosters=offered,
        headings=headings,
        complaint=complaint,
    )
