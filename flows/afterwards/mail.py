"""E-mail for inbox messages: a clue number and a link, never a fact of the case. No Prefect here.

Every address stands alone: one that fails is tried again later and never stops the others. A
message is claimed before it is mailed, so that two who send at once mail each once.
"""

import smtplib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select

from domain.situation.situation import CHINA
from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.work import InboxMessage, MessageRead
from flows.afterwards.mail_letters import Notice, connected, hand_over, letter
from flows.afterwards.notice_wishes import dispatch
from flows.afterwards.outside_rests import note_reached, note_unreached
from flows.people.absences import substitutes_of
from flows.site.office import Office
from flows.site.store import reading, transaction

MAIL_WITHIN = timedelta(days=3)
"""Older messages are left to the inbox: a mail about them would only confuse."""
MOST_ATTEMPTS = 8
BATCH = 200
CLAIMED_FOR = timedelta(minutes=10)
"""So long nobody else mails a message that somebody took; a killed sender loses it then."""
DIGEST_FROM = 5
"""From so many messages at once a person gets one mail for all of them."""

NO_SERVER = "没有设置邮件服务器"
UNREACHABLE = "邮件服务器连接不上，稍后再试"
NO_ADDRESS = "收件部门和人员都没有登记邮箱"
READ = "收件人已在系统内读过"
DESK_ONLY = "收件人设定只在系统内查看"
NOT_WANTED = (NO_ADDRESS, READ, DESK_ONLY)
"""Why nobody is tried where nothing failed."""
RESTING = "上次投递失败，稍后再试"
QUIET = "免打扰时段，过后再发"
LATER = "收件人设定稍后再发"
SERVER = "mail"

Addresses = dict[str, str]
"""E-mail addresses by who is reached there: a user's id, or a department's."""


@dataclass
class MailResult:
    """What a run did: mails sent, messages skipped by reason, addresses failed by answer."""

    sent: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        parts = [f"发出邮件{self.sent}封"]
        parts += [f"跳过{count}条（{reason}）" for reason, count in self.skipped.items()]
        parts += [f"失败{count}封（{reason}）" for reason, count in self.failed.items()]
        return "，".join(parts)


@dataclass
class _Job:
    """A claimed message: whom it is still for, who was reached, and what the server said.

    `nobody`: why it is for nobody, where there is no address; `later`: when it is due for those
    who want it then; `digest`: who gets one mail for all.
    """

    notice: Notice
    addresses: Addresses
    nobody: str = ""
    later: datetime | None = None
    digest: frozenset[str] = frozenset()
    reached: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def is_tried(self) -> bool:
        return len(self.reached) + len(self.answers) == len(self.addresses)


def send_mail(office: Office, now: datetime, limit: int = BATCH) -> MailResult:
    """Mails what lies unread in the inboxes, each message once to everybody it is for.

    At most `limit` messages in a run. A server that cannot be reached, or none at all, is told in
    the result and raises nothing: the next run tries again.
    """
    result = MailResult()
    if reason := _holds_back(office, now):
        result.skipped[reason] += _count(office, now)
        return result
    jobs = [one for one in _claim(office, now, limit, result) if _has_reader(office, one, result)]
    if not jobs:
        return result
    try:
        with connected(office.settings) as server:
            _deliver(office, server, jobs, (now, result))
            note_reached(office, SERVER)
    except (OSError, smtplib.SMTPException) as fault:
        result.skipped[UNREACHABLE] += 1
        note_unreached(office, SERVER, str(fault) or type(fault).__name__, now)
    finally:
        for job in jobs:
            _give_back(office, job, now)
    return result


def _holds_back(office: Office, now: datetime) -> str:
    """Why nothing is mailed now: no server, or the hours in which nobody is to be disturbed."""
    if not office.settings.smtp_host:
        return NO_SERVER
    quiet = office.settings.quiet_hours
    if quiet is None:
        return ""
    begin, end = quiet
    hour = now.astimezone(CHINA).hour
    within = begin <= hour < end if begin <= end else hour >= begin or hour < end
    return QUIET if within else ""


def _deliver(
    office: Office, server: smtplib.SMTP, jobs: Sequence[_Job], run: tuple[datetime, MailResult]
) -> None:
    """A mail after the other; who was reached is noted before the next one."""
    now, result = run
    for who, address, own in _by_reader(jobs):
        mail = letter(office, [one.notice for one in own], now)
        answer = hand_over(server, mail, address)
        if answer:
            result.failed[answer] += 1
        else:
            result.sent += 1
        for one in own:
            if answer:
                one.answers[who] = answer
            else:
                one.reached.append(who)
        if not answer:
            _note_reader(office, own, who)
        if server.sock is None:  # the server hung up: the others wait for the next run
            raise smtplib.SMTPServerDisconnected(answer)


def _by_reader(jobs: Sequence[_Job]) -> Iterator[tuple[str, str, list[_Job]]]:
    """Each mail to be written: for whom, where to, and for which messages."""
    found: defaultdict[tuple[str, str], list[_Job]] = defaultdict(list)
    for job in jobs:
        for reader in job.addresses.items():
            found[reader].append(job)
    for (who, address), own in found.items():
        if len(own) >= DIGEST_FROM or any(who in one.digest for one in own):
            yield who, address, own
        else:
            yield from ((who, address, [one]) for one in own)


