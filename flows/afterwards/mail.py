"""E-mail for inbox messages: a clue number and a link, never a fact of the case. No Prefect here.

Every address stands alone: one that fails is tried again later and never stops the others.
"""

import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.work import InboxMessage
from flows.door.page_paths import page_path
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading, transaction

MAIL_WITHIN = timedelta(days=3)
"""Older messages are left to the inbox: a mail about them would only confuse."""
MOST_ATTEMPTS = 8
BATCH = 200
TIMEOUT = 30.0

NO_SERVER = "没有设置邮件服务器"
UNREACHABLE = "邮件服务器连接不上，稍后再试"
NO_ADDRESS = "收件部门和人员都没有登记邮箱"
RESTING = "上次投递失败，稍后再试"

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


def send_mail(office: Office, now: datetime, limit: int = BATCH) -> MailResult:
    """Mails what lies unread in the inboxes, each message once to everybody it is for.

    At most `limit` messages in a run. A server that cannot be reached, or none at all, is told in
    the result and raises nothing: the next run tries again.
    """
    result = MailResult()
    if not office.settings.smtp_host:
        result.skipped[NO_SERVER] += _count(office, now)
        return result
    with reading(office.engine) as session:
        waiting = _waiting(session, now, limit)
        jobs = [(one, _dossier(session, one), _addresses(session, office, one)) for one in waiting]
    ready = [job for job in jobs if _is_ready(office, job, now, result)]
    if not ready:
        return result
    try:
        with _connected(office.settings) as server:
            for message, dossier, addresses in ready:
                mail = _letter(office, message, dossier)
                reached, answers = _send(server, mail, addresses)
                result.sent += len(reached)
                result.failed.update(answers.values())
                _note(office, message, (reached, answers), now)
                if server.sock is None:  # the server hung up: the others wait for the next run
                    result.skipped[UNREACHABLE] += 1
                    break
    except (OSError, smtplib.SMTPException):
        result.skipped[UNREACHABLE] += 1
    return result


def _unmailed(now: datetime) -> list[ColumnElement[bool]]:
    return [
        col(InboxMessage.mailed_at).is_(None),
        col(InboxMessage.mail_note).is_(None),
        col(InboxMessage.created_at) > now - MAIL_WITHIN,
        col(InboxMessage.read_at).is_(None),
    ]


def _count(office: Office, now: datetime) -> int:
    with reading(office.engine) as session:
        query = select(func.count()).select_from(InboxMessage).where(*_unmailed(now))
        return session.exec(query).one()


def _waiting(session: Session, now: datetime, limit: int) -> list[InboxMessage]:
    query = select(InboxMessage).where(*_unmailed(now)).limit(limit)
    order = col(InboxMessage.mail_attempts), col(InboxMessage.id)
    return list(session.exec(query.order_by(*order)))


def _dossier(session: Session, message: InboxMessage) -> Dossier | None:
    return session.get_one(Dossier, message.clue_id) if message.clue_id is not None else None


def _addresses(session: Session, office: Office, message: InboxMessage) -> Addresses:
    """Everybody a message is for and not reached yet; the desk where nobody has a mailbox."""
    query = select(User).where(col(User.active), col(User.department_id) == message.department_id)
    if message.user_id is not None:
        query = query.where(col(User.id) == message.user_id)
    users = session.exec(query.order_by(col(User.id)))
    found = {
        user.id: user.email
        for user in users
        if user.email and (message.user_id or (message.role and message.role in user.roles))
    }
    desk = office.rules.departments[message.department_id].email
    if not found and desk:
        found = {message.department_id: desk}
    return {who: address for who, address in found.items() if who not in message.mailed_to}


def _is_ready(
    office: Office,
    job: tuple[InboxMessage, Dossier | None, Addresses],
    now: datetime,
    result: MailResult,
) -> bool:
    message, _, addresses = job
    if not addresses:
        result.skipped[NO_ADDRESS] += 1
        _close(office, message, NO_ADDRESS)
        return False
    # 2, 4, 8 … minutes after the message was made: the eighth attempt comes after two hours.
    rest = timedelta(minutes=2**message.mail_attempts) if message.mail_attempts else timedelta()
    if now < message.created_at + rest:
        result.skipped[RESTING] += 1
        return False
    return True


@contextmanager
def _connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=TIMEOUT) as server:
        if settings.smtp_tls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        yield server


def _letter(office: Office, message: InboxMessage, dossier: Dossier | None) -> EmailMessage:
    """The mail: that there is something to read, and where; what it says stays in the system."""
    settings = office.settings
    what = f"{office.rules.lifecycles[dossier.kind].label}{dossier.no}" if dossier else ""
    base = settings.base_url.rstrip("/")
    mail = EmailMessage()
    mail["Subject"] = f"〔移送〕{what}有一条新消息" if what else "〔移送〕您有一条新消息"
    mail["From"] = settings.smtp_from
    mail["Message-ID"] = f"<yisong-inbox-{message.id}@{settings.smtp_from.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    link = f"{base}{page_path(dossier.kind, dossier.no)}" if dossier else f"{base}/inbox"
    mail.set_content(f"请登录系统查看并办理：{link}\n\n本邮件由系统自动发出，请勿回复。\n")
    return mail


def _send(
    server: smtplib.SMTP, mail: EmailMessage, addresses: Addresses
) -> tuple[list[str], dict[str, str]]:
    """Who was reached, and the server's answer for everybody who was not."""
    reached: list[str] = []
    answers: dict[str, str] = {}
    for who, address in addresses.items():
        try:
            del mail["To"]
            mail["To"] = address
            server.send_message(mail, to_addrs=[address])
            reached.append(who)
        except smtplib.SMTPRecipientsRefused as refused:
            code, text = next(iter(refused.recipients.values()))
            answers[who] = f"{code} {text.decode(errors='replace')}"
        except (smtplib.SMTPException, ValueError) as fault:
            answers[who] = str(fault)
    return reached, answers


def _note(
    office: Office,
    message: InboxMessage,
    done: tuple[list[str], dict[str, str]],
    now: datetime,
) -> None:
    """Writes down who was reached; the message is done when nobody is left to try."""
    reached, answers = done
    with transaction(office.engine) as session:
        row = session.get_one(InboxMessage, message.id)
        row.mailed_to = [*row.mailed_to, *reached]
        if answers:
            row.mail_attempts += 1
        # 5xx is for good: the server will say the same tomorrow (RFC 5321).
        given_up = row.mail_attempts >= MOST_ATTEMPTS or all(
            answer.startswith("5") for answer in answers.values()
        )
        if row.mailed_to and given_up:
            row.mailed_at = now
        if answers and given_up:
            row.mail_note = "；".join(f"{who}：{text}" for who, text in answers.items())
        session.add(row)


def _close(office: Office, message: InboxMessage, note: str) -> None:
    with transaction(office.engine) as session:
        row = session.get_one(InboxMessage, message.id)
        row.mail_note = note
        session.add(row)
