"""The referrals that somebody is a party to: the organ that sends, police and procuratorate."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, SQLModel, col

from domain.lifecycle.awaited_chairs import waiting_for
from domain.lifecycle.visibility import NOT_DELIVERED
from domain.rulebook.usual_steps import usual_steps
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from flows.door.page_paths import page_path
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.next_actor import chairs_in_words
from flows.lists.waiting_work import waits_here
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, once_a_chair, sight, visible
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.word_search import clues_with_words, number_has

FOUND = aliased(Process)
"""What a list asks for; the condition on what is visible asks `Process` itself."""
select(col(FOUND.id))  # its columns are made now, by one thread: see `limit_alias`
PAGE = 30
OUTSIDE = frozenset({"police_liaison", "procuratorate_liaison"})
"""The chairs of those whom cases are referred or copied to."""


class ClueOf(NamedTuple):
    """What a list says of the clue of a referral."""

    id: int
    no: str
    title: str
    subject_name: str


@dataclass(frozen=True)
class ReferralLine:
    """One referral of a list. `steps`: label and form of each step that waits for the viewer.

    `referral`, `clue`: rows, or what a list shows of them.
    """

    referral: Any
    clue: Any
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
    first = (wanted.number - 1) * PAGE
    return _page_of(session, viewer, _places(session, viewer, wanted, (first, PAGE + 1)))


def counted_referrals(
    session: Session, viewer: Viewer, wanted: WantedReferrals, most: int
) -> tuple[ReferralPage, int]:
    """`referrals`, and how many there are on all pages, counted no further than `most`.

    The first page is read along.
    """
    ids = _places(session, viewer, wanted, (0, most))
    if wanted.number > 1:
        return referrals(session, viewer, wanted), len(ids)
    return _page_of(session, viewer, ids), len(ids)


def _page_of(session: Session, viewer: Viewer, ids: Sequence[int]) -> ReferralPage:
    shown = ids[:PAGE]
    if not shown:
        return ReferralPage((), more=False)
    told = {"ids": as_text(shown)}
    his = _his(viewer.office, viewer.actor)
    rows, waiting, clocks, letters = ask(
        session.connection(), *((one, told) for one in (LISTED, his, CLOCKS, LETTERS))
    )
    found, awaited = {one.id: one for one in rows}, {one.id for one in waiting}
    beside = Beside(clocks, letters)
    lines = tuple(
        replace(
            referral_line(viewer, one, ClueOf(one.clue_id, *one[-3:]), beside),
            steps=_steps(viewer, one) if one.id in awaited else (),
        )
        for one in (found[each] for each in shown)
    )
    return ReferralPage(lines, len(ids) > PAGE)


def _places(
    session: Session, viewer: Viewer, wanted: WantedReferrals, span: tuple[int, int]
) -> Sequence[int]:
    """The ids of referrals in their order: so many, after so many others."""
    told = dict(zip(("first", "most"), span, strict=True))
    plain = _plain(viewer.office, viewer.actor).get((wanted.ended, wanted.waiting))
    if plain is not None and not (wanted.text.strip() or wanted.state or wanted.organ):
        return [one.id for one in ask(session.connection(), (plain, told))[0]]
    conditions = _narrowed(session, wanted)
    return (
        session.execute(_ordered(viewer.office, viewer.actor, wanted, conditions), told)
        .scalars()
        .all()
    )


@once_a_chair
def _plain(office: Office, actor: Actor) -> Mapping[tuple[bool, bool], Statement]:
    """The lists as they open: by whether they are of ended ones, and of what waits."""
    kinds = ((False, False), (False, True), (True, False))
    return {one: Statement(_ordered(office, actor, WantedReferrals(*one), ())) for one in kinds}


def _ordered(
    office: Office,
    actor: Actor,
    wanted: WantedReferrals,
    conditions: Iterable[ColumnElement[bool]],
) -> Select[Any]:
    """The referrals put in order by their limits alone, and then asked who may see them."""
    # All limits of referrals out of their index at once, and not those of each by itself.
    due = (
        select(col(Clock.process_id), func.min(col(Clock.due_at)).label("due"))
        .where(col(Clock.process_kind) == "referral", col(Clock.ended_at).is_(None))
        .group_by(col(Clock.process_id))
        .subquery()
    )
    place = col(FOUND.ended_at) if wanted.ended else due.c.due
    query = select(col(FOUND.id), col(FOUND.clue_id), place.label("place"))
    if not wanted.ended:
        query = query.join(due, due.c.process_id == col(FOUND.id), isouter=True)
    if wanted.text.strip():
        query = query.join(Clue, col(Clue.id) == col(FOUND.clue_id))
    query = query.where(*_wanted(office, actor, wanted), *conditions)

    def in_order(place: ColumnElement[Any], key: Any) -> list[ColumnElement[Any]]:
        return [place.desc(), key.desc()] if wanted.ended else [place.nulls_last(), key]

    # In order before anybody asks which of them may be seen: then only so many are asked of.
    inner = in_order(literal_column("place"), col(FOUND.id))
    ordered = query.order_by(*inner).offset(0).subquery()
    return (
        select(ordered.c.id)
        .join(Clue, col(Clue.id) == ordered.c.clue_id)
        .where(visible(office, actor))
        .order_by(*in_order(ordered.c.place, ordered.c.id))
        .offset(bindparam("first"))
        .limit(bindparam("most"))
    )


def _steps(viewer: Viewer, one: Any) -> tuple[tuple[str, str], ...]:
    lifecycle = viewer.office.rules.lifecycles["referral"]
    base = f"{page_path('clue', one.no)}/do/referral"
    return tuple(
        (lifecycle.actions[name].label, f"{base}/{name}/{one.id}")
        for name in usual_steps("referral", one.state)
        if viewer.actor.roles & set(lifecycle.actions[name].by)
    )


def anything_waits(session: Session, viewer: Viewer) -> bool:
    """Whether a referral waits for a step of the viewer's."""
    return bool(ask(session.connection(), (_any_waiting(viewer.office, viewer.actor), {}))[0])


