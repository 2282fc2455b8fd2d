"""Steps told to other systems: what is told, to whom, signed how, and tried again until taken."""

import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Refused
from domain.tables.interface import Webhook, WebhookDelivery
from domain.tables.record import Event
from flows.afterwards.outbox import MOST_ATTEMPTS, Job, Later, claim, fail, finish, queue
from flows.site.event_chain import verify
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.systems.outgoing_requests import AddressRefused, check_address
from flows.systems.webhook_sending import WebhookNotTaken, send_trial, send_webhook
from flows.systems.webhooks import (
    Subscribed,
    WebhookWish,
    deliveries,
    end_webhook,
    forget_deliveries,
    retry_deliveries,
    subscribe,
)
from flows.upkeep.health import health
from tests.helpers.inspections.draws import fill_rosters
from tests.helpers.inspections.visits import ENTERED, VisitStory
from tests.helpers.people import actor
from tests.helpers.receiver import Receiver, receiving
from tests.helpers.story import Story

TOLD = "13800138000"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A real server that writes down what it is sent."""
    with receiving() as found:
        yield found


@pytest.fixture
def told(office: Office, receiver: Receiver) -> Office:
    """An office that may write to the receiver."""
    settings = office.settings.model_copy(update={"webhook_hosts": receiver.host})
    return replace(office, settings=settings)


def subscribed(office: Office, url: str, user: str = "desk", *events: str) -> Subscribed:
    wish = WebhookWish("市平台", url, user, events or ("*",))
    return subscribe(office, wish, actor("administrator"), Story(office).now)


def jobs_of(office: Office, story: Story) -> list[Job]:
    return [one for one in claim(office, story.now, "test") if one.stage == "outside"]


def test_step_and_its_message_are_written_together(told: Office, receiver: Receiver) -> None:
    subscribed(told, receiver.url, "desk", "clue.register", "clue.dispatch")
    story = Story(told)
    story.walk("register", "dispatch")
    story.refused("dispatch")

    with reading(told.engine) as session:
        events = session.exec(select(WebhookDelivery.event)).all()

    assert events == ["clue.register", "clue.dispatch"]


def test_message_tells_where_the_clue_stands_and_nothing_of_the_reporter(
    told: Office, receiver: Receiver
) -> None:
    subscribed(told, receiver.url)
    story = Story(told)
    story.does("register", reporter_name="欧阳无名", reporter_phone=TOLD, content="门店无证经营")
    for job in jobs_of(told, story):
        send_webhook(told, job, story.now)

    (_, body) = receiver.got[0]
    found = json.loads(body)
    assert found["type"] == "clue.register"
    assert found["data"]["clue"].startswith("XS2026")
    assert found["data"]["to_state"] == "registered"
    assert "欧阳" not in body.decode() and TOLD not in body.decode()
    assert "门店无证经营" not in body.decode()


def test_signature_is_over_id_moment_and_body(told: Office, receiver: Receiver) -> None:
    secret = subscribed(told, receiver.url).secret
    story = Story(told)
    story.does("register")
    for job in jobs_of(told, story):
        send_webhook(told, job, story.now)

    headers, body = receiver.got[0]
    key = base64.b64decode(secret.removeprefix("whsec_"))
    words = f"{headers['Yisong-Id']}.{headers['Yisong-Timestamp']}.".encode() + body
    digest = hmac.new(key, words, sha256)
    assert headers["Yisong-Signature"] == f"v1={digest.hexdigest()}"
    assert headers["Webhook-Signature"] == f"v1,{base64.b64encode(digest.digest()).decode()}"
    assert headers["Yisong-Timestamp"] == str(int(story.now.timestamp()))


def test_message_sent_again_bears_the_same_id_and_body(told: Office, receiver: Receiver) -> None:
    """The worker is killed after sending and before it could write that down."""
    subscribed(told, receiver.url)
    story = Story(told)
    story.does("register")
    (job,) = jobs_of(told, story)
    send_webhook(told, job, story.now)
    with transaction(told.engine) as session:
        row = session.exec(select(WebhookDelivery)).one()
        row.delivered_at = None
        session.add(row)

    send_webhook(told, job, story.now + timedelta(minutes=11))

    (first, body), (second, same) = receiver.got
    assert first["Yisong-Id"] == second["Yisong-Id"]
    assert body == same
    assert first["Yisong-Timestamp"] != second["Yisong-Timestamp"]


def test_taken_message_is_not_sent_again(told: Office, receiver: Receiver) -> None:
    subscribed(told, receiver.url)
    story = Story(told)
    story.does("register")
    (job,) = jobs_of(told, story)

    for _ in range(2):
        send_webhook(told, job, story.now)

    assert len(receiver.got) == 1


@pytest.mark.parametrize("status", [301, 400, 410, 500])
def test_refused_message_rests_and_so_does_its_address(
    told: Office, receiver: Receiver, status: int
) -> None:
    """A redirect is not followed either: it could lead anywhere."""
    subscribed(told, receiver.url)
    receiver.status = status
    story = Story(told)
    story.walk("register", "dispatch")
    first, second, *_ = jobs_of(told, story)

    with pytest.raises(WebhookNotTaken, match=str(status)):
        send_webhook(told, first, story.now)
    waits = send_webhook(told, second, story.now)

    assert waits == Later(story.now + timedelta(minutes=1))
    assert len(receiver.got) == 1


def test_health_tells_an_address_that_does_not_take_its_messages(
    told: Office, receiver: Receiver
) -> None:
    subscribed(told, receiver.url)
    receiver.status = 500
    story = Story(told)
    story.walk("register", "dispatch")
    first, second, *_ = jobs_of(told, story)
    with pytest.raises(WebhookNotTaken):
        send_webhook(told, first, story.now)
    failing = _outside(told, story)
    receiver.status = 204
    story.waits(hours=3)
    send_webhook(told, second, story.now)

    assert "连续1次没有接收" in failing["对外通知 市平台"]
    assert "对外通知 市平台" not in _outside(told, story)


def _outside(office: Office, story: Story) -> dict[str, str]:
    lines = (one for part in health(office, story.now) for one in part.lines)
    return {one.label: one.value for one in lines}


def test_message_that_nobody_takes_is_parked_and_sent_when_asked_for(
    told: Office, receiver: Receiver
) -> None:
    hook = subscribed(told, receiver.url, "desk", "clue.register").row
    receiver.status = 503
    story = Story(told)
    story.does("register")
    for _ in range(MOST_ATTEMPTS):
        (job,) = jobs_of(told, story)
        with pytest.raises(WebhookNotTaken) as problem:
            send_webhook(told, job, story.now)
        fail(told, job, str(problem.value), story.now)
        story.waits(hours=3)
    assert queue(told, story.now).parked == 1
    assert _states(told, hook) == ["搁置"]

    receiver.status = 200
    again = retry_deliveries(told, hook.id or 0, actor("administrator"), story.now)
    (job,) = jobs_of(told, story)
    send_webhook(told, job, story.now)
    finish(told, [job], story.now)

    assert again == 1
    assert _states(told, hook) == ["已送达"]


def _states(office: Office, hook: Webhook) -> list[str]:
    with reading(office.engine) as session:
        lines, _ = deliveries(session, hook.id or 0)
        return [one.state for one in lines]


def test_address_is_told_what_its_owner_may_see(told: Office, receiver: Receiver) -> None:
    """Another department's address hears nothing; the police hear of referrals only."""
    for user in ("urban", "handler", "police"):
        subscribed(told, receiver.url, user)
    story = Story(told)
    story.walk("register", "dispatch", "accept", "verify", "conclude", "refer")
    story.walk("referral.approve", "referral.deliver")

    by_owner = _events_by_owner(told)

    assert "urban" not in by_owner
    assert {"clue.dispatch", "clue.accept"} <= by_owner["handler"]
    assert by_owner["police"] == {"referral.deliver"}


