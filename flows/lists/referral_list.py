"""The referrals that somebody is a party to: the organ that sends, police and procuratorate."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, literal_column, or_, true
from sqlalchemy import select as sql_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.lifecycle.awaited_chairs import waiting_for
from domain.lifecycle.plan import NEW
from domain.lifecycle.visibility import NOT_DELIVERED
from domain.rulebook.usual_steps import usual_steps
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from flows.door.page_paths import form_path
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.next_actor import chairs_in_words
from flows.lists.waiting_work import waits_here
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, sight, visible
from flows.site.word_search import clues_with_words, number_has

PAGE = 30
OUTSIDE = frozenset({"police_liaison", "procuratorate_liaison"})
"""The chairs of those whom cases are referred or copied to."""


@dataclass(frozen=True)
class ReferralLine:
    """One referral of a list. `steps`: label and form of each step that waits for the viewer."""

    referral: Process
    clue: Clue
    organ: str
    police: str
    offences: str
    state: str
    awaits: str
    number: str
    clock: ClockLine | None
    steps: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class ReferralPage:
    """A page of referrals, what is due first on top."""

    lines: tuple[ReferralLine, ...]
    more: bool


@dataclass(frozen=True)
class WantedReferrals:
    """Which referrals: open or ended ones; empty fields narrow nothing.

    `waiting`: only those in which a step of the viewer's own is awaited. `text` is looked for in
    the clue and in the letter's number. `organ`: the department that refers. `number`: the page.
    """

    ended: bool = False
    waiting: bool = False
    text: str = ""
    state: str = ""
    organ: str = ""
    number: int = 1


def referrals(session: Session, viewer: Viewer, wanted: WantedReferrals) -> ReferralPage:
    """The referrals that the viewer is a party to, open ones by what is due first."""
    rows = _page(session, viewer, wanted)
    beside = Beside(session, [one for one, _ in rows[:PAGE]])
    ids = [one.id for one, _ in rows[:PAGE]]
    waiting = _awaiting(viewer).where(col(Process.id).in_(ids))
    his = set(session.execute(waiting).scalars())
    lines = tuple(
        replace(
            referral_line(viewer, one, clue, beside),
            steps=_steps(viewer, one, clue) if one.id in his else (),
        )
        for one, clue in rows[:PAGE]
    )
    return ReferralPage(lines, len(rows) > PAGE)


def _page(session: Session, viewer: Viewer, wanted: WantedReferrals) -> list[tuple[Process, Clue]]:
    """The referrals of a page and one more: put in order by their limits alone, and then read."""
    found = aliased(Process)  # the condition on what is visible asks `Process` itself
    due = (
        select(func.min(col(Clock.due_at)))
        .where(
            col(Clock.process_kind) == "referral",
            col(Clock.process_id) == col(found.id),
            col(Clock.ended_at).is_(None),
        )
        .scalar_subquery()
    )
    place = col(found.ended_at) if wanted.ended else due
    found_ones = _of(session, viewer, found, wanted, place.label("place"))

    def in_order(place: ColumnElement[Any], key: Any) -> list[ColumnElement[Any]]:
        return [place.desc(), key.desc()] if wanted.ended else [place.nulls_last(), key]

    # In order before anybody asks which of them may be seen: then only so many are asked of.
    inner = in_order(literal_column("place"), col(found.id))
    ordered = found_ones.order_by(*inner).offset(0).subquery()
    order = in_order(ordered.c.place, ordered.c.id)
    ids = (
        sql_select(ordered.c.id)
        .join(Clue, col(Clue.id) == ordered.c.clue_id)
        .where(visible(viewer.office, viewer.actor))
        .order_by(*order)
        .offset((wanted.number - 1) * PAGE)
        .limit(PAGE + 1)
    )
    keys = [int(one) for one in session.execute(ids).scalars()]
    query = select(Process, Clue).join(Clue, col(Clue.id) == col(Process.clue_id))
    rows = {
        one.id: (one, clue) for one, clue in session.exec(query.where(col(Process.id).in_(keys)))
    }
    return [rows[one] for one in keys]


def _steps(viewer: Viewer, one: Process, clue: Clue) -> tuple[tuple[str, str], ...]:
    lifecycle = viewer.office.rules.lifecycles["referral"]
    return tuple(
        (lifecycle.actions[name].label, form_path(clue, lifecycle, name, one.id or NEW))
        for name in usual_steps("referral", one.state)
        if viewer.actor.roles & set(lifecycle.actions[name].by)
    )


def how_many(session: Session, viewer: Viewer, wanted: WantedReferrals, most: int) -> int:
    """How many referrals are wanted, on all pages together; counted no further than `most`."""
    found = aliased(Process)
    near = _of(session, viewer, found, wanted, col(found.id).label("place")).subquery()
    seen = (
        sql_select(near.c.id)
        .join(Clue, col(Clue.id) == near.c.clue_id)
        .where(visible(viewer.office, viewer.actor))
        .limit(most)
        .subquery()
    )
    found_ones: int = session.execute(sql_select(func.count()).select_from(seen)).scalar_one()
    return found_ones


def _of(
    session: Session,
    viewer: Viewer,
    found: type[Process],
    wanted: WantedReferrals,
    place: ColumnElement[Any],
) -> Select[Any]:
    """What is wanted of the viewer's referrals, each with its place in the list."""
    query = sql_select(col(found.id), col(found.clue_id), place)
    if wanted.text.strip():
        query = query.join(Clue, col(Clue.id) == col(found.clue_id))
    return query.where(*_wanted(session, viewer, found, wanted))


