"""Lessons of routing from the record: read, learnt, kept; used where they beat the dictionary."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import delete, or_, select, tuple_
from sqlmodel import Session, col

from domain.routing.learning import NOTHING, Evidence, Learned, Lesson, learn
from domain.routing.routing import RoutingText, lesson
from domain.rulebook.rulebook import Rulebook
from domain.tables.matching import RoutingLessons
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.store import reading, transaction

TAKEN = "accept"
TOLD_BY_FORM = {
    ("clue", "return"): "competent",
    ("dispute", "agree"): "lead",
    ("dispute", "decide"): "lead",
    ("dispute", "assign"): "lead",
}
"""The steps whose form names the department that is competent, and the field that names it.

A clue taken because nobody answered in time is no lesson, nor is a dispatch before its answer.
"""
LATEST = 4_000
"""So many clues are learnt from: what departments did long ago teaches less than a new order."""
EVENTS_OF_A_CLUE = 3
NEW_LESSONS = 20
"""Fewer new events of the kinds above are not worth learning anew by night."""
KEPT = 4
NEWEST = Statement(
    select(col(RoutingLessons.sha), col(RoutingLessons.in_use))
    .order_by(col(RoutingLessons.id).desc())
    .limit(1)
)
_known: "OrderedDict[str, Learned]" = OrderedDict()
"""Weights by their hash: what is in it never changes, whatever the store."""


@dataclass(frozen=True)
class Kept:
    """What was learnt last: when, how it would have done, and whether it is used."""

    made_at: datetime
    evidence: Evidence
    in_use: bool


@dataclass(frozen=True)
class Taken:
    """A clue and the department that took it, or was found competent, by the newest such step."""

    seq: int
    clue_id: int
    department: str


def learned_in(session: Session) -> Learned:
    """What the site's record teaches; nothing while the dictionary alone does as well."""
    [found] = ask(session.connection(), (NEWEST, {}))
    newest = next(iter(found), None)
    if newest is None or not newest.in_use:
        return NOTHING
    if newest.sha not in _known:
        own = select(col(RoutingLessons.weights)).where(col(RoutingLessons.sha) == newest.sha)
        weights = session.connection().execute(own.limit(1)).scalar_one_or_none()
        if weights is None:  # Learnt anew between the two queries: the next clue has it.
            return NOTHING
        _known[newest.sha] = Learned(weights)
        if len(_known) > KEPT:
            _known.popitem(last=False)
    return _known[newest.sha]


def last_kept(session: Session) -> Kept | None:
    """What was learnt last, or None while nothing was."""
    newest = col(RoutingLessons.id).desc()
    row = session.scalars(select(RoutingLessons).order_by(newest).limit(1)).first()
    return Kept(row.made_at, Evidence(**row.evidence), row.in_use) if row else None


def learn_anew(office: Office, now: datetime) -> Kept:
    """Learns from the whole record and keeps the weights with their hash instead of older ones.

    The same record and dictionary give the same weights, whenever and wherever they are made.
    """
    with reading(office.engine) as session:
        taken = who_took(session)
        lessons = list(lessons_of(session, office.rules, taken))
    learning = learn(lessons)
    learned, evidence = learning.learned, learning.evidence
    row = RoutingLessons(
        made_at=now,
        last_seq=taken[-1].seq if taken else 0,
        in_use=evidence.is_enough,
        evidence=asdict(evidence),
        sha=_hash(learned),
        weights={one: dict(own) for one, own in learned.weights.items()},
    )
    with transaction(office.engine) as session:
        session.add(row)
        session.flush()
        session.connection().execute(delete(RoutingLessons).where(col(RoutingLessons.id) < row.id))
    return Kept(now, evidence, evidence.is_enough)


def learn_if_due(office: Office, now: datetime) -> bool:
    """Learns anew where enough was signed for, returned or decided since; whether it did."""
    with reading(office.engine) as session:
        known = session.connection().execute(
            select(col(RoutingLessons.last_seq)).order_by(col(RoutingLessons.id).desc()).limit(1)
        )
        last = known.scalar() or 0
        new = select(col(Event.seq)).where(_teaches(), col(Event.seq) > last).limit(NEW_LESSONS)
        if len(session.connection().execute(new).all()) < NEW_LESSONS:
            return False
    learn_anew(office, now)
    return True


def who_took(session: Session) -> list[Taken]:
    """The latest clues with who took them in the end, in the order of the steps that told it."""
    query = (
        select(
            col(Event.seq),
            col(Event.clue_id),
            col(Event.process_kind),
            col(Event.action),
            col(Event.department_id),
            col(Event.detail),
        )
        .where(_teaches(), col(Event.clue_id).is_not(None))
        .order_by(col(Event.seq).desc())
        .limit(LATEST * EVENTS_OF_A_CLUE)
    )
    found: dict[int, Taken] = {}
    for seq, clue_id, kind, action, department, detail in session.connection().execute(query):
        told = department if action == TAKEN else _named(detail, TOLD_BY_FORM[kind, action])
        if told and len(found) < LATEST:
            found.setdefault(clue_id, Taken(seq, clue_id, told))
    return sorted(found.values(), key=lambda one: one.seq)


def _teaches() -> Any:
    kinds = tuple_(col(Event.process_kind), col(Event.action))
    return or_(
        (col(Event.process_kind) == "clue") & (col(Event.action) == TAKEN),
        kinds.in_(list(TOLD_BY_FORM)),
    )


def _named(detail: Mapping[str, Any], field: str) -> str:
    return str(detail.get("form", {}).get(field) or "")


def lessons_of(session: Session, rules: Rulebook, taken: list[Taken]) -> list[Lesson]:
    """The lessons in the order given; clues of departments that are no more teach nothing."""
    ids = [one.clue_id for one in taken]
    clues: dict[int, Clue] = {}
    for start in range(0, len(ids), 500):
        query = select(Clue).where(col(Clue.id).in_(ids[start : start + 500]))
        clues.update({clue.id or 0: clue for clue in session.scalars(query)})
    found = []
    for one in taken:
        department, clue = rules.departments.get(one.department), clues.get(one.clue_id)
        if department is not None and clue is not None:
            told = (department.function, clue.no)
            found.append(lesson(_text(clue), rules.routing, clue.area, told))
    return found


def _text(clue: Clue) -> RoutingText:
    """A clue as it is kept: without the words that tell who reported."""
    return RoutingText(clue.title, clue.content, clue.category, clue.place)


def _hash(learned: Learned) -> str:
    plain = {one: dict(own) for one, own in learned.weights.items()}
    return sha256(dumps(plain, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
