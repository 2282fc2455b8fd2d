"""One search over what somebody may see: clues, their content, parties, undertakings, people."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, func
from sqlalchemy import select as columns
from sqlmodel import Session, col

from domain.routing.word_index import plain
from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.undertaking import Undertaking
from flows.door.page_paths import page_path
from flows.door.visible_undertakings import visible_undertakings
from flows.lists.list_filters import Wanted, along
from flows.lists.work_lines import WorkLine
from flows.lists.worklist import read_counted
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.statements import Statement, ask, numbers
from flows.site.office import Office
from flows.site.word_search import (
    LONGEST,
    Bearing,
    bearing,
    columns_say,
    newest_bearers,
    pattern_of,
    told_text,
)

SHOWN, MOST, LAST = 8, 300, 1000
LOOKED = 5000
"""Of words that more clues bear, the parties of so many of the newest: a street is borne by every
fifth clue and by hardly any party.
"""


@dataclass(frozen=True)
class CluesFound:
    """Clues that fit in one place: the first of them, how many, and what the whole list asks."""

    heading: str
    lines: tuple[WorkLine, ...]
    total: int
    wanted: Wanted


@dataclass(frozen=True)
class PartyFound:
    """A party whose name fits, and of how many clues that the viewer may see it is the party."""

    name: str
    clues: int


@dataclass(frozen=True)
class UndertakingFound:
    """Something undertaken without a clue, as its table's columns say it, with its kind's name."""

    row: Any
    kind: str
    path: str


@dataclass(frozen=True)
class Findings:
    """All that fits, by kind; empty where nothing of the kind does.

    `counts_last`: of so many of the last clues alone the parties were counted; `looks_at_last`: of
    so many of the last that bear the words anywhere; 0 for all.
    """

    clues: tuple[CluesFound, ...]
    parties: tuple[PartyFound, ...]
    undertakings: tuple[UndertakingFound, ...]
    people: tuple[Any, ...]
    counts_last: int = 0
    looks_at_last: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all fits."""
        return not (self.clues or self.parties or self.undertakings or self.people)


def find(session: Session, viewer: Viewer, text: str, *, inside: bool) -> Findings:
    """What fits the words among what the viewer may see; `inside`: in the content of clues too.

    Words are compared half-width, in lower case and without white space. Where no clue, party,
    undertaking or person fits, the content of clues is looked through all the same.
    """
    if not plain(text):
        return Findings((), (), (), ())
    parties, counts_last, looks_at_last = _parties(session, viewer, text)
    undertakings, people = _others(session, viewer, text)
    found = Findings(
        clues=_clues(session, viewer, Wanted(text=text)),
        parties=parties,
        counts_last=counts_last,
        looks_at_last=looks_at_last,
        undertakings=undertakings,
        people=people,
    )
    if inside or found.is_empty:
        within = _clues(session, viewer, Wanted(text=text, inside="yes"))
        found = replace(found, clues=(*found.clues, *within))
    return found


def _clues(session: Session, viewer: Viewer, wanted: Wanted) -> tuple[CluesFound, ...]:
    """Open ones and ended ones, each with a heading."""
    places = {"open": "在办线索", "ended": "已结束的线索"}
    found = [
        _clues_in(session, viewer, f"内容中有：{one}" if wanted.inside else one, each)
        for view, one in places.items()
        for each in [replace(wanted, view=view)]
    ]
    return tuple(one for one in found if one.total)


def _clues_in(session: Session, viewer: Viewer, heading: str, wanted: Wanted) -> CluesFound:
    page, total = read_counted(session, viewer, wanted, MOST, SHOWN)
    return CluesFound(heading, page.lines, total, wanted)