def _events_by_owner(office: Office) -> dict[str, set[str]]:
    query = select(Webhook.user_id, WebhookDelivery.event).join(
        Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id)
    )
    found: dict[str, set[str]] = {}
    with reading(office.engine) as session:
        for owner, event in session.exec(query):
            found.setdefault(owner, set()).add(event)
    return found


def test_ended_address_is_told_nothing_not_even_what_waited(
    told: Office, receiver: Receiver
) -> None:
    hook = subscribed(told, receiver.url).row
    story = Story(told)
    story.does("register")
    end_webhook(told, hook.id or 0, actor("administrator"), story.now)

    for job in jobs_of(told, story):
        send_webhook(told, job, story.now)
    story.does("dispatch")

    assert receiver.got == []
    assert set(_states(told, hook)) <= {"未发送", "待发送"}


def test_nothing_is_written_down_where_nobody_listens(office: Office) -> None:
    Story(office).walk("register", "dispatch")

    with reading(office.engine) as session:
        assert session.exec(select(WebhookDelivery)).first() is None


def test_subscription_and_its_end_are_on_record(told: Office, receiver: Receiver) -> None:
    found = subscribed(told, receiver.url)
    end_webhook(told, found.row.id or 0, actor("administrator"), Story(told).now)

    with reading(told.engine) as session:
        rows = session.exec(select(Event).order_by(col(Event.seq))).all()
        assert verify(session, told.keys.chain).holds
    assert [one.action for one in rows] == ["subscribe", "end"]
    assert found.secret not in repr(rows) + repr(found)


