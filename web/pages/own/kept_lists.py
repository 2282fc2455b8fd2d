"""Lists kept under a name, each of its own page, for the person alone."""

import re
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from starlette.responses import Response

from domain.tables.session import SavedFilter
from flows.site.store import transaction
from web.request.desk import AtDesk, Desk

router = APIRouter()
MOST_SAVED = 20
"""So many of one list."""
OWN_PAGE = re.compile(r"(/[a-z_-]{1,30}){1,3}")
USUAL = "/clues"


@router.post("/filters")
def keep(
    desk: AtDesk,
    name: Annotated[str, Form(min_length=1, max_length=20)],
    query: Annotated[str, Form(max_length=500)] = "",
    path: Annotated[str, Form(max_length=100)] = USUAL,
) -> Response:
    """A list kept under a name; an old one of that name and list gives way."""
    page = path if OWN_PAGE.fullmatch(path) else USUAL
    with transaction(desk.office.engine) as session:
        mine = select(SavedFilter).where(_mine(desk), col(SavedFilter.path) == page)
        rows = list(session.exec(mine))
        same = next((one for one in rows if one.name == name.strip()), None)
        kept = same or SavedFilter(user_id=desk.actor.id, path=page, name=name.strip(), query="")
        kept.query = query
        if same or len(rows) < MOST_SAVED:
            session.add(kept)
    return RedirectResponse(f"{page}?{query}", 303)


@router.post("/filters/{filter_id}/delete")
def drop(desk: AtDesk, filter_id: int) -> Response:
    """One's own is gone, and its list is shown."""
    page = USUAL
    with transaction(desk.office.engine) as session:
        query = select(SavedFilter).where(_mine(desk), col(SavedFilter.id) == filter_id)
        for one in session.exec(query):
            page = one.path
            session.delete(one)
    return RedirectResponse(page, 303)


def _mine(desk: Desk) -> ColumnElement[bool]:
    return col(SavedFilter.user_id) == desk.actor.id
