"""The clues with a trace of crime: their cases, their referrals, and what is late with them.

Cases that ended are looked back upon for a year; the rest of the past costs nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Integer, Select, True_, exists, func, literal, or_
from sqlalchemy import select as columns
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType
from sqlmodel import Session, col

from domain.crime.decisions import COVERS, PART, covers
from domain.crime.recorded_facts import met_of
from domain.crime.standing_findings import met_once
from domain.lifecycle.visibility import NOT_DELIVERED
from domain.limits.limit import day_of, lateness_in_words
from domain.situation.situation import Actor
from domain.tables.columns import UTCDateTime
from domain.tables.process import CRIME_FOUND, Clock, Clue, Process
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, sight, visible
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask, numbers, told
from flows.site.office import Office
from flows.workbench.unreferred_cases import ThresholdMet

LOOKS_BACK = timedelta(days=365)
REVOCATION = "crime_revocation"
UNTAKEN = frozenset({"refused", "reconsidering", "upheld", "supervising", "explaining", "agreed"})
"""The states of a referral that the police have refused, until it ends."""
UNANSWERED = frozenset({"delivered", "forwarded", "received", "ordered", "reconsidering"})
"""The states of a referral in which the police owe an answer."""


class FiledClue(Protocol):
    """What is read of a clue behind a warning."""

    id: int
    no: str
    title: str
    subject_name: str
    kind: str
    state: str
    department_id: str
    opened_at: datetime
    ended_at: datetime | None
    facts: Mapping[str, Any]


class FiledProcess(Protocol):
    """What is read of a case, a referral or a revocation."""

    id: int
    clue_id: int
    kind: str
    state: str
    department_id: str
    opened_at: datetime
    delivered_at: datetime | None
    ended_at: datetime | None
    facts: Mapping[str, Any]


class CrimeFiles:
    """The clues that could be behind a warning, with their cases, referrals and late limits.

    `of_police`: of processes referrals alone are read, which tell what the police have not taken.
    """

    def __init__(
        self, session: Session, viewer: Viewer, ids: Collection[int], *, of_police: bool = False
    ) -> None:
        self.office = viewer.office
        self.now = viewer.now
        clues: Sequence[FiledClue] = ()
        processes: Sequence[FiledProcess] = ()
        limits: Sequence[Any] = ()
        if ids:
            asked = _files(viewer.office, viewer.actor)[of_police]
            values = {"ids": as_text(ids), "now": viewer.now.replace(microsecond=0)}
            clues, processes, limits = ask(session.connection(), *((one, values) for one in asked))
        self.clues = {one.id: one for one in clues}
        self._processes: dict[tuple[str, int], list[FiledProcess]] = {}
        for one in processes:
            self._processes.setdefault((one.kind, one.clue_id), []).append(one)
        self._late: dict[int, list[Any]] = {}
        for one in limits:
            self._late.setdefault(one.process_id, []).append(one)

    def of_kind(self, kind: str, clue: FiledClue) -> Sequence[FiledProcess]:
        """The processes of that kind, the oldest first."""
        return self._processes.get((kind, clue.id), ())

    def met(self, clue: FiledClue) -> tuple[FiledProcess, list[str]] | None:
        """The case that met a threshold, and the figures it met it by."""
        for case in reversed(self.of_kind("case", clue)):
            if case.facts.get("threshold_met"):
                return case, [*(str(one["reason"]) for one in met_of(case.facts)), *_lost(case)]
        return None

    def revoked(self, clue: FiledClue) -> list[str]:
        """Each revocation of a finding of crime: on which day, and the reason given."""
        return [
            f"主要负责人于{day_of(one.opened_at):%Y年%-m月%-d日}撤销涉嫌犯罪认定：{one.facts.get('reason')}"
            for one in self.of_kind(REVOCATION, clue)
        ]

    def referral(self, clue: FiledClue) -> FiledProcess | None:
        """The newest referral."""
        found = self.of_kind("referral", clue)
        return found[-1] if found else None

    def was_delivered(self, clue: FiledClue) -> bool:
        """Whether a referral left its organ since the verification last found a crime."""
        rows = self.of_kind("referral", clue)
        return any(one.state not in NOT_DELIVERED and _covers(one, clue) for one in rows)

    def declined(self, clue: FiledClue) -> bool:
        """Whether the principal declined the newest referral, after the crime was found, whole."""
        last = self.referral(clue)
        if last is None or last.state != "declined" or last.facts.get(COVERS) == PART:
            return False
        return _covers(last, clue)

    def late_of(self, process: FiledProcess) -> list[str]:
        """The limits of a process that are past, in words."""
        deadlines = self.office.rules.deadlines
        return [
            deadlines[one.rule].label + lateness_in_words(one.breach_at, self.now)
            for one in self._late.get(process.id, ())
        ]


def _covers(referral: FiledProcess, clue: FiledClue) -> bool:
    return covers(referral.opened_at, clue.facts.get("found_criminal_at"))


def _lost(case: FiledProcess) -> list[str]:
    """Why a case met a threshold that its corrected figures no longer meet."""
    now = {one.get("offence") for one in met_of(case.facts)}
    once = met_once(case.facts)
    return [f"曾达到标准，后更正：{one['reason']}" for key, one in once.items() if key not in now]


# --- reading -------------------------------------------------------------------------------------


@once_a_chair
def _files(office: Office, actor: Actor) -> tuple[tuple[Statement, ...], tuple[Statement, ...]]:
    """Clues, what was begun beside them, and their late limits: all of it, and of the police's."""
    shown = [col(getattr(Clue, one)) for one in _OF_CLUE]
    begun = [col(getattr(Process, one)) for one in _OF_PROCESS]
    seen = (among_told(col(Clue.id), "ids"), visible(office, actor))
    beside, kind = among_told(col(Process.clue_id), "ids"), col(Process.kind)
    late = among_told(col(Clock.clue_id), "ids"), *_is_late(told("now", UTCDateTime()))
    limits = columns(col(Clock.process_id), col(Clock.rule), col(Clock.breach_at)).where(*late)
    clues = columns(*shown, literal("clue").label("kind")).where(*seen)
    every = columns(*begun).where(beside, kind.in_(("case", "referral", REVOCATION)))
    referrals = columns(*begun).where(beside, kind == "referral")

    def made(*queries: Select[Any]) -> tuple[Statement, ...]:
        return tuple(Statement(one, spelled=True, steady=True) for one in queries)

    ordered = limits.order_by(col(Clock.breach_at))
    return (
        made(clues, every.order_by(col(Process.id)), ordered),
        made(clues, referrals.order_by(col(Process.id)), ordered),
    )