def test_secret_is_sealed_in_the_database(told: Office, receiver: Receiver) -> None:
    found = subscribed(told, receiver.url)

    with Session(told.engine) as session:
        stored = session.exec(select(Webhook)).one()

    assert found.secret.encode() not in stored.secret_sealed


def test_refused_subscription_lists_every_reason(told: Office) -> None:
    wish = WebhookWish("", "http://169.254.169.254/latest", "nobody", ("clue.explode",))

    with pytest.raises(Refused) as problem:
        subscribe(told, wish, actor("handler"), Story(told).now)

    text = str(problem.value)
    for part in ("管理员", "名称", "https", "nobody", "clue.explode"):
        assert part in text


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://192.168.1.1:8443/",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[fe80::1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[fec0::1]/",
        "https://[::8.8.8.8]/",
        "https://[64:ff9b:1::a00:1]/",
        "https://[::ffff:0:10.0.0.1]/",
        "https://[2001:db8::1]/",
        "https://[3fff::1]/",
        "https://192.88.99.1/",
        "https://0.0.0.0/",
        "https://2130706433/",
        "http://8.8.8.8/",
        "https://user:pass@8.8.8.8/",
        "ftp://8.8.8.8/",
        "https://8.8.8.8:port/",
        "https://",
        "javascript:alert(1)",
    ],
)
def test_address_within_the_house_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(url, frozenset())


def test_open_address_is_reached_by_the_number_that_was_judged() -> None:
    target = check_address("https://8.8.8.8:8443/hooks?x=1", frozenset())

    assert str(target.connect_to) == "https://8.8.8.8:8443/hooks?x=1"


def test_host_named_by_the_operators_may_be_within(receiver: Receiver) -> None:
    assert check_address(receiver.url, frozenset({receiver.host})).ip == "127.0.0.1"
    with pytest.raises(AddressRefused):
        check_address(receiver.url, frozenset({"127.0.0.1:1"}))


def test_trial_tells_at_once_whether_the_address_answers(told: Office, receiver: Receiver) -> None:
    hook = subscribed(told, receiver.url).row
    good = send_trial(told, hook.id or 0, Story(told).now)
    receiver.status = 500
    bad = send_trial(told, hook.id or 0, Story(told).now)

    assert good.delivered_at and not bad.delivered_at
    assert "500" in bad.error
    assert receiver.bodies()[0]["type"] == "ping"


def test_nobody_listening_is_told_in_words(told: Office, receiver: Receiver) -> None:
    settings = told.settings.model_copy(update={"webhook_hosts": "127.0.0.1"})
    office = replace(told, settings=settings)
    hook = subscribed(office, "http://127.0.0.1:9/").row

    found = send_trial(office, hook.id or 0, Story(told).now)

    assert found.status is None
    assert "连接不上" in found.error


def test_messages_delivered_long_ago_are_forgotten_and_no_others(
    told: Office, receiver: Receiver
) -> None:
    subscribed(told, receiver.url)
    story = Story(told)
    story.walk("register", "dispatch")
    first, *_ = jobs_of(told, story)
    send_webhook(told, first, story.now)

    assert forget_deliveries(told, story.now + timedelta(days=89)) == 0
    assert forget_deliveries(told, story.now + timedelta(days=91)) == 1
    with reading(told.engine) as session:
        assert session.exec(select(WebhookDelivery)).first() is not None


def test_messages_are_written_and_sent_on_both_databases(
    any_office: Office, receiver: Receiver
) -> None:
    settings = any_office.settings.model_copy(update={"webhook_hosts": receiver.host})
    office = replace(any_office, settings=settings)
    hook = subscribed(office, receiver.url, "handler").row
    story = Story(office)
    story.walk("register", "dispatch", "accept")

    for job in jobs_of(office, story):
        send_webhook(office, job, story.now)
        finish(office, [job], story.now)

    told = [one["type"] for one in receiver.bodies()]
    assert {"clue.dispatch", "clue.accept"} <= set(told)
    assert set(_states(office, hook)) == {"已送达"}


def test_exchange_hears_of_published_results_and_never_of_a_class(
    told: Office, receiver: Receiver, tmp_path: Path
) -> None:
    """鲁政办发〔2023〕14号第21项: who takes data over is told when there is something new."""
    fill_rosters(told, tmp_path)
    subscribed(told, receiver.url, "supervisor", "finding.publish", "publication.publish")
    story = VisitStory(told)
    story.walk(*ENTERED, "finding.enter_result", "visit.tell", "finding.publish")
    with Session(told.engine) as session:
        [sent] = session.exec(select(WebhookDelivery)).all()
    body = json.loads(sent.body)
    assert (body["type"], body["data"]["undertaking"]) == ("finding.publish", story.visit().no)
    assert "等级" not in sent.body
