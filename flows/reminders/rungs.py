"""One rung of a clock's reminder ladder: messages sent, drafts laid ready, the next rung set."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.shapes.calendars import Rung
from domain.situation.recipients import Recipient
from domain.situation.reminder_ladder import may_send, next_opening, rung_at
from domain.tables.process import Clock, Clue, Process
from domain.tables.work import InboxMessage, ReminderFiring
from flows.afterwards.desk_letters import Letter
from flows.door.clocks import longest_due
from flows.door.inbox import message_once
from flows.door.locked_dossier import Root, root_of
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.people.chair_holders import ChairHolders
from flows.reminders.reminder_texts import DRAFTS, Lateness, reminder_text, trigger_text
from flows.site.office import Office

SUPERVISION = "supervision_order"
ACCUSATION = "filing_supervision_proposal"
DAY_OFF = "休息日或者上班时间之前，顺延至上班时"
NOT_LATE = "按法制确认的口径尚未逾期，顺延"
MAY_BE_LONGER = "公安机关可能已经依法延长审查期限，顺延至最长期限届满后"
NO_ORGAN = "本地区没有相应的机关"
SENT_BEFORE = "此前已经提醒"
NOTHING_OPEN = "期限已经结束或者暂停"


@dataclass(frozen=True)
class Skipped:
    """A rung that was not fired, and why."""

    reason: str


@dataclass(frozen=True)
class Fired:
    """A rung that was fired, with the number of messages it sent."""

    messages: int


Run = tuple[datetime, ChairHolders]


def climb(session: Session, office: Office, clock: Clock, run: Run) -> Fired | Skipped:
    """Fires the clock's rung that is due, once per due moment, and sets the next one."""
    now, _ = run
    ladder = office.rules.ladders[office.rules.deadlines[clock.rule].ladder]
    session.add(clock)
    if clock.ended_at is not None or clock.next_rung >= len(ladder.rungs):
        clock.next_rung_at = None
    if clock.next_rung_at is None or clock.next_rung_at > now:
        return Skipped(NOTHING_OPEN)
    rung = ladder.rungs[clock.next_rung]
    put_off = _put_off(office, clock, rung, now)
    if put_off is not None:
        reason, clock.next_rung_at = put_off
        return Skipped(reason)
    before = _fired_before(session, clock, rung)
    outcome = Skipped(SENT_BEFORE) if before else _fire(session, office, clock, (rung, run))
    clock.next_rung += 1
    clock.next_rung_at = rung_at(ladder, clock.next_rung, clock.due_at, office.rules.calendar)
    return outcome


def _put_off(
    office: Office, clock: Clock, rung: Rung, now: datetime
) -> tuple[str, datetime] | None:
    if not may_send(rung, now, office.rules.calendar):
        return DAY_OFF, next_opening(now, office.rules.calendar)
    if rung.drafts == SUPERVISION and clock.breach_at >= now:
        return NOT_LATE, next_opening(clock.breach_at, office.rules.calendar)
    if rung.drafts == ACCUSATION:
        last = longest_due(clock, office.rules, now)
        if last >= now:
            return MAY_BE_LONGER, next_opening(last, office.rules.calendar)
    return None


def _fired_before(session: Session, clock: Clock, rung: Rung) -> bool:
    query = select(ReminderFiring.id).where(
        col(ReminderFiring.clock_id) == clock.id,
        col(ReminderFiring.due_at) == clock.due_at,
        col(ReminderFiring.rung) == rung.id,
    )
    return session.exec(query).first() is not None


def _fire(
    session: Session, office: Office, clock: Clock, what: tuple[Rung, Run]
) -> Fired | Skipped:
    rung, (now, chairs) = what
    root = root_of(session, office.rules, clock.process_kind, clock.clue_id)
    holder = _holder(session, office, clock, root)
    drafts = isinstance(root, Clue) and not _supervises_itself(session, clock, (chairs, holder))
    if rung.drafts == SUPERVISION and not drafts:
        rung = rung.model_copy(update={"drafts": None, "label": rung.label.partition("，")[0]})
    found = [chairs.find(session, role, clock.owner_id, holder) for role in rung.to]
    to = list(dict.fromkeys(one for one in found if one is not None))
    outcome: Fired | Skipped = Skipped(NO_ORGAN)
    if to:
        late = Lateness(office.rules, clock, root, now)
        messages = [_message(late, reminder_text(late, rung), rung, one) for one in to]
        if rung.drafts == SUPERVISION:
            _draft_order(session, office, late)
        elif rung.drafts:
            draft = DRAFTS[rung.drafts](late, holder)
            messages += [_message(late, draft, rung, one) for one in to]
        outcome = Fired(message_once(session, messages))
    session.add(
        ReminderFiring(
            clock_id=clock.id or 0,
            due_at=clock.due_at,
            rung=rung.id,
            fired_at=now,
            outcome="sent" if isinstance(outcome, Fired) else "skipped",
            reason=outcome.reason if isinstance(outcome, Skipped) else "",
        )
    )
    return outcome


def _supervises_itself(session: Session, clock: Clock, by: tuple[ChairHolders, str]) -> bool:
    """Whether the limit is the supervising organ's own: it sends no order to itself."""
    chairs, holder = by
    supervisor = chairs.find(session, "supervisor", clock.owner_id, holder)
    return supervisor is not None and supervisor.department == clock.owner_id


def _draft_order(session: Session, office: Office, late: Lateness) -> None:
    """A draft order waits for the supervisor; he signs it or drops it."""
    form = {"to_department": late.clock.owner_id, "trigger": trigger_text(late)}
    command = Command("draft", "supervision", late.root.id, form=form)
    perform_in(session, office, command, system_actor(office.settings.desk), late.now)


def _message(late: Lateness, letter: Letter, rung: Rung, to: Recipient) -> InboxMessage:
    due = late.clock.due_at.isoformat()
    return InboxMessage(
        key=f"{letter.kind}-{late.clock.id}-{due}-{rung.id}-{to.department}-{to.role or 'desk'}",
        department_id=to.department,
        role=to.role,
        clue_id=late.root.id,
        clock_id=late.clock.id,
        kind=letter.kind,
        title=letter.title,
        body=letter.body,
        created_at=late.now,
    )


def _holder(session: Session, office: Office, clock: Clock, root: Root) -> str:
    if office.rules.lifecycles[clock.process_kind].is_root:
        return root.department_id
    return session.get_one(Process, clock.process_id).department_id
