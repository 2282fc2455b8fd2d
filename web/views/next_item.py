"""What waits next for who has just done a step."""

from domain.tables.process import Clue
from flows.lists.list_filters import MINE, Wanted
from flows.lists.worklist import read_page
from web.request.desk import Desk
from web.views.clue_rows import Row, rows_of

PERSONAL = {"handler"}
"""Chairs whose work is handed to one person: he sees his own and what nobody has yet."""


def waiting_for(desk: Desk, whose: str = MINE, after: str = "") -> Wanted:
    """What 我的待办 shows the person, from the place named."""
    is_personal = bool(desk.actor.roles & PERSONAL)
    return Wanted(view="waiting", whose=MINE if is_personal and whose == MINE else "", after=after)


def next_item(desk: Desk, clue: Clue) -> Row | None:
    """The first of what waits for the person in another clue, with its steps; None for nothing."""
    found = read_page(desk.session, desk.viewer, waiting_for(desk), size=2)
    others = [one for one in found.lines if one.clue.id != clue.id]
    return next(iter(rows_of(desk, others[:1])), None)
