"""The clues with a trace of crime: their cases, their referrals, and what is late with them.

Cases that ended are looked back upon for a year; the rest of the past costs nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType
from sqlmodel import Session, col, select

from domain.crime.decisions import COVERS, PART, covers
from domain.crime.recorded_facts import met_of
from domain.crime.standing_findings import met_once
from domain.guards.registry import moment_of
from domain.lifecycle.visibility import NOT_DELIVERED
from domain.limits.limit import day_of, days_late
from domain.tables.process import CRIME_FOUND, Clock, Clue, Process
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.workbench.unreferred_cases import ThresholdMet

LOOKS_BACK = timedelta(days=365)
REVOCATION = "crime_revocation"
UNTAKEN = frozenset({"refused", "reconsidering", "upheld", "supervising", "explaining", "agreed"})
"""The states of a referral that the police have refused, until it ends."""
UNANSWERED = frozenset({"delivered", "forwarded", "received", "ordered", "reconsidering"})
"""The states of a referral in which the police owe an answer."""


class CrimeFiles:
    """The clues that could be behind a warning, with their cases, referrals and late clocks."""

    def __init__(self, session: Session, viewer: Viewer, ids: Collection[int]) -> None:
        self.office = viewer.office
        self.now = viewer.now
        rows = session.exec(
            select(Clue).where(col(Clue.id).in_(ids), visible(viewer.office, viewer.actor))
        )
        self.clues = {one.id or 0: one for one in rows}
        self.cases = _by_clue(session, "case", self.clues)
        self.referrals = _by_clue(session, "referral", self.clues)
        self.revocations = _by_clue(session, REVOCATION, self.clues)
        self.late = _late_clocks(session, self.clues, viewer.now)

    def met(self, clue: Clue) -> tuple[Process, list[str]] | None:
        """The case that met a threshold, and the figures it met it by."""
        for case in reversed(self.cases.get(clue.id or 0, [])):
            if case.facts.get("threshold_met"):
                return case, [*(str(one["reason"]) for one in met_of(case.facts)), *_lost(case)]
        return None

    def revoked(self, clue: Clue) -> list[str]:
        """Each revocation of a finding of crime: on which day, and the reason given."""
        return [
            f"主要负责人于{day_of(one.opened_at):%Y年%-m月%-d日}撤销涉嫌犯罪认定：{one.facts.get('reason')}"
            for one in self.revocations.get(clue.id or 0, [])
        ]

    def referral(self, clue: Clue) -> Process | None:
        """The newest referral."""
        found = self.referrals.get(clue.id or 0, [])
        return found[-1] if found else None

    def was_delivered(self, clue: Clue) -> bool:
        """Whether a referral left its organ since the verification last found a crime."""
        rows = self.referrals.get(clue.id or 0, [])
        return any(one.state not in NOT_DELIVERED and _covers(one, clue) for one in rows)

    def declined(self, clue: Clue) -> bool:
        """Whether the principal declined the newest referral, after the crime was found, whole."""
        last = self.referral(clue)
        if last is None or last.state != "declined" or last.facts.get(COVERS) == PART:
            return False
        return _covers(last, clue)

    def late_of(self, process: Process) -> list[str]:
        """The limits of a process that are past, in words."""
        deadlines = self.office.rules.deadlines
        return [
            f"{deadlines[one.rule].label}已逾期{days_late(one.breach_at, self.now)}日"
            for one in self.late.get(process.id or 0, [])
        ]


def _covers(referral: Process, clue: Clue) -> bool:
    return covers(referral.opened_at, clue.facts.get("found_criminal_at"))


def _lost(case: Process) -> list[str]:
    """Why a case met a threshold that its corrected figures no longer meet."""
    now = {one.get("offence") for one in met_of(case.facts)}
    once = met_once(case.facts)
    return [f"曾达到标准，后更正：{one['reason']}" for key, one in once.items() if key not in now]


# --- reading -------------------------------------------------------------------------------------


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
    recent = or_(col(Process.ended_at).is_(None), col(Process.ended_at) >= viewer.now - LOOKS_BACK)
    other = aliased(Process)
    delivered = exists().where(
        col(other.clue_id) == col(Process.clue_id),
        col(other.kind) == "referral",
        col(other.state).not_in(NOT_DELIVERED),
    )
    cases = select(Process.clue_id).where(ThresholdMet(), recent, ~delivered)
    undelivered = select(Process.clue_id).where(
        col(Process.kind) == "referral",
        col(Process.ended_at).is_(None),
        col(Process.state).in_(NOT_DELIVERED),
    )
    concluded = select(Clue.id).where(
        col(Clue.state) == "concluded", col(Clue.ended_at).is_(None), CrimeFound()
    )
    revoked = select(Process.clue_id).where(
        col(Process.kind) == REVOCATION, col(Process.opened_at) >= viewer.now - LOOKS_BACK
    )
    own = _of(viewer)
    if own is not None:
        cases, undelivered = cases.where(own[0]), undelivered.where(own[0])
        concluded, revoked = concluded.where(own[1]), revoked.where(own[0])
    found = (cases, undelivered, concluded, revoked)
    ids = {one or 0 for query in found for one in session.exec(query)}
    return ids | _found_anew(session, viewer)


def _found_anew(session: Session, viewer: Viewer) -> set[int]:
    """Clues whose verification found a crime after their open referral was proposed."""
    found_at = col(Clue.facts)["found_criminal_at"].as_string()
    query = (
        select(Clue.id, Process.opened_at, found_at)
        .join_from(Clue, Process, col(Process.clue_id) == col(Clue.id))
        .where(
            col(Clue.ended_at).is_(None),
            CrimeFound(),
            col(Process.kind) == "referral",
            col(Process.ended_at).is_(None),
        )
    )
    own = _of(viewer)
    rows = session.exec(query if own is None else query.where(own[0]))
    return {key or 0 for key, opened_at, found in rows if not covers(opened_at, found)}


def untaken_clues(session: Session, viewer: Viewer) -> list[int]:
    """The clues whose newest referral the police refused, or answer too late; the oldest first."""
    newer = aliased(Process)
    late = exists().where(
        col(Clock.clue_id) == col(Process.clue_id),
        col(Clock.process_id) == col(Process.id),
        *_is_late(viewer.now),
    )
    delivered_at = col(Process.facts)["delivered_at"].as_string()
    query = (
        select(Process.clue_id, Process.opened_at, delivered_at)
        .join_from(Process, Clue, col(Clue.id) == col(Process.clue_id))
        .where(
            col(Process.kind) == "referral",
            col(Process.ended_at).is_(None),
            or_(
                col(Process.state).in_(UNTAKEN),
                and_(col(Process.state).in_(UNANSWERED), late),
            ),
            ~exists().where(
                col(newer.clue_id) == col(Process.clue_id),
                col(newer.kind) == "referral",
                col(newer.id) > col(Process.id),
            ),
            visible(viewer.office, viewer.actor),
        )
    )
    own = _of(viewer)
    rows = session.exec(query if own is None else query.where(own[0]))
    return [key for _, key in sorted((moment_of(at) or opened, key) for key, opened, at in rows)]


def _of(viewer: Viewer) -> tuple[ColumnElement[bool], ColumnElement[bool]] | None:
    """Whose processes and clues are looked at, where the viewer does not see everything."""
    if viewer.watched is None:
        return None
    return (
        col(Process.department_id).in_(viewer.watched),
        col(Clue.department_id).in_(viewer.watched),
    )


def _by_clue(session: Session, kind: str, clues: Iterable[int]) -> Mapping[int, list[Process]]:
    query = select(Process).where(col(Process.clue_id).in_(clues), col(Process.kind) == kind)
    found: dict[int, list[Process]] = {}
    for one in session.exec(query.order_by(col(Process.id))):
        found.setdefault(one.clue_id, []).append(one)
    return found


def _late_clocks(
    session: Session, clues: Iterable[int], now: datetime
) -> Mapping[int, list[Clock]]:
    """The late limits of referrals, by referral."""
    query = select(Clock).where(
        col(Clock.clue_id).in_(clues),
        *_is_late(now),
    )
    found: dict[int, list[Clock]] = {}
    for one in session.exec(query.order_by(col(Clock.breach_at))):
        found.setdefault(one.process_id, []).append(one)
    return found


def _is_late(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Clock` under which it is a limit of a referral, and past."""
    return (
        col(Clock.process_kind) == "referral",
        col(Clock.ended_at).is_(None),
        col(Clock.paused).is_(False),
        col(Clock.breach_at) < now.replace(microsecond=0),
    )
