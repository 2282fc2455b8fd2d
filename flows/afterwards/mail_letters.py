"""The letters behind inbox messages, and the server that takes them."""

import smtplib
import ssl
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from domain.situation.situation import CHINA
from domain.tables.dossier import Dossier
from domain.tables.work import InboxMessage
from flows.door.page_paths import page_path
from flows.people.mail_addresses import is_mail_address
from flows.site.event_chain import head_of
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading

TIMEOUT = 30.0
SMTPS = 465
"""The port on which the connection is encrypted from its beginning."""
MOST_LISTED = 50
NO_SUCH_FORM = "553 邮箱地址的写法不正确，请在用户或者部门资料中改正"
FAULTS = (smtplib.SMTPException, ValueError)


@dataclass(frozen=True)
class Notice:
    """A message and what it is about, if it is about a clue or an undertaking."""

    message: InboxMessage
    dossier: Dossier | None

    def subject(self, office: Office) -> str:
        """What it is about: a kind and a number, never a fact of the case."""
        one = self.dossier
        return f"{office.rules.lifecycles[one.kind].label}{one.no}" if one else ""

    def link(self, office: Office) -> str:
        """Where it is read and acted on."""
        base = office.settings.base_url.rstrip("/")
        one = self.dossier
        return f"{base}{page_path(one.kind, one.no)}" if one else f"{base}/messages"


@contextmanager
def connected(settings: Settings) -> Iterator[smtplib.SMTP]:
    """The server, signed in to; encrypted from the beginning (SMTPS) or from STARTTLS on."""
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_ssl or port == SMTPS:
        context = ssl.create_default_context()
        made: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
    else:
        made = smtplib.SMTP(host, port, timeout=TIMEOUT)
    with made as server:
        if settings.smtp_tls and not isinstance(server, smtplib.SMTP_SSL):
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        yield server


def letter(office: Office, notices: Sequence[Notice], now: datetime) -> EmailMessage:
    """One mail for these messages: that there is something to read, and where.

    One for several also notes the end of the record, which then lies with its readers as well.
    """
    settings = office.settings
    first = notices[0]
    if len(notices) > 1:
        subject = f"有{len(notices)}条新消息"
        told = Counter((one.subject(office) or "消息", one.link(office)) for one in notices)
        lines = [_listed(about, link, count) for (about, link), count in told.items()]
        more = [f"……共{len(notices)}条，其余请登录后查看"] if len(lines) > MOST_LISTED else []
        with reading(office.engine) as session:
            head = f"\n办理记录链尾：{head_of(session)}"
        text = "\n".join(["请登录系统查看并办理：", *lines[:MOST_LISTED], *more, head])
    else:
        about = first.subject(office)
        subject = f"{about}有一条新消息" if about else "您有一条新消息"
        text = f"请登录系统查看并办理：{first.link(office)}"
    mail = EmailMessage()
    mail["Subject"] = f"〔移送〕{subject}"
    mail["From"] = settings.smtp_from
    mail["Date"] = format_datetime(now.astimezone(CHINA))
    mail["Message-ID"] = (
        f"<yisong-inbox-{first.message.id}@{settings.smtp_from.rpartition('@')[2]}>"
    )
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(f"{text}\n\n本邮件由系统自动发出，请勿回复。\n")
    return mail


def _listed(about: str, link: str, count: int) -> str:
    """A clue's messages as one line, however many they are."""
    return f"{about}（{count}条）：{link}" if count > 1 else f"{about}：{link}"


def hand_over(server: smtplib.SMTP, mail: EmailMessage, address: str) -> str:
    """Gives the mail to the server for one address; the server's answer where it was not taken."""
    if not is_mail_address(address):
        return NO_SUCH_FORM
    try:
        mail["To"] = address
        server.send_message(mail, to_addrs=[address])
    except smtplib.SMTPRecipientsRefused as refused:
        code, text = next(iter(refused.recipients.values()))
        return f"{code} {text.decode(errors='replace')}"
    except FAULTS as fault:
        return str(fault) or type(fault).__name__
    return ""