def _parties(
    session: Session, viewer: Viewer, text: str
) -> tuple[tuple[PartyFound, ...], int, int]:
    """Parties by name, those of most clues first; one spelt in several ways comes once.

    Of words that very many bear, those of the last clues: of how many, and among how many of those
    that bear the words anywhere; 0 for all.
    """
    how, values = bearing(session, text)
    patterns = _patterns(text)
    asked = _parties_so(viewer.office, viewer.actor)(how, len(patterns), (LOOKED, LAST))
    [rows] = ask(session.connection(), (asked, {**values, **patterns}))
    parties = tuple(PartyFound(one.name, one.clues) for one in rows)
    if rows and rows[0].total >= LAST:
        return parties, LAST, 0
    if how.knows_few:
        return parties, 0, 0
    [looked_at] = numbers(session.connection(), (_bearers_counted(how, LOOKED), values))
    return parties, 0, LOOKED if looked_at >= LOOKED else 0


@once_a_chair
def _parties_so(
    office: Office, actor: Actor
) -> Callable[[Bearing, int, tuple[int, int]], Statement]:
    """The parties of so many words, whose clues are asked for in a way: of so many of the newest
    that bear them, and of so many that fit.
    """

    @cache
    def found(how: Bearing, count: int, most: tuple[int, int]) -> Statement:
        looked, last = most
        borne = newest_bearers(how, looked).subquery()
        named = [columns_say([col(Clue.subject_name)], one) for one in _told_words(count)]
        newest = (
            columns(col(Clue.subject_name), col(Clue.subject_key))
            .join(borne, borne.c[0] == col(Clue.id))
            .where(*named, col(Clue.subject_key).is_not(None), along([visible(office, actor)]))
            .order_by(borne.c[0].desc())
            .limit(last)
            .subquery()
        )
        name, clues = func.max(newest.c.subject_name), func.count()
        query = (
            columns(name.label("name"), clues.label("clues"), func.sum(clues).over().label("total"))
            .group_by(newest.c.subject_key)
            .order_by(clues.desc(), name)
            .limit(SHOWN)
        )
        return Statement(query)

    return found


@cache
def _bearers_counted(how: Bearing, most: int) -> Statement:
    return Statement(columns(func.count()).select_from(newest_bearers(how, most).subquery()))


def _patterns(text: str) -> dict[str, str]:
    """The values of the words of a text."""
    words = [one for one in map(plain, text[:LONGEST].split()) if one]
    return {f"word_{place}": pattern_of(one) for place, one in enumerate(words)}


def _told_words(count: int) -> list[ColumnElement[str]]:
    return [told_text(f"word_{place}") for place in range(count)]


def _others(
    session: Session, viewer: Viewer, text: str
) -> tuple[tuple[UndertakingFound, ...], tuple[Any, ...]]:
    """Undertakings that are seen, and colleagues of every department by name: who they are and
    where, nothing else.
    """
    values = _patterns(text)
    asked = _named_so(viewer.office, viewer.actor)(len(values))
    undertakings, people = ask(session.connection(), *((one, values) for one in asked))
    kinds = viewer.office.rules.lifecycles
    found = (
        UndertakingFound(one, kinds[one.kind].label, page_path(one.kind, one.no))
        for one in undertakings
    )
    return tuple(found), tuple(people)


@once_a_chair
def _named_so(office: Office, actor: Actor) -> Callable[[int], tuple[Statement, Statement]]:
    """Undertakings and people that bear so many words."""

    @cache
    def found(count: int) -> tuple[Statement, Statement]:
        words = _told_words(count)
        named = [columns_say([col(Undertaking.no), col(Undertaking.title)], one) for one in words]
        undertakings = (
            columns(col(Undertaking.kind), col(Undertaking.no), col(Undertaking.title))
            .where(*named, visible_undertakings(office, actor))
            .order_by(col(Undertaking.id).desc())
        )
        people = (
            columns(col(User.name), col(User.department_id), col(User.roles))
            .where(*(columns_say([col(User.name)], one) for one in words), col(User.active))
            .order_by(col(User.name))
        )
        return Statement(undertakings.limit(SHOWN)), Statement(people.limit(SHOWN))

    return found
