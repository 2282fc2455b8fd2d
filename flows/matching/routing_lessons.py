"""Lessons of routing from the record: read, learnt, kept; used where they beat the dictionary."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any

from sqlalchemy import or_, select, tuple_
from sqlmodel import Session, col

from domain.routing.learning import NOTHING, Evidence, Learned, Lesson, learn
from domain.routing.routing import RoutingText, lesson
from domain.rulebook.rulebook import Rulebook
from domain.tables.matching import RoutingLessons
from domain.tables.process import Clue
from domain.tables.record import Event
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
NEWEST = (
    select(col(RoutingLessons.id), col(RoutingLessons.in_use))
    .order_by(col(RoutingLessons.id).desc())
    .limit(1)
)
_known: "OrderedDict[str, Learned]" = OrderedDict()
"""Weights by their hash: what is in it never changes, whatever the store."""


@dataclass(frozen=True)
class Taken:
    """A clue and the department that took it, or was found competent, by the newest such step."""

    seq: int
    clue_id: int
    department: str


def learned_in(session: Session) -> Learned:
    """What the site's record teaches; nothing while the dictionary alone does as well."""
    newest = session.connection().execute(NEWEST).first()
    if newest is None or not newest.in_use:
        return NOTHING
    own = col(RoutingLessons.id) == newest.id
    sha = session.connection().execute(select(col(RoutingLessons.sha)).where(own)).scalar_one()
    if sha not in _known:
        found = session.connection().execute(select(col(RoutingLessons.weights)).where(own))
        _known[sha] = Learned(found.scalar_one())
        if len(_known) > KEPT:
            _known.popitem(last=False)
    return _known[sha]


def learn_anew(office: Office, now: datetime) -> Evidence:
    """Learns from the whole record and keeps the weights with their hash.

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
    return evidence


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