@once_a_chair
def _any_waiting(office: Office, actor: Actor) -> Statement:
    query = select(col(FOUND.id)).join(Clue, col(Clue.id) == col(FOUND.clue_id))
    conditions = _wanted(office, actor, WantedReferrals(waiting=True))
    return Statement(query.where(*conditions, visible(office, actor)).limit(1))


def _wanted(office: Office, actor: Actor, wanted: WantedReferrals) -> Iterator[ColumnElement[bool]]:
    yield col(FOUND.kind) == "referral"
    yield _is_party(office, actor)
    ended = col(FOUND.ended_at)
    yield ended.is_not(None) if wanted.ended else ended.is_(None)
    if wanted.waiting:
        yield col(FOUND.id).in_(_awaiting(office, actor))


def _narrowed(session: Session, wanted: WantedReferrals) -> Iterator[ColumnElement[bool]]:
    if wanted.state:
        yield col(FOUND.state) == wanted.state
    if wanted.organ:
        yield col(FOUND.department_id) == wanted.organ
    if wanted.text.strip():
        letter = exists().where(
            col(IssuedDocument.process_kind) == "referral",
            col(IssuedDocument.process_id) == col(FOUND.id),
            col(IssuedDocument.kind) == "crime_transfer",
            number_has(col(IssuedDocument.number), wanted.text),
        )
        yield or_(clues_with_words(session, wanted.text), letter)


@once_a_chair
def _his(office: Office, actor: Actor) -> Statement:
    """Which of known referrals wait for a chair of the viewer's."""
    return Statement(_awaiting(office, actor).where(among_told(col(Process.id), "ids")))


def _awaiting(office: Office, actor: Actor) -> Select[tuple[int | None]]:
    """The referrals that wait for a chair of the viewer's."""
    waits = waiting_for(office.rules.of_clues, actor.roles)
    own = [one for one in waits if one.kind == "referral"]
    _, condition = waits_here(office, actor, own)
    return select(col(Process.id)).where(condition)


def _is_party(office: Office, actor: Actor) -> ColumnElement[bool]:
    """Whose referral it is: the organ that sends it, and whom it was delivered to."""
    seen = sight(office, actor)
    if seen.sees_files:
        return true() if seen.within is None else col(FOUND.department_id).in_(seen.within)
    if seen.reach in {"department", "clues"}:
        return col(FOUND.department_id) == seen.department
    if seen.is_outside:
        addressed = or_(
            col(FOUND.counterpart_id) == seen.department,
            col(FOUND.department_id).in_(seen.prosecutes),
        )
        return and_(addressed, col(FOUND.state).not_in(NOT_DELIVERED))
    return false()


# --- lines ---------------------------------------------------------------------------------------

_CLOCK = SQLModel.metadata.tables["clock"]
LISTED = Statement(
    select(
        *(col(Process.id), col(Process.state), col(Process.department_id)),
        *(col(Process.counterpart_id), col(Process.facts), col(Process.clue_id)),
        *(col(Clue.no), col(Clue.title), col(Clue.subject_name)),
    )
    .join(Clue, col(Clue.id) == col(Process.clue_id))
    .where(among_told(col(Process.id), "ids")),
    steady=True,
)
"""Referrals, each with what a list says of its clue."""
CLOCKS = Statement(
    select(_CLOCK)
    .where(
        _CLOCK.c.process_kind == "referral",
        among_told(_CLOCK.c.process_id, "ids"),
        _CLOCK.c.ended_at.is_(None),
    )
    .order_by(_CLOCK.c.due_at),
    steady=True,
)
LETTERS = Statement(
    select(col(IssuedDocument.process_id), col(IssuedDocument.number))
    .where(
        col(IssuedDocument.process_kind) == "referral",
        among_told(col(IssuedDocument.process_id), "ids"),
        col(IssuedDocument.kind) == "crime_transfer",
        col(IssuedDocument.voided_at).is_(None),
    )
    .order_by(col(IssuedDocument.id)),
    steady=True,
)


class Beside:
    """Clocks and letters of some referrals."""

    def __init__(self, clocks: Iterable[Any], letters: Iterable[Any]) -> None:
        self.clocks: dict[int, list[Any]] = {}
        for clock in clocks:
            self.clocks.setdefault(clock.process_id, []).append(clock)
        self.letters = {one.process_id: one.number or "" for one in letters}

    @classmethod
    def of(cls, session: Session, referral: int) -> "Beside":
        """Those of one referral."""
        told = {"ids": as_text([referral])}
        return cls(*ask(session.connection(), (CLOCKS, told), (LETTERS, told)))


def referral_line(viewer: Viewer, one: Any, clue: Any, beside: Beside) -> ReferralLine:
    """One referral, as a row or what was made of it, as a line of a list."""
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
    query = (
        select(FOUND, Clue)
        .join(Clue, col(Clue.id) == col(FOUND.clue_id))
        .where(
            col(FOUND.id) == referral,
            col(FOUND.kind) == "referral",
            _is_party(viewer.office, viewer.actor),
            visible(viewer.office, viewer.actor),
        )
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise NotForYou("没有这件移送，或者您无权查看")
    return row[0], row[1]
