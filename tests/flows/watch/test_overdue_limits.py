"""From an overdue limit to a numbered order, and what becomes of the order."""

import pytest
from sqlmodel import col, select

from domain.tables.work import InboxMessage
from flows.door.steps import Command, perform
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.reminders.sweep import sweep
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.watch.board_details import Narrow
from flows.watch.overdue_limits import OverdueLine, overdue
from flows.watch.supervision_form import supervision_form
from flows.watch.supervisions import SupervisionLine, Which, one_supervision, supervisions
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, APPROVED, Story


def viewer(story: Story, chair: str = "supervisor") -> Viewer:
    return Viewer(story.office, actor(chair), story.now)


def lines(story: Story, chair: str = "supervisor") -> dict[str, OverdueLine]:
    """The overdue limits by rule."""
    with reading(story.office.engine) as session:
        found = overdue(session, viewer(story, chair), Narrow())
    return {one.watched.row.rule: one for one in found.lines}


def only_order(story: Story, *, ended: bool = False) -> SupervisionLine:
    with reading(story.office.engine) as session:
        [found] = supervisions(session, viewer(story), Which(ended=ended)).lines
    return found


def issue(story: Story, rule: str) -> None:
    """The order as the form fills it in; the supervisor only sets the day."""
    with reading(story.office.engine) as session:
        found = supervision_form(session, viewer(story), lines(story)[rule].watched.row.id or 0)
    due_on = story.now.date().replace(day=28).isoformat()
    command = Command(
        "order", "supervision", story.clue, found.process, {**found.form, "due_on": due_on}
    )
    perform(story.office, command, actor("supervisor"), story.now)


def late_story(office: Office) -> Story:
    """A clue that was taken over on 11 May and left lying until 5 June."""
    story = Story(office)
    story.walk(*ACCEPTED)
    story.waits_until("2026-06-05T10:00")
    return story


def test_each_rung_says_whom_it_reached_and_whether_he_acknowledged(any_office: Office) -> None:
    story = late_story(any_office)
    sweep(any_office, story.now)
    with transaction(any_office.engine) as session:
        query = select(InboxMessage).where(
            col(InboxMessage.kind) == "reminder.due", col(InboxMessage.role) == "department_head"
        )
        for message in session.exec(query):
            message.read_at = message.acknowledged_at = story.now
            session.add(message)

    found = lines(story)["cx18"]

    assert found.days == 4
    assert found.watched.who == "张经办"
    rungs = {one.label: one for one in found.rungs}
    told = {(one.department, one.chair): one.acknowledged_at for one in rungs["今日到期"].told}
    assert told[("示例市市场监督管理局", "机关负责人")] == story.now
    assert told[("示例市市场监督管理局", "线索经办人")] is None
    assert rungs["今日到期"].is_acknowledged
    assert not rungs["已逾期"].is_acknowledged


def test_a_reminder_is_told_with_its_own_limit_and_no_other(any_office: Office) -> None:
    story = late_story(any_office)
    sweep(any_office, story.now)

    for line in lines(story).values():
        for rung in line.rungs:
            chairs = [(one.department, one.chair) for one in rung.told]
            assert chairs, rung
            assert len(chairs) == len(set(chairs)), rung


def test_the_form_names_everything_the_department_is_late_with(story: Story) -> None:
    story = late_story(story.office)
    clock = lines(story)["cx18"].watched.row

    with reading(story.office.engine) as session:
        form = supervision_form(session, viewer(story), clock.id or 0).form

    assert form["to_department"] == "shili-market"
    assert "线索核查与立案决定应于2026年6月1日24时前完成，已逾期4日" in form["trigger"]
    assert "热线事项办理应于" in form["trigger"]
    assert "第十八条" in form["trigger"]
    assert "due_on" not in form


def test_an_order_gets_a_number_and_a_limit_of_its_own(any_office: Office) -> None:
    story = late_story(any_office)

    issue(story, "cx18")

    found = only_order(story)
    assert found.numbers == ("《行政执法监督督办函》示司督办〔2026〕1号",)
    assert found.to == "示例市市场监督管理局"
    assert {one.rule: f"{one.due_at:%m-%d}" for one in found.clocks}["jdtl27"] == "06-28"
    over = lines(story)["cx18"]
    assert over.supervised is not None
    assert over.supervised.number == "示司督办〔2026〕1号"
    assert not over.can_be_ordered
    text = story.text("supervision_order")
    assert "线索核查与立案决定" in text
    assert "请于2026年6月28日" in text


def test_an_order_grows_out_of_the_draft_that_was_laid_ready(any_office: Office) -> None:
    story = late_story(any_office)
    sweep(any_office, story.now)
    drafted = story.processes("supervision")
    over = lines(story)["cx18"]
    assert over.supervised is not None
    assert over.supervised.is_draft
    assert over.can_be_ordered

    issue(story, "cx18")

    assert len(story.processes("supervision")) == len(drafted)
    assert story.state("supervision") == "ordered"


def test_an_order_is_followed_to_its_end(story: Story) -> None:
    story = late_story(story.office)
    issue(story, "cx18")
    story.walk("supervision.acknowledge", "supervision.report", "supervision.close")

    found = only_order(story, ended=True)

    assert [one.label for one in found.steps] == ["发督办函", "签收督办", "报送办理情况", "销号"]
    moments = [one.at for one in found.steps]
    assert None not in moments
    assert found.clocks == ()
    late = lines(story)["cx18"]
    assert late.can_be_ordered
    assert [(one.number, one.state) for one in late.earlier] == [
        ("示司督办〔2026〕1号", "督办销号")
    ]


def test_an_unheeded_order_leads_to_an_opinion_and_a_decision(story: Story) -> None:
    story = late_story(story.office)
    issue(story, "cx18")
    story.waits(days=30)
    story.does("supervision.give_opinion")
    story.waits(days=30)
    story.does("supervision.give_decision")

    found = only_order(story)

    assert [one.action for one in found.steps if one.at] == [
        "order",
        "give_opinion",
        "give_decision",
    ]
    assert [one.action for one in found.steps if not one.at] == ["acknowledge", "report", "close"]


def test_police_are_not_ordered_about(story: Story) -> None:
    story.walk(*APPROVED, "referral.deliver", "referral.receipt")
    story.waits(days=20)

    found = lines(story)["310_review"]

    assert found.watched.clock.owner == "示例市公安局"
    assert not found.can_be_ordered


def test_who_is_supervised_sees_his_own_orders_only(story: Story) -> None:
    story = late_story(story.office)
    issue(story, "cx18")
    key = only_order(story).process.id or 0

    with reading(story.office.engine) as session:
        assert one_supervision(session, viewer(story, "head"), key).process.id == key
        with pytest.raises(NotForYou):
            one_supervision(session, viewer(story, "health_head"), key)
        assert supervisions(session, viewer(story, "health_head"), Which()).lines == ()


def test_a_paused_limit_is_not_overdue(story: Story) -> None:
    story.walk(*ACCEPTED, "send_for_testing")
    story.waits(days=60)

    assert "cx18" not in lines(story)
