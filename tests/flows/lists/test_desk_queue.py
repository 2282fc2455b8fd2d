"""What waits at a desk, thing by thing, on both databases."""

import pytest
from sqlmodel import col, select

from domain.tables.process import Clock, Clue
from flows.lists import desk_queue as desk_queue_module
from flows.lists.desk_queue import QueueFilter, QueuePage, desk_queue
from flows.lists.referral_list import WantedReferrals, referrals
from flows.lists.write_back_list import counts, write_back_desk
from flows.people.viewer import Viewer
from flows.rows.statements import numbers
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.workbench.menu_counts import decisions_waiting, reviews_waiting
from tests.helpers.people import actor
from tests.helpers.story import APPROVED, CONCLUDED, REVIEWED, Story

LEGAL, HEAD, PRINCIPAL = (
    frozenset({one}) for one in ("legal_reviewer", "department_head", "principal")
)


def queue_of(story: Story, chair: str, roles: frozenset[str], kind: str = "") -> QueuePage:
    """Somebody's queue now."""
    with reading(story.office.engine) as session:
        viewer = Viewer(story.office, actor(chair), story.now)
        found = desk_queue(session, viewer, QueueFilter(roles, kind))
        if not kind:
            in_menu = reviews_waiting if roles == LEGAL else decisions_waiting
            assert numbers(session.connection(), in_menu(viewer)) == [found.count]
        return found


def told(office: Office, *actions: str) -> Story:
    """A clue's story so far."""
    story = Story(office)
    story.walk(*actions)
    return story


def test_review_shows_its_own_limit_and_since_when(any_office: Office) -> None:
    story = told(any_office, *REVIEWED[:-1])

    [one] = queue_of(story, "legal", LEGAL).lines

    assert one.clock is not None
    assert one.clock.rule == "cx55"
    assert one.since == story.now
    assert (one.sent_by, one.sent) == ("张经办", "送审")
    assert {step.action for step in one.steps} == {"pass_review", "send_back"}


def test_heavy_penalty_waits_for_the_principal_until_it_was_discussed(any_office: Office) -> None:
    story = told(any_office, *REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.waits(days=8)
    before = queue_of(story, "principal", PRINCIPAL)
    story.walk("case.discuss")

    after = queue_of(story, "principal", PRINCIPAL)

    assert [one.state for one in before.lines] == ["已告知"]
    assert next(step for step in before.lines[0].steps if step.is_usual).action == "discuss"
    assert after.count == 0


def test_light_penalty_needs_no_discussion(any_office: Office) -> None:
    story = told(any_office, *REVIEWED)
    story.does("case.notice", notice_right="statement")

    assert queue_of(story, "principal", PRINCIPAL).count == 0
    assert queue_of(story, "head", HEAD).count == 1


def test_clues_and_processes_are_in_one_order_by_what_is_due(any_office: Office) -> None:
    told(any_office, *CONCLUDED)
    story = told(any_office, *REVIEWED)
    story.does("case.notice", notice_right="statement")

    found = queue_of(story, "head", HEAD)

    assert {one.process.kind for one in found.lines} == {"clue", "case"}
    due = [one.clock.due_at for one in found.lines if one.clock]
    assert due == sorted(due)
    assert queue_of(story, "head", HEAD, "case").count == 1


def test_a_chair_that_one_does_not_hold_brings_nothing(any_office: Office) -> None:
    story = told(any_office, *APPROVED[:-1])

    assert queue_of(story, "legal", PRINCIPAL).count == 0
    assert queue_of(story, "principal", PRINCIPAL).count == 1


def test_referrals_are_listed_by_what_is_due(any_office: Office) -> None:
    first = told(any_office, *APPROVED, "referral.deliver")
    first.waits(days=2)
    second = Story(any_office, now=first.now)
    second.walk(*APPROVED, "referral.deliver")

    with reading(any_office.engine) as session:
        viewer = Viewer(any_office, actor("police"), second.now)
        found = referrals(session, viewer, WantedReferrals())
        ended = referrals(session, viewer, WantedReferrals(ended=True))

    assert [one.clue.id for one in found.lines] == [first.clue, second.clue]
    assert all(one.clock and one.clock.rule == "receipt_back" for one in found.lines)
    assert ended.lines == ()


def test_write_backs_of_the_desk_are_counted_by_state(any_office: Office) -> None:
    story = Story(any_office)
    story.does("register", outside_no="GD1")
    story.walk("dispatch", "accept")

    with reading(any_office.engine) as session:
        viewer = Viewer(any_office, actor("desk"), story.now)
        desk = write_back_desk(session, viewer)
        in_morning = counts(session, viewer.actor)
    page, [reply] = desk.page, desk.replies

    assert page.lines
    assert {one.row.outside_no for one in page.lines} == {"GD1"}
    assert desk.counts == in_morning == {"waiting": len(page.lines), "failing": 0, "parked": 0}
    assert reply.clock.rule == any_office.region.reply_clock


def test_pages_show_everything_once_and_what_has_no_limit_last(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(any_office)
    numbers_of: list[str] = []
    for _ in range(3):
        story.walk(*APPROVED[:-1])
        numbers_of.append(story.row().no)
        story.clue = None
        story.waits(days=1)
    with transaction(any_office.engine) as session:
        first = session.exec(select(Clue).where(col(Clue.no) == numbers_of[0])).one()
        for clock in session.exec(select(Clock).where(col(Clock.clue_id) == first.id)):
            clock.ended_at = clock.ended_at or story.now
            session.add(clock)
    monkeypatch.setattr(desk_queue_module, "PAGE", 1)
    viewer = Viewer(any_office, actor("principal"), story.now)

    with reading(any_office.engine) as session:
        pages = [
            desk_queue(session, viewer, QueueFilter(PRINCIPAL, number=one)) for one in (1, 2, 3, 4)
        ]

    shown = [one.clue.no for page in pages for one in page.lines]
    assert shown == [numbers_of[1], numbers_of[2], numbers_of[0]]
    assert [one.more for one in pages] == [True, True, False, False]
    assert {one.count for one in pages} == {3}


def test_a_page_is_the_same_whether_limits_are_walked_along_or_looked_up(
    any_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(any_office, *CONCLUDED)
    story = told(any_office, *REVIEWED)
    story.does("case.notice", notice_right="statement")
    looked_up = queue_of(story, "head", HEAD)

    monkeypatch.setattr(desk_queue_module, "COUNTED", 2)

    assert queue_of(story, "head", HEAD).lines == looked_up.lines
    assert looked_up.count == len(looked_up.lines) == 2
