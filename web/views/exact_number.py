"""A number that somebody looks for leads straight to what bears it."""

from contextlib import suppress
from unicodedata import normalize

from flows.door.page_paths import path_of
from flows.door.visible_undertakings import seen_undertaking
from flows.people.visible_clues import NotForYou, seen_clue
from web.request.desk import Desk


def path_of_number(desk: Desk, text: str) -> str:
    """The page of the clue or undertaking of exactly this number; empty where there is none."""
    number = normalize("NFKC", text).strip().upper()
    for find in (seen_clue, seen_undertaking):
        with suppress(NotForYou):
            return path_of(find(desk.session, desk.office, desk.actor, number))
    return ""
