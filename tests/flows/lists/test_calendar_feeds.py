"""Calendar feeds: one's own limits, a key that can be taken back, and nothing of the content."""

from datetime import UTC, date, datetime

from icalendar import Calendar
from sqlmodel import select

from domain.tables.feed import CalendarFeed
from domain.tables.people import User
from flows.lists.calendar_feeds import calendar_of, feed_of, make_feed, revoke_feed, whose_feed
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, Story


def events(story: Story, chair: str) -> dict[str, date]:
    """What the person's calendar shows: each summary with its day."""
    with reading(story.office.engine) as session:
        content = calendar_of(session, Viewer(story.office, actor(chair), story.now))
    calendar = Calendar.from_ical(content)
    return {str(one["summary"]): one["dtstart"].dt for one in calendar.walk("VEVENT")}


def owner(office: Office, key: str) -> str | None:
    with reading(office.engine) as session:
        found = whose_feed(session, key, datetime.now(UTC))
    return found.id if found else None


def test_a_handler_sees_his_limits_at_their_days(any_office: Office) -> None:
    story = Story(any_office)
    story.walk(*ACCEPTED)

    found = events(story, "handler")

    assert found["线索核查与立案决定届满：XS2026000001"] == date(2026, 6, 1)
    assert "山东热线事项办理届满：XS2026000001" in found


def test_a_colleagues_clue_is_not_ones_own(story: Story) -> None:
    story.walk(*ACCEPTED)

    assert events(story, "colleague") == {}
    assert events(story, "head") != {}
    assert events(story, "health") == {}
    assert events(story, "administrator") == {}


def test_police_see_what_they_owe_once_it_was_delivered(story: Story) -> None:
    story.walk(*APPROVED)
    assert events(story, "police") == {}

    story.does("referral.deliver")

    assert list(events(story, "police")) == ["公安机关签收回执届满：XS2026000001"]


def test_a_supervisor_sees_the_limits_of_his_orders(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.waits(days=30)
    story.does("supervision.order")

    assert "行政执法监督督办函办理届满：XS2026000001" in events(story, "supervisor")


def test_limits_in_hours_are_moments_and_met_ones_are_gone(story: Story) -> None:
    story.walk(*APPROVED)
    [deliver] = [when for name, when in events(story, "handler").items() if "批准后移送" in name]

    story.does("referral.deliver")

    assert deliver.strftime("%H:%M %Z").endswith("UTC")
    assert not any("批准后移送" in name for name in events(story, "handler"))


def test_a_calendar_names_neither_parties_nor_content(story: Story) -> None:
    story.walk(*ACCEPTED)
    clue = story.row()

    with reading(story.office.engine) as session:
        text = calendar_of(session, Viewer(story.office, actor("handler"), story.now)).decode()

    for told in (clue.title, clue.subject_name, clue.content, "刘小民", "13800001234"):
        assert told not in text.replace("\r\n ", "")
    assert f"/clues/{clue.no}" in text


def test_only_the_hash_of_a_key_is_kept(office: Office, story: Story) -> None:
    key = make_feed(office, actor("handler"), story.now)

    with reading(office.engine) as session:
        [row] = session.exec(select(CalendarFeed))

    assert key not in repr(row)
    assert owner(office, key) == "handler"


def test_a_new_key_and_a_revocation_end_the_old_one(office: Office, story: Story) -> None:
    old = make_feed(office, actor("handler"), story.now)
    new = make_feed(office, actor("handler"), story.now)
    assert owner(office, old) is None
    assert owner(office, new) == "handler"

    revoke_feed(office, actor("handler"))

    assert owner(office, new) is None
    with reading(office.engine) as session:
        assert feed_of(session, actor("handler")) is None


def test_who_no_longer_serves_has_no_feed(office: Office, story: Story) -> None:
    key = make_feed(office, actor("handler"), story.now)
    with transaction(office.engine) as session:
        session.get_one(User, "handler").active = False

    assert owner(office, key) is None
    assert owner(office, "") is None
