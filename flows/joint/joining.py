"""A joint proceeding acted on: a department's case is bound to it, its evidence given to others.

What can only be looked up – whose clue it is, whether its case is undecided, whether the party is
the same – refuses the step whole.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.duplicates.parties import same_party
from domain.lifecycle.plan import Reason, Refused
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.door.steps import Command, Outcome, perform_in
from flows.joint.bound_cases import (
    CASE,
    KIND,
    MEMBER,
    TAKING_PART,
    UNDECIDED,
    Bound,
    bound_cases,
    case_of,
    held_proceeding,
    tell_cases,
    tell_proceeding,
)
from flows.papers.evidence_given import give_to
from flows.people.actors import system_actor
from flows.people.visible_clues import visible
from flows.site.office import Office

BINDING = {(KIND, "propose"), (MEMBER, "join")}
"""The steps that name the clue of a department's own case."""
GIVES = (MEMBER, "share_evidence")
BESIDE = frozenset({"case", "referral", "clue"})
"""Processes of a clue whose steps may bring its case to an end."""


def act_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """`perform_in`, and what the step of a joint proceeding means for its cases."""
    done = perform_in(session, office, command, actor, now)
    row = session.get_one(Undertaking, done.clue_id)
    label = office.rules.lifecycles[command.process].actions[command.action].label
    if (command.process, command.action) in BINDING:
        _insist_on_case(session, office, row, (actor, label))
    if (command.process, command.action) == GIVES:
        _give(session, office, (row, done), (actor, label), now)
    _record_members(session, office, row, now)
    tell_cases(session, office, row, now)
    return done


def told_in(
    session: Session, office: Office, command: Command, actor: Actor, now: datetime
) -> Outcome:
    """A step of a clue; the proceeding to which its case is bound hears how the case ended."""
    row = None
    if command.process in BESIDE and command.clue is not None:
        row = held_proceeding(session, office, command.clue)
    done = perform_in(session, office, command, actor, now)
    if row is not None:
        tell_proceeding(session, office, row, done.clue_id, now)
    return done


def _insist_on_case(
    session: Session, office: Office, row: Undertaking, who: tuple[Actor, str]
) -> None:
    """The clue is one of the actor's department, its case undecided and bound nowhere."""
    actor, label = who
    found = bound_cases(session, row)
    [own] = [
        one
        for one in found
        if one.member.department_id == actor.department and one.member.state in TAKING_PART
    ][-1:]
    complaints = _against(session, office, own, actor)
    lead = next((one.clue for one in found if one.member.id != own.member.id and one.clue), None)
    if not complaints and lead is not None and own.clue is not None:
        mine, theirs = ((one.subject_key, one.subject_code) for one in (own.clue, lead))
        if same_party(mine, theirs) is False:
            complaints.append("两个案件的当事人（名称或者证件号码）不是同一人，不能共同办理")
    if complaints:
        cited = office.rules.cite("local-joint")
        raise Refused(label, tuple(Reason(one, "local-joint", cited) for one in complaints))


def _against(session: Session, office: Office, own: Bound, actor: Actor) -> list[str]:
    number = own.member.facts.get("clue_no")
    query = select(Clue).where(col(Clue.no) == str(number), visible(office, actor))
    clue = session.exec(query).one_or_none()
    case = case_of(session, clue, actor.department) if clue else None
    if clue is None or case is None:
        return [f"没有编号为“{number}”、由本部门立案的线索；请先立案，再参加共同办理"]
    found: list[str] = []
    if case.state not in UNDECIDED:
        state = office.rules.lifecycles[CASE].states[case.state].label
        found.append(f"线索{clue.no}的案件{state}，只有尚未作出决定的案件可以共同办理")
    if not clue.subject_key:
        found.append(f"线索{clue.no}的当事人尚未查明，请先登记当事人")
    if case.facts.get("joint_no"):
        found.append(f"线索{clue.no}的案件已经参加联合行政处罚{case.facts['joint_no']}")
    return found


def _record_members(session: Session, office: Office, row: Undertaking, now: datetime) -> None:
    """Whose proceeding it is, for all who may see it; only where that changed."""
    if row.ended_at is not None:
        return
    found = bound_cases(session, row)
    members = [one.member.department_id for one in found if one.member.state in TAKING_PART]
    party = next((one.clue.subject_name for one in found if one.clue), "")
    form = {"party": party, "shared_with": list(dict.fromkeys(members))}
    if any(row.facts.get(name) != value for name, value in form.items()):
        command = Command("record_members", KIND, row.id, form=form)
        perform_in(session, office, command, system_actor(row.department_id), now)


def _give(
    session: Session,
    office: Office,
    what: tuple[Undertaking, Outcome],
    who: tuple[Actor, str],
    now: datetime,
) -> None:
    """Evidence of the actor's department, listed under the clue of every other that takes part."""
    row, done = what
    actor, label = who
    said = session.get_one(Process, done.process_id).facts["forms"]["share_evidence"]
    others = [
        one.clue
        for one in bound_cases(session, row)
        if one.clue and one.member.id != done.process_id and one.member.state in TAKING_PART
    ]
    if not others:
        cited = office.rules.cite("local-joint")
        text = "还没有其他部门以案件参加，没有可以提供证据的线索"
        raise Refused(label, (Reason(text, "local-joint", cited),))
    for clue in others:
        give_to(session, office, (label, str(said["evidence_ids"]), clue), actor, now)
