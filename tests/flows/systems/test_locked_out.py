"""Whoever is locked out is so everywhere at once; the record tells by what somebody acted."""

import getpass
from datetime import timedelta

import pytest
from sqlmodel import func, select

from cli.terminal.context import acting_user
from domain.lifecycle.plan import Refused
from domain.tables.interface import Webhook, WebhookDelivery
from domain.tables.record import Event
from flows.door.steps import Command, perform
from flows.lists.calendar_feeds import make_feed, whose_feed
from flows.lists.event_lines import history_of
from flows.people.user_keeping import Keeper, lock, reset_password, unlock
from flows.site.store import reading, transaction
from flows.systems.access_tokens import Holder, Issued, TokenWish, issue_token, whose_token
from tests.helpers.filled_forms import filled
from tests.helpers.people import actor
from tests.helpers.story import Story


def token_of(story: Story, chair: str, *scopes: str) -> Issued:
    wish = TokenWish("局内系统", chair, scopes, story.now + timedelta(days=30))
    return issue_token(story.office, wish, actor("administrator"), story.now)


def holder(story: Story, issued: Issued) -> Holder | None:
    with reading(story.office.engine) as session:
        return whose_token(story.office, session, issued.secret, story.now)


def has_feed(story: Story, key: str) -> bool:
    with reading(story.office.engine) as session:
        return whose_feed(session, key, story.now) is not None


def told(story: Story) -> int:
    with reading(story.office.engine) as session:
        return session.exec(select(func.count()).select_from(WebhookDelivery)).one()


def test_a_lock_closes_feed_token_and_webhook_at_once(story: Story) -> None:
    keeper = Keeper(story.office, actor("administrator"), story.now)
    key, token = make_feed(story.office, actor("desk"), story.now), token_of(story, "desk", "clues")
    with transaction(story.office.engine) as session:
        words = {"label": "x", "url": "https://example.gov.cn/", "secret_sealed": b"x"}
        given = {"events": ["*"], "user_id": "desk", "made_at": story.now, "made_by": "desk"}
        session.add(Webhook(**words, **given))
    story.walk("register")
    assert (has_feed(story, key), bool(holder(story, token)), told(story)) == (True, True, 1)

    lock(keeper, "desk")
    story.walk("dispatch")
    assert (has_feed(story, key), holder(story, token), told(story)) == (False, None, 1)

    unlock(keeper, "desk")
    assert has_feed(story, key)
    reset_password(keeper, "desk")
    assert not has_feed(story, key), "who knew the old password may know the address"


def test_the_record_tells_by_what_somebody_acted(story: Story) -> None:
    story.walk("register")
    found = holder(story, token_of(story, "desk", "actions"))
    assert found is not None
    form = filled("clue", "dispatch", story.now)
    command = Command("dispatch", clue=story.clue, form=form)
    perform(story.office, command, found.actor, story.now)

    with reading(story.office.engine) as session:
        event = session.exec(select(Event).where(Event.action == "dispatch")).one()
        lines = history_of(session, story.office, story.clue or 0)
    assert event.detail["via"] == "接口令牌1号“局内系统”"
    assert "热小线（接口令牌1号“局内系统”）" in {one.who for one in lines}
    assert acting_user(story.office, "head").via == f"命令行，系统账号{getpass.getuser()}"


def test_nobody_elses_system_decides_as_the_principal(story: Story) -> None:
    token_of(story, "principal", "clues")

    with pytest.raises(Refused, match="须本人登录办理"):
        token_of(story, "principal", "actions")
