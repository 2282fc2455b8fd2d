"""公开: lists, plans and texts that departments published, for anybody, with their frozen files."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from domain.limits.limit import day_of
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.publications import PublicationKind
from domain.tables.undertaking import Undertaking
from flows.draws.public_seals import public_seals
from flows.publications.in_force import effect_told
from flows.publications.publishing import found_by_all, open_to_all, version_of
from flows.site.office import Office
from flows.visits.public_results import public_results
from web.drawing.lifecycle_drawing import draw
from web.request.desk import Home, Now, Reading
from web.request.downloads import attachment
from web.request.render import page

router = APIRouter(prefix="/public")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@router.get("")
def published(request: Request, office: Home, session: Reading, now: Now) -> Response:
    """Everything published, what holds first."""
    rows, today = open_to_all(session, office, day_of(now)), day_of(now)
    return page(
        request,
        "public/list.html",
        rows=rows,
        effects={row.no: effect_told(session, row, today) for row in rows},
        office_rules=office.rules,
    )


@router.get("/results")
def results(
    request: Request,
    office: Home,
    session: Reading,
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """The published results of inspections, the newest on top."""
    found, older = public_results(session, office, before)
    return page(request, "public/results.html", found=found, older=older)


@router.get("/draws")
def draws(request: Request, office: Home, session: Reading) -> Response:
    """The seals of draws, which were fixed before the witnesses gave their numbers."""
    return page(request, "public/draws.html", found=public_seals(session, office))


@router.get("/{number}")
def one(request: Request, office: Home, session: Reading, number: str, now: Now) -> Response:
    """One publication with its text, its hash, and what it changed of the one before."""
    row = found_by_all(session, office, number)
    if row is None:
        return page(request, "public/none.html", 404, number=number[:40])
    return page(
        request,
        "public/one.html",
        row=row,
        version=version_of(session, office, row),
        effect=effect_told(session, row, day_of(now)),
        kind=_kind(office, row),
        organ=office.rules.departments[row.department_id].name,
        charts=[(one, draw(one)) for one in _drawn(office, row)],
    )


@router.get("/{number}/file")
def file(request: Request, office: Home, session: Reading, number: str) -> Response:
    """The frozen file, byte for byte: its hash is the one that the page shows."""
    row = found_by_all(session, office, number)
    version = version_of(session, office, row) if row else None
    if row is None or version is None or version.file is None:
        return page(request, "public/none.html", 404, number=number[:40])
    content = office.shelf.get(version.file.sha256)
    return attachment(content, f"{row.title}.docx", WORD)


def _drawn(office: Office, row: Undertaking) -> list[Lifecycle]:
    """The processes that are drawn beside a publication, as the tables have them today."""
    return [office.rules.lifecycles[one] for one in _kind(office, row).charts]


def _kind(office: Office, row: Undertaking) -> PublicationKind:
    return office.rules.publications[str(row.facts["kind"])]