_OF_CLUE = (
    *("id", "no", "title", "subject_name", "state", "department_id"),
    *("opened_at", "ended_at", "facts"),
)
_OF_PROCESS = (
    *("id", "clue_id", "kind", "state", "department_id"),
    *("opened_at", "delivered_at", "ended_at", "facts"),
)


class CrimeFound(FunctionElement[bool]):
    """The condition on `Clue` under which its verification found a crime, as its index says it."""

    type = NullType()  # type: ignore[assignment]
    inherit_cache = True


@compiles(CrimeFound, "sqlite")
@compiles(CrimeFound, "postgresql")
def _crime_found(element: CrimeFound, compiler: SQLCompiler, **options: object) -> str:
    return CRIME_FOUND[compiler.dialect.name].replace("(facts", "(clue.facts")


def unreferred_candidates(session: Session, viewer: Viewer) -> set[int]:
    """The clues of which nothing may have left the organ that should; the others are not read."""
    since = {"since": viewer.now - LOOKS_BACK}
    asked = _candidates(viewer.office, viewer.actor)
    *found, again = ask(session.connection(), *((one, since) for one in asked))
    ids = {one[0] for rows in found for one in rows}
    # Of these a crime was found, and their open referral may have been proposed before.
    return ids | {one.id for one in again if not covers(one.proposed, one.found)}