def _wanted(
    session: Session, viewer: Viewer, found: type[Process], wanted: WantedReferrals
) -> Iterator[ColumnElement[bool]]:
    yield col(found.kind) == "referral"
    yield _is_party(viewer, found)
    ended = col(found.ended_at)
    yield ended.is_not(None) if wanted.ended else ended.is_(None)
    if wanted.waiting:
        yield col(found.id).in_(_awaiting(viewer))
    if wanted.state:
        yield col(found.state) == wanted.state
    if wanted.organ:
        yield col(found.department_id) == wanted.organ
    if wanted.text.strip():
        letter = exists().where(
            col(IssuedDocument.process_kind) == "referral",
            col(IssuedDocument.process_id) == col(found.id),
            col(IssuedDocument.kind) == "crime_transfer",
            number_has(col(IssuedDocument.number), wanted.text),
        )
        yield or_(clues_with_words(session, wanted.text), letter)


def _awaiting(viewer: Viewer) -> Select[tuple[int | None]]:
    """The referrals that wait for a chair of the viewer's."""
    waits = waiting_for(viewer.office.rules.of_clues, viewer.actor.roles)
    own = [one for one in waits if one.kind == "referral"]
    _, condition = waits_here(viewer.office, viewer.actor, own)
    return sql_select(col(Process.id)).where(condition)


def _is_party(viewer: Viewer, found: type[Process]) -> ColumnElement[bool]:
    """Whose referral it is: the organ that sends it, and whom it was delivered to."""
    seen = sight(viewer.office, viewer.actor)
    if seen.sees_files:
        return true() if seen.within is None else col(found.department_id).in_(seen.within)
    if seen.reach in {"department", "clues"}:
        return col(found.department_id) == seen.department
    if seen.is_outside:
        addressed = or_(
            col(found.counterpart_id) == seen.department,
            col(found.department_id).in_(seen.prosecutes),
        )
        return and_(addressed, col(found.state).not_in(NOT_DELIVERED))
    return false()


class Beside:
    """Clocks and letters of some referrals, read at once."""

    def __init__(self, session: Session, rows: Iterable[Process]) -> None:
        ids = [one.id or 0 for one in rows]
        clocks = select(Clock).where(
            col(Clock.process_kind) == "referral",
            col(Clock.process_id).in_(ids),
            col(Clock.ended_at).is_(None),
        )
        self.clocks: dict[int, list[Clock]] = {}
        for clock in session.exec(clocks.order_by(col(Clock.due_at))):
            self.clocks.setdefault(clock.process_id, []).append(clock)
        letters = select(IssuedDocument).where(
            col(IssuedDocument.process_kind) == "referral",
            col(IssuedDocument.process_id).in_(ids),
            col(IssuedDocument.kind) == "crime_transfer",
            col(IssuedDocument.voided_at).is_(None),
        )
        self.letters = {
            one.process_id: one.number or ""
            for one in session.exec(letters.order_by(col(IssuedDocument.id)))
        }


def referral_line(viewer: Viewer, one: Process, clue: Clue, beside: Beside) -> ReferralLine:
    """One referral as a line of a list."""
    rules = viewer.office.rules
    state = rules.lifecycles["referral"].states[one.state]
    police = rules.departments.get(one.counterpart_id or "")
    clocks = beside.clocks.get(one.id or 0, [])
    own = [clock for clock in clocks if clock.owner_id == viewer.actor.department] or clocks
    named = one.facts.get("offences") or []
    return ReferralLine(
        referral=one,
        clue=clue,
        organ=rules.departments[one.department_id].name,
        police=police.name if police and police.kind == "police" else "",
        offences="、".join(rules.offences[key].name for key in named if key in rules.offences),
        state=state.label,
        awaits=chairs_in_words(viewer.office, state.awaits),
        number=beside.letters.get(one.id or 0, ""),
        clock=clock_line(viewer.office, own[0], viewer.now) if own else None,
    )


def seen_referral(session: Session, viewer: Viewer, referral: int) -> tuple[Process, Clue]:
    """The referral and its clue, if the viewer is a party to it; NotForYou otherwise."""
    found = aliased(Process)
    query = (
        select(found, Clue)
        .join(Clue, col(Clue.id) == col(found.clue_id))
        .where(
            col(found.id) == referral,
            col(found.kind) == "referral",
            _is_party(viewer, found),
            visible(viewer.office, viewer.actor),
        )
    )
    row = session.exec(query).one_or_none()
    if row is None:
        raise NotForYou("没有这件移送，或者您无权查看")
    return row