def count_waiting(session: Session, now: datetime) -> int:
    """How many messages are to be mailed: neither those that were read nor those too old for it."""
    return session.exec(select(func.count()).where(*_waiting(now))).one()


def _waiting(now: datetime) -> list[ColumnElement[bool]]:
    return [
        col(InboxMessage.mailed_at).is_(None),
        col(InboxMessage.mail_note).is_(None),
        col(InboxMessage.created_at) > now - MAIL_WITHIN,
        col(InboxMessage.read_at).is_(None),
    ]


def _unmailed(now: datetime) -> list[ColumnElement[bool]]:
    claimed = col(InboxMessage.mail_claimed_until)
    return [*_waiting(now), or_(claimed.is_(None), claimed <= now)]


def _count(office: Office, now: datetime) -> int:
    with reading(office.engine) as session:
        query = select(func.count()).select_from(InboxMessage).where(*_unmailed(now))
        return session.exec(query).one()


def _claim(office: Office, now: datetime, limit: int, result: MailResult) -> list[_Job]:
    """Takes messages that are due; nobody else mails them meanwhile."""
    order = col(InboxMessage.mail_attempts), col(InboxMessage.id)
    query = select(InboxMessage).where(*_unmailed(now)).order_by(*order).limit(limit)
    jobs: list[_Job] = []
    with reading(office.engine) as session:
        if session.exec(query.limit(1)).first() is None:
            return []
    with transaction(office.engine) as session:
        for row in session.exec(query.with_for_update(skip_locked=True)):
            # 2, 4, 8 … minutes after the last attempt: the eighth comes four hours after the first.
            rest = timedelta(minutes=2**row.mail_attempts) if row.mail_attempts else timedelta()
            if now < (row.mail_tried_at or row.created_at) + rest:
                result.skipped[RESTING] += 1
                continue
            row.mail_claimed_until = now + CLAIMED_FOR
            session.add(row)
            dossier = session.get_one(Dossier, row.clue_id) if row.clue_id is not None else None
            known = _addresses(session, office, row, now)
            wished = dispatch(session, row, _not_reached(session, row, known), now)
            nobody = DESK_ONLY if wished.unwanted else READ if known else NO_ADDRESS
            notice = Notice(row, dossier)
            jobs.append(_Job(notice, wished.now, nobody, wished.later, wished.digest))
    return jobs


def _addresses(session: Session, office: Office, message: InboxMessage, now: datetime) -> Addresses:
    """Everybody a message is for, and who stands in; the desk where nobody has a mailbox."""
    query = select(User).where(col(User.active), col(User.department_id) == message.department_id)
    if message.user_id is not None:
        query = query.where(col(User.id) == message.user_id)
    users = session.exec(query.order_by(col(User.id)))
    found = {
        user.id: user.email
        for user in users
        if user.email and (message.user_id or (message.role and message.role in user.roles))
    }
    if message.user_id and message.clue_id is not None:
        standing_in = substitutes_of(session, message.user_id, now)
        lent = [one for one in standing_in if one.id != message.written_by]
        found |= {one.id: one.email for one in lent if one.email}
    desk = office.rules.departments[message.department_id].email
    if not found and desk:
        found = {message.department_id: desk}
    return found


def _not_reached(session: Session, message: InboxMessage, known: Addresses) -> Addresses:
    """Those of the addresses to whom it was neither mailed nor shown: reading is each one's own."""
    query = select(MessageRead.user_id).where(col(MessageRead.message_id) == message.id)
    reached = {*message.mailed_to, *session.exec(query)}
    return {who: address for who, address in known.items() if who not in reached}


def _has_reader(office: Office, job: _Job, result: MailResult) -> bool:
    if job.addresses:
        return True
    result.skipped[LATER if job.later else job.nobody] += 1
    with transaction(office.engine) as session:
        row = session.get_one(InboxMessage, job.notice.message.id)
        # Nobody takes it again before somebody wants it.
        row.mail_note = None if job.later else job.nobody
        row.mail_claimed_until = job.later
        session.add(row)
    return False


def _note_reader(office: Office, jobs: Sequence[_Job], who: str) -> None:
    with transaction(office.engine) as session:
        for job in jobs:
            row = session.get_one(InboxMessage, job.notice.message.id)
            row.mailed_to = [*row.mailed_to, who]
            session.add(row)


def _give_back(office: Office, job: _Job, now: datetime) -> None:
    """Ends the claim; the message is done when nobody is left to try."""
    with transaction(office.engine) as session:
        row = session.get_one(InboxMessage, job.notice.message.id)
        row.mail_claimed_until = job.later
        if job.answers:
            row.mail_attempts, row.mail_tried_at = row.mail_attempts + 1, now
        # 5xx is for good: the server will say the same tomorrow (RFC 5321).
        for_good = all(answer.startswith("5") for answer in job.answers.values())
        given_up = row.mail_attempts >= MOST_ATTEMPTS or (job.is_tried and for_good)
        if row.mailed_to and given_up and job.later is None:
            row.mailed_at = now
        if job.answers and given_up:
            row.mail_note = "；".join(f"{who}：{text}" for who, text in job.answers.items())
        session.add(row)
