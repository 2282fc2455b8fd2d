"""A clue's papers as one ZIP: the whole case file, or the packet of its referral."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.responses import Response

from documents.output.bundle import Bundled, stream_bundle
from flows.papers.clue_downloads import case_file_for, packet_for
from flows.people.visible_clues import seen_clue
from web.request.desk import AtDesk
from web.request.downloads import ZIP, disposition

router = APIRouter()


@router.get("/clues/{number}/case-file")
def case_file(desk: AtDesk, number: str) -> Response:
    """Everything there is of the clue, with catalogue, record and check values."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    return _streamed(case_file_for(desk.session, desk.viewer, clue), f"{clue.no} 案卷.zip")


@router.get("/clues/{number}/packet")
def packet(desk: AtDesk, number: str) -> Response:
    """The papers of the clue's referral."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    return _streamed(packet_for(desk.session, desk.viewer, clue), f"{clue.no} 移送材料.zip")


def _streamed(files: Sequence[Bundled], name: str) -> Response:
    """The ZIP piece by piece: each file is read from the shelf when its turn comes."""
    return StreamingResponse(stream_bundle(files), media_type=ZIP, headers=disposition(name))
