"""打印案卷: the volumes of a file, each as one file to print in the order of its catalogue."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from documents.output.pdf import unavailable
from domain.tables.process import Clue
from flows.people.visible_clues import NotForYou, seen_clue
from flows.printing.sheets import MOST_PRINTED, NotPrinted
from flows.printing.volumes import print_volume, volumes_for
from web.request.desk import AtDesk, Desk
from web.request.downloads import PDF, WORD, attachment
from web.request.render import page

router = APIRouter()
Form = Annotated[str, Query(max_length=4)]
Portion = Annotated[int, Query(ge=1, le=999)]


@router.get("/clues/{number}/volumes")
def show(desk: AtDesk, number: str) -> Response:
    """What lies in each volume, what is printed apart, and the files to print."""
    return _show(desk, seen_clue(desk.session, desk.office, desk.actor, number))


@router.get("/clues/{number}/volumes/{volume}")
def take(
    desk: AtDesk, number: str, volume: str, form: Form = "pdf", portion: Portion = 1
) -> Response:
    """A volume, or a portion of a long one, as one file; the page with every reason why not."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    found = {one.key: one for one in volumes_for(desk.session, desk.viewer, clue)}
    if volume not in found:
        raise NotForYou(f"线索{clue.no}没有这一卷")
    as_pdf, wanted = form == "pdf", found[volume]
    try:
        printed = print_volume(desk.session, desk.viewer, wanted, portion, as_pdf=as_pdf)
    except NotPrinted as problem:
        return _show(desk, clue, 422, str(problem))
    suffix, kind = ("pdf", PDF) if as_pdf else ("docx", WORD)
    part = f" 第{portion}部分" if wanted.portions(as_pdf=as_pdf) > 1 else ""
    return attachment(printed.content, f"{clue.no} {wanted.label}{part}.{suffix}", kind)


def _show(desk: Desk, clue: Clue, status: int = 200, complaint: str = "") -> Response:
    return page(
        desk.request,
        "clues/volumes.html",
        status,
        clue=clue,
        volumes=volumes_for(desk.session, desk.viewer, clue),
        complaint=complaint,
        no_pdf=unavailable(),
        most=MOST_PRINTED,
    )