@once_a_chair
def _candidates(office: Office, actor: Actor) -> tuple[Statement, ...]:
    """Queries for clues; the last for those with a crime found, with their oldest open referral."""
    since = told("since", UTCDateTime())
    clue, ended_at = col(Process.clue_id), col(Process.ended_at)
    other = aliased(Process)
    delivered = exists().where(
        col(other.clue_id) == clue,
        col(other.kind) == "referral",
        col(other.state).not_in(NOT_DELIVERED),
    )
    recent = or_(ended_at.is_(None), ended_at >= since)
    cases = columns(clue).where(ThresholdMet(), recent, ~delivered)
    undelivered = columns(clue).where(
        col(Process.kind) == "referral", ended_at.is_(None), col(Process.state).in_(NOT_DELIVERED)
    )
    revoked = columns(clue).where(col(Process.kind) == REVOCATION, col(Process.opened_at) >= since)
    # By itself and in its order, so that the index of what was found is read, whatever is asked:
    # PostgreSQL knows nothing of how rare it is, and would read the facts of all open clues.
    crimes = (
        columns(
            col(Clue.id),
            col(Clue.state),
            col(Clue.department_id),
            col(Clue.facts)["found_criminal_at"].as_string().label("found"),
        )
        .where(col(Clue.ended_at).is_(None), CrimeFound())
        .order_by(col(Clue.state), col(Clue.id))
        .offset(0)
        .subquery()
    )
    concluded = columns(crimes.c.id).where(crimes.c.state == "concluded")
    open_referrals = columns(func.min(col(Process.opened_at))).where(
        clue == crimes.c.id, col(Process.kind) == "referral", ended_at.is_(None)
    )
    watched = anybody(office, actor).watched
    if watched is not None:
        own = col(Process.department_id).in_(watched)
        cases, undelivered, revoked = (one.where(own) for one in (cases, undelivered, revoked))
        concluded = concluded.where(crimes.c.department_id.in_(watched))
        open_referrals = open_referrals.where(own)
    proposed = open_referrals.correlate(crimes).scalar_subquery().label("proposed")
    again = columns(crimes.c.id, crimes.c.found, proposed)
    return tuple(
        Statement(one, spelled=True) for one in (cases, undelivered, revoked, concluded, again)
    )


def untaken_clues(session: Session, viewer: Viewer) -> list[int]:
    """The clues whose newest referral the police refused, or answer too late; the oldest first."""
    statement = _untaken(viewer.office, viewer.actor)[0]
    [rows] = ask(session.connection(), (statement, {"now": viewer.now.replace(microsecond=0)}))
    return [key for (key,) in rows]


def how_many_untaken(session: Session, viewer: Viewer, most: int) -> int:
    """How many these are, counted no further than `most`."""
    statement = _untaken(viewer.office, viewer.actor)[1]
    values = {"now": viewer.now.replace(microsecond=0), "most": most}
    return numbers(session.connection(), (statement, values))[0]


@once_a_chair
def _untaken(office: Office, actor: Actor) -> tuple[Statement, Statement]:
    """What the police have not taken, and how much it is."""
    newer, now = aliased(Process), told("now", UTCDateTime())
    late = columns(col(Clock.process_id)).where(*_is_late(now))
    query = columns(col(Process.clue_id)).where(
        # Word for word as their index has it, which alone tells what is asked here.
        col(Process.kind) == "referral",
        col(Process.ended_at).is_(None),
        col(Process.state).in_(UNTAKEN | UNANSWERED),
        or_(col(Process.state).in_(UNTAKEN), col(Process.id).in_(late)),
        ~exists().where(
            col(newer.clue_id) == col(Process.clue_id),
            col(newer.kind) == "referral",
            col(newer.id) > col(Process.id),
        ),
    )
    seen, sees = visible(office, actor), sight(office, actor)
    # Whose organ's the referral is, that one sees its clue: nothing else is looked up.
    is_party = sees.reach == "department" and not sees.organ_outside
    if not isinstance(seen, True_) and not is_party:
        query = query.join(Clue, col(Clue.id) == col(Process.clue_id)).where(seen)
    watched = anybody(office, actor).watched
    if watched is not None:
        query = query.where(col(Process.department_id).in_(watched))
    few = query.with_only_columns(col(Process.id)).limit(told("most", Integer()))
    count = columns(func.count()).select_from(few.subquery())
    since = func.coalesce(col(Process.delivered_at), col(Process.opened_at))
    ordered = query.order_by(since, col(Process.clue_id))
    return Statement(ordered, spelled=True), Statement(count, spelled=True)


def _is_late(now: Any) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Clock` under which it is a limit of a referral, and past."""
    return (
        col(Clock.process_kind) == "referral",
        col(Clock.ended_at).is_(None),
        col(Clock.paused).is_(False),
        col(Clock.breach_at) < now,
    )
