"""Clues registered before words of reporters were withheld: masked now, the original sealed.

Clue by clue, each by a step of its own on record; broken off, it goes on where it was.
"""

from collections.abc import Callable
from datetime import datetime

from sqlmodel import Session, col, select

from domain.files.reporter_words import without_reporter_in
from domain.lifecycle.plan import Refused
from domain.tables.process import Clue
from domain.tables.site import SiteCheck
from flows.door.registration import WITHHOLDS_STORED, known_reporter
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import reading, transaction

NAME = "words"
AT_ONCE = 100


def withhold_earlier(
    office: Office, now: datetime, goes_on: Callable[[], bool], *, anew: bool = False
) -> str:
    """Masks what is stored of reporters' words, a portion at a time; what was done, in words.

    Once every clue was looked at there is nothing left to do: newer ones are masked as they come.
    `anew`: looks at all of them again.
    """
    with reading(office.engine) as session:
        row = session.get(SiteCheck, NAME) or SiteCheck(name=NAME)
    if row.ended_at is not None and not anew:
        return ""
    place, masked = (0 if anew else row.position), 0
    while goes_on():
        found, last = _portion(office, place)
        masked += sum(_withhold(office, one, now) for one in found)
        if last == place:
            _note(office, place, now)
            return f"较早登记的举报人信息隐去完毕，本次隐去{masked}条"
        place = last
        _note(office, place, None)
    return f"较早登记的举报人信息隐去到内部编号{place}，本次隐去{masked}条"


def _portion(office: Office, after: int) -> tuple[list[int], int]:
    """The next clues that tell of their reporter still, and the last one looked at."""
    with reading(office.engine) as session:
        query = select(Clue).where(col(Clue.id) > after).order_by(col(Clue.id)).limit(AT_ONCE)
        rows = list(session.exec(query))
        found = [one.id or 0 for one in rows if _tells(office, one)]
        return found, (rows[-1].id or after) if rows else after


def _tells(office: Office, clue: Clue) -> bool:
    if clue.reporter_sealed is None:
        return False
    told = {"title": clue.title, "content": clue.content, **clue.facts}
    return without_reporter_in(told, known_reporter(clue, office.keys)) != told


def _withhold(office: Office, clue: int, now: datetime) -> bool:
    """Whether the clue could be masked: a state that no action leaves is let be."""
    command = Command(WITHHOLDS_STORED, clue=clue)
    try:
        with transaction(office.engine) as session:
            _perform(session, office, command, now)
    except Refused:
        return False
    return True


def _perform(session: Session, office: Office, command: Command, now: datetime) -> None:
    perform_in(session, office, command, system_actor(office.settings.desk), now)


def _note(office: Office, place: int, ended_at: datetime | None) -> None:
    with transaction(office.engine) as session:
        row = session.get(SiteCheck, NAME) or SiteCheck(name=NAME)
        row.position, row.ended_at = place, ended_at
        session.add(row)
