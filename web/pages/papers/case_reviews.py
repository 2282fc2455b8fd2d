"""案卷评查: the files to review, and of one what is missing in it and where that is mended."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.penalties.case_review import KIND, RESULT, VERDICTS
from flows.papers.case_reviews import (
    OPEN,
    file_review,
    files_sheet,
    files_to_review,
    review_sheet,
)
from flows.people.visible_clues import NotForYou
from web.forms.list_bar import ListShape, bar_of, choose
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

READERS = frozenset({"legal_reviewer", "department_head", "principal", "supervisor", "auditor"})
MAY_READ_ONE = READERS | {"handler"}
router = APIRouter()
MENU = (Entry("案卷评查", "/case-reviews", "法制", frozenset({"legal_reviewer"}), order=64),)


def results_of(desk: Desk) -> dict[str, str]:
    """What a review may come to, and the files without one."""
    form = desk.office.rules.lifecycles[KIND].actions["review"].form
    return {OPEN: "未评查", **form[RESULT].options}


@router.get("/case-reviews", dependencies=[Depends(needs(*sorted(READERS)))])
def show(
    desk: AtDesk,
    result: Annotated[str, Query(max_length=20)] = "",
    after: Annotated[int, Query(ge=0, lt=2**31)] = 0,
) -> Response:
    """A page of the files of carried out or closed cases, the newest on top."""
    results = results_of(desk)
    wanted = result if result in results else ""
    lines, more = files_to_review(desk.session, desk.viewer, wanted, after)
    shape = ListShape(
        "/case-reviews", (choose("result", "评查结果", results),), "/case-reviews.xlsx"
    )
    bar = bar_of(desk, replace(shape, unit="件"), {"result": wanted}, None)
    return page(
        desk.request,
        "papers/case_reviews.html",
        lines=lines,
        results=results,
        bar=bar,
        first=bar.address if after else "",
        more=bar.turned("after", more),
        reviews="legal_reviewer" in desk.actor.roles,
        scope=scope(desk),
    )


@router.get("/case-reviews.xlsx", dependencies=[Depends(needs(*sorted(READERS)))])
def take_list(desk: AtDesk, result: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The same files as a table to take away."""
    results = results_of(desk)
    wanted = result if result in results else ""
    return excel_file(desk, files_sheet(desk.session, desk.viewer, results, wanted))


@router.get("/clues/{number}/case-review", dependencies=[Depends(needs(*sorted(MAY_READ_ONE)))])
def show_one(desk: AtDesk, number: str) -> Response:
    """The checklist of one file: what the record answers, what is missing, who mends it where."""
    try:
        found = file_review(desk.session, desk.viewer, number)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return page(
        desk.request,
        "papers/case_review.html",
        found=found,
        results=results_of(desk),
        verdicts=VERDICTS,
        reviews="legal_reviewer" in desk.actor.roles,
    )


@router.get(
    "/clues/{number}/case-review.xlsx", dependencies=[Depends(needs(*sorted(MAY_READ_ONE)))]
)
def take(desk: AtDesk, number: str) -> Response:
    """The same checklist as a file."""
    try:
        found = file_review(desk.session, desk.viewer, number)
    except LookupError as problem:
        raise NotForYou(str(problem)) from problem
    return excel_file(desk, review_sheet(found))
