"""Mail for inbox messages, against a real SMTP server on this host."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import ValidationError
from sqlmodel import col, select

from domain.tables.people import User
from domain.tables.personal import NoticeWish
from domain.tables.work import InboxMessage, MessageRead
from flows.afterwards.mail import (
    CLAIMED_FOR,
    LATER,
    MAIL_WITHIN,
    MOST_ATTEMPTS,
    NO_ADDRESS,
    NO_SERVER,
    QUIET,
    READ,
    UNREACHABLE,
    send_mail,
)
from flows.afterwards.notice_wishes import keep_wish
from flows.people.mail_addresses import is_mail_address
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading, transaction
from flows.upkeep.health import health
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


def test_who_has_read_a_message_himself_gets_no_mail_and_the_others_do(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="a@example.invalid", colleague="b@example.invalid")
    _reads(mailing, told, "handler")

    send_mail(mailing, told.now)

    assert postbox.addresses() == ["b@example.invalid"]
    assert message(mailing).mailed_at == told.now


def test_a_message_that_all_have_read_is_mailed_to_nobody_and_is_no_failure(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="a@example.invalid", colleague="b@example.invalid")
    give_mailbox(mailing, section="c@example.invalid")
    for one in ("handler", "colleague"):
        _reads(mailing, told, one)

    result = send_mail(mailing, told.now)

    assert postbox.addresses() == []
    assert (result.failed, result.skipped[READ]) == ({}, 1)
    assert message(mailing).mail_note == READ


def _reads(office: Office, told: Story, who: str) -> None:
    found = message(office)
    with transaction(office.engine) as session:
        session.add(MessageRead(message_id=found.id or 0, user_id=who, read_at=told.now))


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


def test_an_address_that_is_none_stops_nobody_and_is_noted(
    mailing: Office, told: Story, postbox: Postbox
):
    """`zhi@[10.1.2.3` used to end every run: nobody behind that message ever got mail."""
    give_mailbox(mailing, handler="zhi@[10.1.2.3", colleague="b@example.invalid")

    for _ in range(3):
        send_mail(mailing, told.now)

    assert postbox.addresses() == ["b@example.invalid"]
    assert "写法不正确" in (message(mailing).mail_note or "")


@pytest.mark.parametrize(
    "address",
    ["zhi@[10.1.2.3", "a b@example.cn", "a@", "@b", "a@b@c", "a..b@c.cn", "张@例子.cn", "a\n@b"],
)
def test_what_is_no_address_is_told_apart(address: str):
    assert not is_mail_address(address)
    assert is_mail_address("zhang.san-1@mail.example.cn")
    assert is_mail_address("zhi@mailhost")


def test_the_rest_counts_from_the_last_attempt(mailing: Office, told: Story, postbox: Postbox):
    """After a night without a server, a full mailbox used up its attempts in minutes."""
    give_mailbox(mailing, handler="full@example.invalid")
    postbox.errors = {"full@example.invalid": FULL}
    morning = told.now + timedelta(hours=9)

    for minute in range(5):
        send_mail(mailing, morning + timedelta(minutes=minute))

    assert message(mailing).mail_attempts == 2


def test_two_who_send_at_once_mail_each_once(mailing: Office, told: Story, postbox: Postbox):
    give_mailbox(mailing, handler="a@example.invalid", colleague="b@example.invalid")

    with ThreadPoolExecutor(4) as senders:
        list(senders.map(lambda _: send_mail(mailing, told.now), range(4)))

    assert sorted(postbox.addresses()) == ["a@example.invalid", "b@example.invalid"]


def test_what_a_killed_sender_took_is_mailed_when_its_claim_ends(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="a@example.invalid")
    with transaction(mailing.engine) as session:
        for row in session.exec(select(InboxMessage)):
            row.mail_claimed_until = told.now + CLAIMED_FOR

    assert send_mail(mailing, told.now).sent == 0
    assert send_mail(mailing, told.now + CLAIMED_FOR).sent == 1


def test_a_message_without_a_clue_leads_to_the_messages_and_has_a_date(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="a@example.invalid")
    add_messages(mailing, told, 1)

    send_mail(mailing, told.now)

    mails = [mail for _, mail in postbox.arrived]
    assert any("https://yisong.example.invalid/messages" in mail.get_content() for mail in mails)
    assert all(mail["Date"].datetime == told.now.replace(microsecond=0) for mail in mails)


def test_many_messages_at_once_are_one_mail(mailing: Office, told: Story, postbox: Postbox):
    give_mailbox(mailing, handler="a@example.invalid")
    add_messages(mailing, told, 60)

    assert send_mail(mailing, told.now).sent == 1
    assert send_mail(mailing, told.now).sent == 0

    [(_, mail)] = postbox.arrived
    assert "有61条新消息" in mail["Subject"]
    assert mail.get_content().count(f"/clues/{told.row().no}") == 1


def test_nobody_is_disturbed_in_the_quiet_hours(mailing: Office, told: Story, postbox: Postbox):
    give_mailbox(mailing, handler="a@example.invalid")
    settings = mailing.settings.model_copy(update={"mail_quiet": "22-7"})
    quiet = replace(mailing, settings=settings)
    night = told.now.replace(hour=23)

    assert send_mail(quiet, night).skipped[QUIET] == 1
    assert send_mail(quiet, night + timedelta(hours=7)).skipped[QUIET] == 1
    assert send_mail(quiet, night + timedelta(hours=8)).sent == 1


def test_each_is_mailed_as_he_wishes_and_a_digest_holds_all_of_a_day(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="a@example.invalid", colleague="b@example.invalid")
    add_messages(mailing, told, 1)
    keep_wish(mailing, NoticeWish(user_id="handler", ways={"step": "desk", "other": "desk"}))
    keep_wish(mailing, NoticeWish(user_id="colleague", digest_hour=7))
    morning = (told.now + timedelta(days=1)).replace(hour=7, minute=0)

    assert send_mail(mailing, told.now).skipped == {LATER: 2}
    assert send_mail(mailing, morning - timedelta(minutes=1)).sent == 0
    assert send_mail(mailing, morning).sent == 1
    assert send_mail(mailing, morning + timedelta(hours=1)).sent == 0

    [(to, mail)] = postbox.arrived
    assert to == "b@example.invalid" and "有2条新消息" in mail["Subject"]


def test_quiet_hours_that_are_none_are_refused():
    with pytest.raises(ValidationError, match="22-7"):
        Settings(mail_quiet="nachts")


def test_health_tells_a_server_that_is_down_and_who_got_nothing(
    mailing: Office, told: Story, postbox: Postbox
):
    give_mailbox(mailing, handler="gone@example.invalid")
    postbox.errors = {"gone@example.invalid": UNKNOWN}
    send_mail(mailing, told.now)
    down = replace(mailing, settings=mailing.settings.model_copy(update={"smtp_port": free_port()}))
    add_messages(mailing, told, 1)
    send_mail(down, told.now)

    lines = {one.label: one for part in health(mailing, told.now) for one in part.lines}
    assert lines["邮件服务器"].verdict == "bad"
    assert "1条消息有人没有收到" in lines["邮件投递失败"].value

    postbox.errors = {}
    assert send_mail(mailing, told.now).sent == 1
    assert "邮件服务器" not in {
        one.label for part in health(mailing, told.now) for one in part.lines
    }


def add_messages(office: Office, story: Story, count: int) -> None:
    """Messages for handlers that are about no clue."""
    sample = message(office)
    with transaction(office.engine) as session:
        session.add_all(
            InboxMessage(
                key=f"more-{number}",
                department_id=sample.department_id,
                role="handler",
                kind="calendar",
                title="缺少放假安排",
                body="请上传",
                created_at=story.now,
            )
            for number in range(count)
        )


def test_only_what_will_be_mailed_counts_as_waiting(mailing: Office, told: Story, postbox: Postbox):
    """Otherwise the alert of waiting mail stays on where mail was set up late, or people read."""
    add_messages(mailing, told, 2)
    with transaction(mailing.engine) as session:
        old, read, *_ = session.exec(select(InboxMessage).order_by(col(InboxMessage.id).desc()))
        old.created_at -= MAIL_WITHIN + timedelta(hours=1)
        read.read_at = told.now
        session.add_all([old, read])

    lines = {one.label: one.value for part in health(mailing, told.now) for one in part.lines}

    assert lines["邮件"].endswith("待发1封")
