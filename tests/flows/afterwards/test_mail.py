"""Mail for inbox messages, against a real SMTP server on this host."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlmodel import col, select

from domain.tables.people import User
from domain.tables.work import InboxMessage
from flows.afterwards.mail import MOST_ATTEMPTS, NO_ADDRESS, NO_SERVER, UNREACHABLE, send_mail
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.story import Story

FULL = "452 mailbox full"
UNKNOWN = "550 no such user"


@dataclass
class Postbox:
    """What arrived, and the addresses that are answered with an error."""

    arrived: list[tuple[str, EmailMessage]] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd asks for
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.errors:
            return self.errors[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.arrived += [(to, mail) for to in envelope.rcpt_tos]
        return "250 OK"

    def addresses(self) -> list[str]:
        """Who got a mail, in order."""
        return [to for to, _ in self.arrived]


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def mailing(office: Office, postbox: Postbox) -> Iterator[Office]:
    """The test office with an SMTP server."""
    port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings = office.settings.model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": port,
            "smtp_from": "yisong@example.invalid",
            "base_url": "https://yisong.example.invalid/",
        }
    )
    yield replace(office, settings=settings)
    controller.stop()


@pytest.fixture
def told(mailing: Office) -> Story:
    """A dispatched clue: its lead's handlers have a message."""
    story = Story(mailing)
    story.walk("register", "dispatch")
    return story


def give_mailbox(office: Office, **addresses: str) -> None:
    with transaction(office.engine) as session:
        for user, address in addresses.items():
            session.get_one(User, user).email = address


def message(office: Office) -> InboxMessage:
    with reading(office.engine) as session:
        query = select(InboxMessage).where(col(InboxMessage.role) == "handler")
        return session.exec(query).one()


def test_a_mail_has_number_and_link_and_no_fact_of_the_case(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="zhang@example.invalid")

    result = send_mail(mailing, told.now)

    clue = told.row()
    [(to, mail)] = postbox.arrived
    text = mail.get_content()
    assert (to, result.sent) == ("zhang@example.invalid", 1)
    assert clue.no in mail["Subject"]
    assert f"https://yisong.example.invalid/clues/{clue.no}" in text
    for secret in (clue.title, clue.subject_name, "线索转办单"):
        assert secret not in text and secret not in mail["Subject"]


def test_every_message_is_mailed_once_to_everybody_in_its_chair(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="a@example.invalid", colleague="b@example.invalid")

    send_mail(mailing, told.now)
    send_mail(mailing, told.now)

    assert sorted(postbox.addresses()) == ["a@example.invalid", "b@example.invalid"]
    assert message(mailing).mailed_at == told.now


def test_one_failing_address_stops_no_other_and_is_tried_again(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="full@example.invalid", colleague="b@example.invalid")
    postbox.errors = {"full@example.invalid": FULL}

    first = send_mail(mailing, told.now)
    postbox.errors = {}
    early = send_mail(mailing, told.now + timedelta(minutes=1))
    late = send_mail(mailing, told.now + timedelta(minutes=5))

    assert (first.sent, first.failed) == (1, {"452 mailbox full": 1})
    assert (early.sent, late.sent) == (0, 1)
    assert postbox.addresses() == ["b@example.invalid", "full@example.invalid"]


def test_an_unknown_address_is_given_up_with_the_servers_words(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="nobody@example.invalid")
    postbox.errors = {"nobody@example.invalid": UNKNOWN}

    send_mail(mailing, told.now)
    send_mail(mailing, told.now + timedelta(hours=1))

    found = message(mailing)
    assert found.mailed_at is None
    assert found.mail_note == "handler：550 no such user"


def test_an_address_that_stays_full_is_given_up_at_last(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="full@example.invalid")
    postbox.errors = {"full@example.invalid": FULL}

    for attempt in range(MOST_ATTEMPTS + 2):
        send_mail(mailing, told.now + timedelta(hours=5 * attempt))

    assert message(mailing).mail_attempts == MOST_ATTEMPTS
    assert "452" in (message(mailing).mail_note or "")


def test_where_nobody_has_a_mailbox_the_desk_gets_it(
    mailing: Office, told: Story, postbox: Postbox
):
    send_mail(mailing, told.now)

    assert postbox.addresses() == [mailing.rules.departments["shili-market"].email]


def test_a_message_that_was_read_is_not_mailed(mailing: Office, told: Story, postbox: Postbox):
    give_mailbox(mailing, handler="a@example.invalid")
    with transaction(mailing.engine) as session:
        for row in session.exec(select(InboxMessage)):
            row.read_at = told.now

    send_mail(mailing, told.now)

    assert postbox.addresses() == []


def test_without_a_server_nothing_is_mailed_and_the_messages_are_counted(story: Story):
    story.walk("register", "dispatch")

    result = send_mail(story.office, story.now)

    assert (result.sent, result.skipped) == (0, {NO_SERVER: 1})
    assert message(story.office).mail_note is None


def test_a_server_that_is_down_costs_no_message_an_attempt(mailing: Office, told: Story):
    down = replace(mailing, settings=mailing.settings.model_copy(update={"smtp_port": 1}))

    result = send_mail(down, told.now)

    assert result.skipped == {UNREACHABLE: 1}
    assert (message(mailing).mail_attempts, message(mailing).mail_note) == (0, None)


def test_a_message_that_nobody_can_get_is_counted_once(mailing: Office, told: Story):
    with transaction(mailing.engine) as session:
        row = session.exec(select(InboxMessage)).one()
        row.department_id = "shandong-development"

    assert send_mail(mailing, told.now).skipped == {NO_ADDRESS: 1}
    assert send_mail(mailing, told.now).skipped == {}
