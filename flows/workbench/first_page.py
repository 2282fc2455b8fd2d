"""What a person's first page tells of the clues that wait for him, in one reading.

What waits is gathered once, and its limits are looked through once: which lines come first, and
how many are late, due today or new. `flows.lists.worklist` finds the same, one after another.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import waiting_for
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.lists.list_filters import MINE, OTHERS, Wanted, moments_of
from flows.lists.waiting_work import counted, reached_by
from flows.lists.worklist import COUNTED, Page, count_of, page_from, read_page
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, there_is, visible
from flows.rows.statements import Order, Statement, ask, numbers
from flows.site.office import Office
from flows.workbench.waiting_limits import FEW, FIGURES, FIRST, WaitingLimits, waiting_limits


@dataclass(frozen=True)
class FirstPage:
    """A page of what waits, and of all that waits how much stands at a light: to `COUNTED`.

    `others`: how many open clues of his own department wait for others.
    """

    page: Page
    figures: Mapping[str, int]
    others: int = 0


def first_page(session: Session, viewer: Viewer, wanted: Wanted, *, others: bool) -> FirstPage:
    """The page wanted of what waits, with its figures; `others`: with that number, too."""
    office, actor = viewer.office, viewer.actor
    lent = [one.id for one in actor.acts_for if "handler" in one.roles]
    names = [actor.id, *lent] if wanted.whose == MINE else []
    handlers = {f"handler{place}": one for place, one in enumerate(names)}
    limits = waiting_limits(office, actor)(len(names))
    orders: list[Order] = [(limits.gathered, handlers)]
    if others:
        orders.append((surely_for_others(office, actor), {}))
    [gathered], *more = ask(session.connection(), *orders)
    found = _Found(session, viewer, limits, gathered.number, {"ids": gathered.ids or ""})
    rows = found.rows(handlers)
    if wanted.light or wanted.after:
        page = read_page(session, viewer, wanted)
    else:
        page = found.page(wanted, rows)
    figures = {one.what: one.number for one in rows if one.what != FIRST}
    counted = {**dict.fromkeys(FIGURES, 0), **figures}
    return FirstPage(page, counted, _others(session, viewer, more[0][0][0]) if more else 0)


@dataclass(frozen=True)
class _Found:
    """What waits for a person: how much, to one more than `FEW`; and these, where they are few."""

    session: Session
    viewer: Viewer
    limits: WaitingLimits
    count: int
    few: Mapping[str, str]

    def rows(self, handlers: Mapping[str, str]) -> Sequence[Any]:
        """First places and figures."""
        at = vars(moments_of(self.viewer.now))
        if not self.count:
            return ()
        if self.count > FEW:
            order: Order = (self.limits.of_many, {**at, **handlers})
        else:
            order = (self.limits.of_few, {**at, **self.few})
        rows: Sequence[Any] = ask(self.session.connection(), order)[0]
        return rows

    def page(self, wanted: Wanted, rows: Sequence[Any]) -> Page:
        """The page with these first places, and after them what has no limit."""
        limited = sorted((one.due_at, one.id, one.number) for one in rows if one.what == FIRST)
        places = [(one[2], *one[:2]) for one in limited]
        if self.count > FEW:
            return page_from(self.session, self.viewer, wanted, places)
        return page_from(self.session, self.viewer, wanted, places, self._rest)

    def _rest(self) -> list[int]:
        if not self.count:
            return []
        [rows] = ask(self.session.connection(), (self.limits.rest, self.few))
        return [one.id for one in rows]


def how_many_in(session: Session, viewer: Viewer, state: str) -> int:
    """How many open clues stand in a state: to `COUNTED`."""
    [surely] = numbers(session.connection(), (surely_in(viewer.office, viewer.actor)(state), {}))
    return surely if surely >= COUNTED else count_of(session, viewer, Wanted(state=state))


def _others(session: Session, viewer: Viewer, at_least: int) -> int:
    """Counted in full only where not as many as are told were found the short way."""
    if at_least >= COUNTED:
        return at_least
    wanted = Wanted(waits=OTHERS, department=viewer.actor.department)
    return count_of(session, viewer, wanted)


# --- statements ----------------------------------------------------------------------------------


@once_a_chair
def surely_for_others(office: Office, actor: Actor) -> Statement:
    """Counts open clues of the department that surely wait for others: in none of his states."""
    lifecycle = office.rules.lifecycles["clue"]
    waits = waiting_for(office.rules.of_clues, actor.roles)
    own = {one.state for one in waits if one.kind == "clue"}
    states = [key for key, one in lifecycle.states.items() if not one.ended and key not in own]
    beside = [one for one in waits if one.kind != "clue"]
    waiting = there_is(
        Process, col(Process.clue_id) == col(Clue.id), reached_by(Process, beside, actor, office)
    )
    query = select(col(Clue.id)).where(
        col(Clue.state).in_(states),
        col(Clue.department_id) == actor.department,
        col(Clue.ended_at).is_(None),
        visible(office, actor),
        ~waiting,
    )
    return counted([query], COUNTED)


@once_a_chair
def surely_in(office: Office, actor: Actor) -> Callable[[str], Statement]:
    """Counts open clues in a state that surely are in a person's list: of his department, if any.

    Who has no department of his own to look at has all that he sees.
    """
    owner = anybody(office, actor).owner

    @cache
    def statement(state: str) -> Statement:
        query = select(col(Clue.id)).where(
            col(Clue.state) == state, col(Clue.ended_at).is_(None), visible(office, actor)
        )
        if owner is not None:
            query = query.where(col(Clue.department_id) == owner)
        return counted([query], COUNTED)

    return statement
