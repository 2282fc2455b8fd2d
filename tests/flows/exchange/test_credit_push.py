"""失信信息 goes out each quarter to whoever asked, and what is repaired is told as ended."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from domain.situation.situation import CHINA
from flows.afterwards.outbox import Job, Later, claim
from flows.exchange.check_actions import Days
from flows.exchange.credit_push import push_credit, quarter_at
from flows.exchange.packages import package_of
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading
from flows.systems.webhook_sending import WebhookNotTaken, send_webhook
from flows.systems.webhooks import QUARTERLY, WebhookWish, deliveries, end_webhook, subscribe
from tests.helpers.inspections.breaches import BreachStory
from tests.helpers.people import actor
from tests.helpers.receiver import Receiver, receiving
from tests.helpers.rosters import DAY

MINOR = {"level": "minor", "publicity_from": None, "publicity_until": None}
JULY = datetime(2026, 7, 1, 6, 0, tzinfo=CHINA)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """The credit platform's gateway."""
    with receiving() as found:
        yield found


@pytest.fixture
def told(office: Office, receiver: Receiver) -> Office:
    """An office with one breach that stands and one that is repaired; it may reach the gateway."""
    settings = office.settings.model_copy(update={"webhook_hosts": receiver.host})
    found = replace(office, settings=settings)
    story = BreachStory(found)
    story.walk("breach_record.record", "breach_record.confirm")
    story.does("breach_record.record", **MINOR)
    story.walk("breach_record.confirm", "credit_repair.apply", "credit_repair.grant")
    return found


def _subscribe(office: Office, url: str, user: str = "supervisor", *events: str) -> int:
    wish = WebhookWish("信用中国（示例市）", url, user, events or (QUARTERLY,))
    return subscribe(office, wish, actor("administrator"), JULY - timedelta(days=1)).row.id or 0


def _jobs(office: Office, now: datetime) -> list[Job]:
    return [one for one in claim(office, now, "test") if one.stage == "outside"]


def _data(body: dict[str, object]) -> dict[str, Any]:
    return cast("dict[str, Any]", body["data"])


def test_a_quarter_is_pushed_once_with_what_stands_and_what_ended(
    told: Office, receiver: Receiver
) -> None:
    """鲁政办发〔2023〕14号三（三）第14项; 信用修复: what is repaired is shared and used no more."""
    _subscribe(told, receiver.url)
    assert push_credit(told, JULY) == 1
    assert push_credit(told, JULY + timedelta(days=1)) == 0
    for job in _jobs(told, JULY):
        send_webhook(told, job, JULY)

    [body] = receiver.bodies()
    data = _data(body)
    assert (body["type"], data["quarter"], data["parts"]) == (QUARTERLY, "2026年第3季度", 1)
    assert [one["no"] for one in data["records"]] == ["SX2026000001"]
    ended = [(one["no"], one["operation"], one["reason"]) for one in data["changes"]]
    assert ended == [
        ("SX2026000001", "i", "记入"),
        ("SX2026000002", "i", "记入"),
        ("SX2026000002", "d", "已修复"),
    ]  # fmt: skip
    assert "等级" not in str(body) and receiver.got[0][0]["Webhook-Signature"].startswith("v1,")
    assert push_credit(told, JULY + timedelta(days=60)) == 0
    assert push_credit(told, JULY + timedelta(days=93)) == 1


def test_a_gateway_that_does_not_answer_rests_and_gets_the_same_message_later(
    told: Office, receiver: Receiver
) -> None:
    hook = _subscribe(told, receiver.url)
    receiver.status = 503
    push_credit(told, JULY)
    [job] = _jobs(told, JULY)

    with pytest.raises(WebhookNotTaken, match="HTTP 503"):
        send_webhook(told, job, JULY)
    soon = send_webhook(told, job, JULY + timedelta(seconds=20))
    assert isinstance(soon, Later) and soon.at == JULY + timedelta(minutes=1)
    receiver.status = 204
    assert send_webhook(told, job, JULY + timedelta(minutes=2)) is None

    first, second = receiver.got
    assert first[1] == second[1] and first[0]["Yisong-Id"] == second[0]["Yisong-Id"]
    with reading(told.engine) as session:
        lines, _ = deliveries(session, hook)
    assert [(one.state, one.delivery.tries) for one in lines] == [("已送达", 2)]


def test_only_who_asked_by_name_and_may_see_it_is_told(told: Office, receiver: Receiver) -> None:
    _subscribe(told, receiver.url, "supervisor", "*")
    _subscribe(told, receiver.url, "desk")
    ended = _subscribe(told, receiver.url)
    end_webhook(told, ended, actor("administrator"), JULY - timedelta(hours=2))

    assert push_credit(told, JULY) == 0


def test_changes_are_a_package_of_their_own(told: Office) -> None:
    viewer = Viewer(told, actor("supervisor"), JULY)
    with reading(told.engine) as session:
        found = package_of(session, viewer, "credit_changes", Days(DAY, DAY + timedelta(days=9)))
        none = package_of(session, viewer, "credit_changes", Days(JULY.date(), JULY.date()))
    assert [one["operation"] for one in found.records] == ["i", "i", "d"]
    assert list(found.records[0]) and set(found.records[0]) == set(found.labels)
    assert none.records == ()


@pytest.mark.parametrize(
    ("day", "begun", "before"),
    [("2026-01-01", "2026-01-01", "2025-10-01"), ("2026-12-31", "2026-10-01", "2026-07-01")],
)
def test_quarters_begin_with_their_first_month(day: str, begun: str, before: str) -> None:
    found = quarter_at(datetime.fromisoformat(day).date())

    assert (found.begun.isoformat(), found.before.isoformat()) == (begun, before)
