"""Chasing: what somebody owes on a day is asked for on that day, and again until it is there."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlmodel import Session

from domain.guards.registry import day_of
from domain.limits.due_moment import in_words
from domain.penalties.payment import LIMITS, amount_owed, is_late, settled, surcharge_by
from domain.situation.recipients import Recipient
from domain.situation.reminder_ladder import is_open, next_opening, opening
from domain.situation.situation import Situation
from domain.tables.process import Clock
from flows.afterwards.desk_letters import Letter, limit_in_words, messages_for
from flows.afterwards.follow_up_context import clue_of, open_clocks, process_of, situation_of
from flows.afterwards.outbox import Job, Later
from flows.door.inbox import message_once
from flows.site.office import Office
from flows.site.store import transaction

CHASE_AGAIN = timedelta(days=7)
MOMENT = timedelta(seconds=1)


def chase_payment(office: Office, job: Job, now: datetime) -> Later | None:
    """Handler and head are told weekly what is owed, surcharge included, until nothing is."""
    calendar = office.rules.calendar
    with transaction(office.engine) as session:
        situation = situation_of(session, office, job, now)
        if situation.process.facts.get("paid_up") or situation.process.state != "served":
            return None
        clock = _first(open_clocks(session, job, LIMITS))
        if clock is not None and clock.due_at >= now:
            return Later(clock.due_at + MOMENT)
        if not is_open(now, calendar):
            return Later(next_opening(now, calendar))
        if situation.process.facts.get("payment_plan") and not is_late(situation):
            return Later(next_opening(now + CHASE_AGAIN - timedelta(days=1), calendar))
        owed = amount_owed(situation)
        if owed <= 0:
            return None
        _say_what_is_owed(session, office, job, (situation, owed))
    return Later(next_opening(now + CHASE_AGAIN - timedelta(days=1), calendar))


def _say_what_is_owed(
    session: Session, office: Office, job: Job, found: tuple[Situation, Decimal]
) -> None:
    situation, owed = found
    facts, now = situation.process.facts, situation.now
    fine = Decimal(str(facts.get("fine") or 0))
    paid = settled(situation)
    gains = Decimal(str(facts.get("confiscated") or 0))
    surcharge = surcharge_by(situation, situation.today)
    lines = [
        f"当事人{situation.subject.subject_name or '（未登记）'}缴款期限已过。",
        f"截至{in_words(now)}应缴{owed:,.2f}元："
        f"罚款{fine:,.2f}元，没收违法所得{gains:,.2f}元，已缴、已折抵{paid:,.2f}元，"
        f"加处罚款{surcharge:,.2f}元。",
        "请催告履行；缴清的，请登记缴款。",
    ]
    letter = Letter("penalty.chase", f"罚没款未缴清：{job.clue_no}", "\n".join(lines))
    organ = situation.process.department
    to = [Recipient(organ, "handler"), Recipient(organ, "department_head")]
    message_once(session, messages_for(letter, job, f"chase-{job.key}-{situation.today}", to, now))


def check_correction(office: Office, job: Job, now: datetime) -> Later | None:
    """On the last day of the time for correction the handler is asked to look."""
    with transaction(office.engine) as session:
        clue = clue_of(session, job)
        last = day_of(clue.facts.get("correct_by"))
        if last is not None and now < opening(last, office.rules.calendar):
            return Later(opening(last, office.rules.calendar))
        day = f"{last.year}年{last.month}月{last.day}日" if last else "文书载明之日"
        body = f"责令改正的期限为{day}，请复查改正情况并记录。改正要求：{clue.facts.get('demands')}"
        letter = Letter("penalty.correction", f"改正期限到期：{job.clue_no}", body)
        to = [Recipient(clue.department_id, "handler")]
        message_once(session, messages_for(letter, job, f"correction-{job.key}", to, now))
    return None


def await_receipt(office: Office, job: Job, now: datetime) -> Later | None:
    """With no receipt when it is due, handler and supervisor are warned: 有案难移."""
    with transaction(office.engine) as session:
        referral = process_of(session, job)
        if referral.state not in {"delivered", "forwarded"}:
            return None
        clock = _first(open_clocks(session, job, ("receipt_back",)))
        if clock is not None and clock.due_at >= now:
            return Later(clock.due_at + MOMENT)
        if not is_open(now, office.rules.calendar):
            return Later(next_opening(now, office.rules.calendar))
        police = office.rules.departments[referral.counterpart_id or ""].name
        lines = [
            f"案件已移送{police}，至今没有签收回执，请联系催问；仍不签收的，可能构成有案难移。"
        ]
        lines += [limit_in_words(clock, office.rules)] if clock else []
        letter = Letter("referral.no_receipt", f"有案难移预警：{job.clue_no}", "\n".join(lines))
        to = [
            Recipient(referral.department_id, "handler"),
            *_supervisors(office, referral.department_id),
        ]
        message_once(session, messages_for(letter, job, f"no-receipt-{job.key}", to, now))
    return None


def _supervisors(office: Office, department: str) -> list[Recipient]:
    area = office.rules.departments[department].area
    return [
        Recipient(key, "supervisor")
        for key, one in office.rules.departments.items()
        if (one.kind, one.area) == ("justice", area) and not one.closed
    ]


def _first(clocks: list[Clock]) -> Clock | None:
    return clocks[0] if clocks else None
