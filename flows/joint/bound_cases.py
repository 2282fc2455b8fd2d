"""The cases of a joint proceeding: found by their clue, and told what concerns them.

The proceeding is locked before any of its cases, whoever begins; so no two steps wait for each
other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.joint_acts import Row, rows_in
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.door.locked_dossier import lock_dossier
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office

KIND, MEMBER, CASE = "joint_proceeding", "joint_case", "case"
UNDECIDED = frozenset(
    {
        *("filed", "investigating", "suspended", "reported", "in_review", "reviewed"),
        *("noticed", "hearing", "heard", "hearing_review", "with_police"),
    }
)
"""States of a case in which no decision was made yet."""
TAKING_PART = frozenset({"joined", "to_agree", "agreed", "decided"})


@dataclass(frozen=True)
class Bound:
    """A department that was asked or takes part, with its clue and case once it named them."""

    member: Process
    clue: Clue | None = None
    case: Process | None = None


def bound_cases(session: Session, row: Undertaking) -> list[Bound]:
    """Every department of a proceeding, in the order in which they came."""
    query = select(Process).where(col(Process.clue_id) == row.id, col(Process.kind) == MEMBER)
    return [_bound(session, one) for one in session.exec(query.order_by(col(Process.id)))]


def _bound(session: Session, member: Process) -> Bound:
    number = member.facts.get("clue_no")
    if not number:
        return Bound(member)
    clue = session.exec(select(Clue).where(col(Clue.no) == number)).one_or_none()
    case = case_of(session, clue, member.department_id) if clue else None
    return Bound(member, clue, case)


def case_of(session: Session, clue: Clue, department: str) -> Process | None:
    """The newest case of a clue that a department has; None where it has none."""
    query = select(Process).where(
        col(Process.clue_id) == clue.id,
        col(Process.kind) == CASE,
        col(Process.department_id) == department,
    )
    return session.exec(query.order_by(col(Process.id).desc())).first()


def tell_cases(session: Session, office: Office, row: Undertaking, now: datetime) -> None:
    """Every undecided case has on record what its proceeding now says; what is the same stays."""
    found = bound_cases(session, row)
    for one in found:
        if one.case is None or one.case.state not in UNDECIDED:
            continue
        told = _told(office, row, one, found)
        known = one.case.facts
        if not told and known.get("joint_no") not in ("", None, row.no):
            continue
        if any((known.get(name) or None) != (told.get(name) or None) for name in NAMES):
            form = {name: value for name, value in told.items() if value}
            command = Command("record_joint", CASE, one.case.clue_id, one.case.id, form)
            perform_in(session, office, command, system_actor(one.case.department_id), now)


NAMES = ("joint_no", "joint_with", "joint_clues", "joint_acts", "joint_apart", "joint_agreed_on")


def _told(office: Office, row: Undertaking, one: Bound, found: list[Bound]) -> Mapping[str, object]:
    """What a case knows of its proceeding: nothing once its department left it."""
    if one.member.state not in TAKING_PART:
        return {}
    others = [
        other
        for other in found
        if other.member.state in TAKING_PART and other.member.id != one.member.id
    ]
    names = [office.rules.departments[other.member.department_id].name for other in others]
    told: dict[str, object] = {"joint_no": row.no, "joint_with": "、".join(names)}
    told["joint_clues"] = "、".join(other.clue.no for other in others if other.clue)
    if one.member.state == "agreed":
        told["joint_acts"] = _acts_that_bind(office, row, found)
        told["joint_apart"] = rows_in(row.facts.get("acts_apart"))
        told["joint_agreed_on"] = one.member.facts.get("agreed_on")
    return told


def _acts_that_bind(office: Office, row: Undertaking, found: list[Bound]) -> list[Row]:
    """What was discussed, without the acts of departments that have left since: they fine alone."""
    staying = {one.member.department_id for one in found if one.member.state in TAKING_PART}
    gone = {one.member.department_id for one in found} - staying
    known = office.rules.departments
    names = {name for one in gone for name in (known[one].name, known[one].short)}
    return [one for one in rows_in(row.facts.get("acts")) if one["部门"].strip() not in names]


def held_proceeding(session: Session, office: Office, clue_id: int | None) -> Undertaking | None:
    """The proceeding to which a case of the clue is bound, locked; None where none is."""
    query = select(Process.facts).where(col(Process.clue_id) == clue_id, col(Process.kind) == CASE)
    numbers = [facts.get("joint_no") for facts in session.exec(query)]
    named = next((one for one in reversed(numbers) if one), None)
    if not named:
        return None
    found = session.exec(select(Undertaking.id).where(col(Undertaking.no) == named)).one()
    row = lock_dossier(session, office.rules, KIND, found or 0)
    return row if isinstance(row, Undertaking) and row.ended_at is None else None


def tell_proceeding(
    session: Session, office: Office, row: Undertaking, clue_id: int, now: datetime
) -> None:
    """A case that came to its decision, or ended otherwise, is told to its proceeding once."""
    for one in bound_cases(session, row):
        if one.case is None or one.case.clue_id != clue_id or one.case.state in UNDECIDED:
            continue
        if one.member.ended_at is None:
            decided = one.case.facts.get("decision") == "penalty"
            fine = str(one.case.facts.get("fine") or 0) if decided else "0"
            form = {"decision": decision_of(session, office, one.case), "fine": fine}
            command = Command("record_decision", MEMBER, row.id, one.member.id, form)
            perform_in(session, office, command, system_actor(one.member.department_id), now)


DECISIONS = ("penalty_decision", "no_penalty_decision")


def decision_of(session: Session, office: Office, case: Process) -> str:
    """What a case came to, in words: the decision with its number, else how it ended."""
    query = select(IssuedDocument).where(
        col(IssuedDocument.process_kind) == CASE,
        col(IssuedDocument.process_id) == case.id,
        col(IssuedDocument.kind).in_(DECISIONS),
    )
    found = session.exec(query.order_by(col(IssuedDocument.id).desc())).first()
    if found is not None:
        return f"《{found.title}》{found.number or ''}"
    return office.rules.lifecycles[CASE].states[case.state].label
