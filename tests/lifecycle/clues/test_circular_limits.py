"""The limits of circulars: reminded, late on the board, in calendars, told to other systems."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

from icalendar import Calendar
from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.tables.interface import WebhookDelivery
from domain.tables.process import Process
from domain.tables.work import InboxMessage
from flows.afterwards.outbox import claim
from flows.lists.calendar_feeds import calendar_of
from flows.people.viewer import Viewer
from flows.reminders.sweep import sweep
from flows.site.office import Office
from flows.site.store import reading
from flows.systems.webhooks import WebhookWish, subscribe
from flows.watch.board import board
from flows.watch.board_details import Narrow, running_limits
from flows.watch.overdue_limits import overdue
from tests.helpers.by_hand import do, inbox
from tests.helpers.circulars import NO_ANSWER, CircularStory
from tests.helpers.people import actor


def issued(office: Office, **form: object) -> CircularStory:
    """A circular for the health commission that asks for no answer, unless told otherwise."""
    story = CircularStory(office)
    values = {"addressees": ["shili-health"], **NO_ANSWER, **form}
    story.does("circular.draft", **values)
    story.does("circular.issue")
    return story


def told(story: CircularStory, kind: str) -> set[tuple[str, str | None]]:
    """Which chairs were reminded of something of the circular."""
    with Session(story.office.engine) as session:
        query = select(InboxMessage).where(
            col(InboxMessage.clue_id) == story.clue, col(InboxMessage.kind) == kind
        )
        return {(one.department_id, one.role) for one in session.exec(query)}


def viewed(story: CircularStory, chair: str) -> Viewer:
    return Viewer(story.office, actor(chair), story.now)


def test_who_does_not_sign_is_reminded_rung_by_rung(any_office: Office) -> None:
    story = issued(any_office)

    for text in ("2026-05-12T09:00", "2026-05-13T09:00", "2026-05-15T09:00"):
        story.waits_until(text)
        assert sweep(story.office, story.now).failed == {}

    assert told(story, "reminder.due") == {
        ("shili-health", "handler"),
        ("shili-health", "department_head"),
    }
    assert told(story, "reminder.late") == {
        ("shili-health", "department_head"),
        ("shili-justice", "supervisor"),
    }
    assert told(story, "reminder.still_late") == {("shili-justice", "supervisor")}
    [message] = inbox(story, "reminder.still_late")
    assert message.body.startswith("情况通报TB2026000001，示例市卫生健康委员会：已逾期")
    assert "TB2026000001" in message.title


def test_no_order_of_supervision_is_drafted_over_a_circular(any_office: Office) -> None:
    """Supervision is over clues; a circular's ladder only reminds, however late."""
    story = issued(any_office)

    for day in range(12, 30):
        story.waits_until(f"2026-05-{day}T09:30")
        assert sweep(story.office, story.now).failed == {}

    with Session(any_office.engine) as session:
        kinds = set(session.exec(select(Process.kind)))
    assert kinds == {"circular_receipt"}


def test_who_has_signed_is_reminded_no_more(any_office: Office) -> None:
    story = issued(any_office)
    story.does("circular_receipt.sign")
    story.waits_until("2026-05-20T09:00")

    sweep(story.office, story.now)

    assert told(story, "reminder.late") == set()


def test_the_board_counts_a_late_signature_and_leads_to_its_line(any_office: Office) -> None:
    story = issued(any_office)
    story.waits_until("2026-05-18T10:00")

    with reading(any_office.engine) as session:
        viewer = viewed(story, "supervisor")
        [row] = board(session, viewer).rows
        [line] = running_limits(session, viewer, Narrow(stage="circular", light="red")).lines
        [late] = overdue(session, viewer, Narrow()).lines
        elsewhere = running_limits(session, viewed(story, "urban_head"), Narrow()).lines

    assert (row.name, row.cells["circular"].red) == ("示例市卫生健康委员会", 1)
    assert (line.no, line.path) == ("TB2026000001", "/undertakings/TB2026000001")
    assert (late.can_be_ordered, late.days) == (False, 6)
    assert elsewhere == ()


def test_the_addressee_finds_the_day_in_his_calendar(any_office: Office) -> None:
    story = issued(any_office, answer_asked=True, answer_due="2026-05-20")

    with reading(any_office.engine) as session:
        own = calendar_of(session, viewed(story, "health"))
        others = calendar_of(session, viewed(story, "urban"))

    events = Calendar.from_ical(own).walk("VEVENT")
    assert {str(one["summary"]) for one in events} == {
        "签收情况通报届满：TB2026000001",
        "反馈情况通报届满：TB2026000001",
    }
    assert all(str(one["url"]).endswith("/undertakings/TB2026000001") for one in events)
    assert Calendar.from_ical(others).walk("VEVENT") == []


def test_the_letter_is_laid_before_every_addressee_once(any_office: Office) -> None:
    story = issued(any_office, addressees=["shili-health", "shili-urban"])

    [job] = claim(any_office, story.now, "by hand")
    for _ in range(2):
        do(any_office, job, story.now)

    letters = inbox(story, "letter")
    assert {one.department_id for one in letters} == {"shili-health", "shili-urban"}
    assert len(letters) == 2
    assert "《情况通报》示市监通报〔2026〕1号" in letters[0].body
    assert "情况通报TB2026000001，请签收办理" in letters[0].body


def test_other_systems_are_told_as_far_as_their_user_sees(any_office: Office) -> None:
    now = datetime(2026, 5, 11, 8, 0, tzinfo=CHINA)
    settings = any_office.settings.model_copy(update={"webhook_hosts": "127.0.0.1:9"})
    office = replace(any_office, settings=settings)
    for chair in ("handler", "urban", "health"):
        wish = WebhookWish(chair, "http://127.0.0.1:9/hooks", chair, ("circular.*",))
        subscribe(office, wish, actor("administrator"), now)
    story = CircularStory(office)
    story.now = now + timedelta(hours=1)

    story.does("circular.draft", addressees=["shili-health"], **NO_ANSWER)
    story.does("circular.issue")

    with Session(any_office.engine) as session:
        rows = session.exec(select(WebhookDelivery).order_by(col(WebhookDelivery.id))).all()
    assert [(one.event, one.clue_no) for one in rows] == [
        ("circular.draft", "TB2026000001"),
        ("circular.issue", "TB2026000001"),
        ("circular.issue", "TB2026000001"),
    ]
    data = json.loads(rows[-1].body)["data"]
    assert (data["undertaking"], data["undertaking_state"]) == ("TB2026000001", "issued")
    assert "clue" not in data
