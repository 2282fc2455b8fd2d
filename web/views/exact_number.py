"""A number that somebody looks for leads straight to what bears it."""

from contextlib import suppress
from unicodedata import normalize

from sqlmodel import col, select

from domain.tables.process import Clue
from flows.door.page_paths import path_of
from flows.door.visible_undertakings import seen_undertaking
from flows.papers.document_list import path_of_paper
from flows.people.visible_clues import NotForYou, seen_clue, visible
from flows.site.word_search import clues_with_words
from web.request.desk import Desk


def path_of_number(desk: Desk, text: str) -> str:
    """The page of what bears exactly this number; empty where nothing or more than one does.

    It is the number of a clue or undertaking, the one that another platform gave a clue, or that
    of a paper; full-width and half-width alike. No number is without a figure.
    """
    written = normalize("NFKC", text).strip()
    if not any(map(str.isdecimal, written)):
        return ""
    for find in (seen_clue, seen_undertaking):
        with suppress(NotForYou):
            return path_of(find(desk.session, desk.office, desk.actor, written.upper()))
    return _of_outside(desk, written) or path_of_paper(desk.session, desk.viewer, written)


def _of_outside(desk: Desk, number: str) -> str:
    query = select(Clue).where(
        clues_with_words(desk.session, number),
        col(Clue.outside_no) == number,
        visible(desk.office, desk.actor),
    )
    found = desk.session.exec(query.limit(2)).all()
    return path_of(found[0]) if len(found) == 1 else ""
