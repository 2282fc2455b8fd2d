"""The reminder ladder: every rung once, in order, on days on which somebody reads it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from domain.calendar.working_days import WorkCalendar
from domain.shapes.calendars import CalendarYear
from domain.situation.situation import CHINA
from domain.tables.people import User
from domain.tables.process import Clock
from domain.tables.work import InboxMessage, ReminderFiring
from flows.door.locked_dossier import lock_clue
from flows.reminders import rungs
from flows.reminders.daily_tasks import daily, recompute_provisional, warn_of_missing_calendar
from flows.reminders.sweep import BUSY, SweepResult, sweep
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.by_hand import deeds, inbox, to
from tests.helpers.moments import at
from tests.helpers.story import ACCEPTED, APPROVED, CONCLUDED, Story

VERIFYING = (*ACCEPTED, "verify")


def sweep_until(story: Story, until: str) -> SweepResult:
    """A sweep every half hour until a moment, all of them added up."""
    total, end = SweepResult(), at(until)
    while story.now < end:
        story.now = min(story.now + timedelta(minutes=30), end)
        found = sweep(story.office, story.now)
        total.fired += found.fired
        total.deemed += found.deemed
        total.skipped += found.skipped
        total.failed += found.failed
    return total


def reminders(story: Story, rung: str, rule: str) -> list[InboxMessage]:
    label = story.office.rules.deadlines[rule].label
    return [one for one in inbox(story, f"reminder.{rung}") if one.title.endswith(f" {label}")]


def when(message: InboxMessage) -> str:
    return f"{message.created_at.astimezone(CHINA):%m-%d %H:%M}"


def test_the_ladder_climbs_from_handler_to_supervisor(any_office: Office):
    story = Story(any_office)
    story.walk(*VERIFYING)
    assert story.due("cx18") == "2026-06-01T23:59"

    sweep_until(story, "2026-06-04T12:00")

    [soon] = reminders(story, "soon", "cx18")
    due = reminders(story, "due", "cx18")
    [late] = reminders(story, "late", "cx18")
    assert (when(soon), to(soon)) == ("05-28 09:00", ("shili-market", "handler"))
    assert {(when(one), to(one)[1]) for one in due} == {
        ("06-01 09:00", "handler"),
        ("06-01 09:00", "department_head"),
    }
    assert (when(late), to(late)) == ("06-02 09:00", ("shili-justice", "supervisor"))
    assert "已逾期1日" in late.body
    assert "第十八条" in late.body


def test_every_rung_fires_once_however_often_the_sweep_runs(story: Story):
    story.walk(*VERIFYING)
    story.waits_until("2026-05-28T10:00")

    first, second = sweep(story.office, story.now), sweep(story.office, story.now)

    assert len(reminders(story, "soon", "cx18")) == 1
    assert (first.fired > 0, second.fired) == (True, 0)


def test_after_a_downtime_the_rungs_catch_up_in_order(story: Story):
    story.walk(*VERIFYING)
    story.waits_until("2026-06-02T10:00")

    sweep(story.office, story.now)

    ids = [reminders(story, rung, "cx18")[0].id for rung in ("soon", "due", "late")]
    assert ids == sorted(ids)


def test_a_met_limit_reminds_nobody(story: Story):
    story.walk(*VERIFYING, "conclude", "file_case")

    sweep_until(story, "2026-06-10T12:00")

    assert reminders(story, "soon", "cx18") == []


def test_a_moved_date_arms_the_ladder_again(story: Story):
    story.walk(*VERIFYING)
    story.waits_until("2026-05-28T10:00")
    sweep(story.office, story.now)
    story.does("extend_verification")
    assert story.due("cx18") == "2026-06-23T23:59"

    sweep_until(story, "2026-06-18T10:00")

    assert [when(one) for one in reminders(story, "soon", "cx18")] == ["05-28 10:00", "06-18 09:00"]
    assert reminders(story, "due", "cx18") == []


def test_a_day_off_puts_a_rung_off_and_loses_none(story: Story):
    story.walk(*VERIFYING)
    story.waits_until("2026-05-30T10:00")  # a Saturday, after two days without a sweep

    skipped = sweep(story.office, story.now).skipped
    assert reminders(story, "soon", "cx18") == []
    story.waits_until("2026-06-01T09:00")
    sweep(story.office, story.now)

    assert skipped[rungs.DAY_OFF] >= 1
    assert len(reminders(story, "soon", "cx18")) == 1


def test_hour_clocks_remind_at_night_and_on_days_off(story: Story):
    story.walk(*APPROVED)
    story.now = story.running("310_deliver").started_at.astimezone(CHINA)
    assert story.running("310_deliver").unit == "hours"

    sweep_until(story, f"{story.now + timedelta(hours=23):%Y-%m-%dT%H:%M}")

    [soon] = reminders(story, "soon", "310_deliver")
    expected = story.running("310_deliver").due_at - timedelta(hours=4)
    assert timedelta() <= soon.created_at - expected <= timedelta(minutes=30)


def test_a_chair_that_nobody_holds_is_the_desks(story: Story):
    with transaction(story.office.engine) as session:
        for user in session.exec(select(User).where(col(User.department_id) == "shili-market")):
            user.active = user.id not in {"head"}
    story.walk(*VERIFYING)
    story.waits_until("2026-06-01T10:00")

    sweep(story.office, story.now)

    assert ("shili-market", None) in {to(one) for one in reminders(story, "due", "cx18")}


def test_what_the_police_owe_reminds_our_own_handler(story: Story):
    story.walk(*APPROVED, "referral.deliver")
    due = story.running("receipt_back").due_at

    sweep_until(story, f"{due.astimezone(CHINA) + timedelta(days=9):%Y-%m-%dT%H:%M}")

    assert to(reminders(story, "due", "receipt_back")[0]) == ("shili-market", "handler")
    drafts = inbox(story, "draft.filing_supervision_proposal")
    assert {to(one) for one in drafts} == {
        ("shili-market", "handler"),
        ("shili-justice", "supervisor"),
    }
    assert "示例市公安局" in drafts[0].body and "立案监督" in drafts[0].body


# --- supervision ---------------------------------------------------------------------------------


def test_three_days_late_lays_one_draft_order_before_the_supervisor(any_office: Office):
    story = Story(any_office)
    story.walk(*VERIFYING)

    sweep_until(story, "2026-06-05T12:00")

    drafts = [one for one in story.processes("supervision") if "核查" in one.facts["trigger"]]
    assert [(one.state, one.department_id) for one in drafts] == [("drafted", "shili-justice")]
    assert drafts[0].facts["to_department"] == "shili-market"
    assert ("shili-justice", "supervisor") in story.told("supervision.draft")
    assert story.chain_holds()


def test_an_order_nobody_acknowledges_climbs(story: Story):
    story.walk(*ACCEPTED)
    story.does("supervision.order", due_on="2026-06-30")

    sweep_until(story, "2026-05-20T12:00")

    assert [when(one) for one in reminders(story, "late", "supervision_ack")] == ["05-13 09:00"]
    assert len(reminders(story, "escalate", "supervision_ack")) == 1
    triggers = [str(one.facts["trigger"]) for one in story.processes("supervision")]
    assert not any("签收督办" in trigger for trigger in triggers[1:])


def test_ten_days_late_has_the_circular_ready(story: Story):
    story.walk(*VERIFYING)

    sweep_until(story, "2026-06-15T12:00")

    [circular] = [one for one in inbox(story, "draft.circular") if "核查" in one.body]
    assert to(circular) == ("shili-justice", "supervisor")
    assert "示例市市场监督管理局" in circular.body and "拟稿" in circular.body


def test_silence_past_the_limit_is_signing(any_office: Office):
    story = Story(any_office)
    story.walk("register", "dispatch")
    assert story.due("sign_for") == "2026-05-12T23:59"

    story.waits_until("2026-05-13T00:01")
    result = sweep(story.office, story.now)

    assert (result.deemed, story.state()) == (1, "accepted")
    assert ("shili-justice", "supervisor") in story.told("clue.deem_accepted")


# --- robustness ----------------------------------------------------------------------------------


def test_one_failing_clock_stops_no_other(story: Story):
    story.walk(*VERIFYING)
    good = story.clue
    story.does("register", subject_name="示例市海风食品店")
    story.walk(*VERIFYING[1:])
    with transaction(story.office.engine) as session:
        session.get_one(Clock, story.running("cx18").id).owner_id = "nowhere"
    story.clue = good
    story.waits_until("2026-05-28T10:00")

    result = sweep(story.office, story.now)
    again = sweep(story.office, story.now)

    assert len(reminders(story, "soon", "cx18")) == 1
    assert result.failed.total() == again.failed.total() == 1


def test_a_clue_that_somebody_acts_on_is_left_for_the_next_sweep(pg_office: Office):
    story = Story(pg_office)
    story.walk(*VERIFYING)
    story.waits_until("2026-05-28T10:00")

    with transaction(pg_office.engine) as session:
        lock_clue(session, story.clue or 0)
        result = sweep(pg_office, story.now)

    assert (result.fired, result.skipped[BUSY] > 0) == (0, True)
    assert sweep(pg_office, story.now).fired > 0


def test_a_ladder_that_became_shorter_ends_the_climb(story: Story):
    story.walk(*VERIFYING)
    with transaction(story.office.engine) as session:
        session.get_one(Clock, story.running("cx18").id).next_rung = 99
    story.waits_until("2026-05-28T10:00")

    sweep(story.office, story.now)

    assert story.running("cx18").next_rung_at is None


def test_what_was_fired_is_on_record(story: Story):
    story.walk(*VERIFYING)
    story.waits_until("2026-05-28T10:00")
    sweep(story.office, story.now)
    clock = story.running("cx18")

    with reading(story.office.engine) as session:
        query = select(ReminderFiring).where(col(ReminderFiring.clock_id) == clock.id)
        [fired] = session.exec(query)

    assert (fired.rung, fired.due_at, fired.outcome) == ("soon", clock.due_at, "sent")


def test_the_sweep_reads_by_index_only_what_is_due(office: Office):
    query = (
        "EXPLAIN QUERY PLAN SELECT next_rung_at, id FROM clock WHERE ended_at IS NULL "
        "AND next_rung_at IS NOT NULL AND next_rung_at <= '2026-06-01' ORDER BY next_rung_at, id"
    )
    with office.engine.connect() as connection:
        plan = " ".join(str(row) for row in connection.execute(text(query)))

    assert "SEARCH clock USING INDEX ix_clock_next_rung (next_rung_at>? AND next_rung_at<?)" in plan
    assert "TEMP B-TREE" not in plan


# --- the calendar ends ---------------------------------------------------------------------------


def with_year(office: Office, year: int, holidays: dict[str, list[date]]) -> Office:
    """The office a year later, when the State Council has announced another year."""
    calendar = office.rules.calendar
    loaded = [
        CalendarYear(year=one, notice="示例", evidence="text", holidays={})
        for one in sorted(calendar.loaded)
    ]
    announced = CalendarYear.model_validate(
        {"year": year, "notice": "示例", "evidence": "text", "holidays": holidays}
    )
    longer, _ = WorkCalendar.build([*loaded, announced], [])
    return replace(office, rules=replace(office.rules, calendar=longer))


@pytest.fixture
def across_the_year(story: Story) -> Story:
    """A verification whose limit ends in a year that nobody has announced."""
    story.waits_until("2026-12-21T08:00")
    story.walk(*VERIFYING)
    assert story.running("cx18").provisional
    return story


def test_a_provisional_date_waits_for_its_calendar(across_the_year: Story):
    assert recompute_provisional(across_the_year.office, across_the_year.now) == 0


def test_an_announced_year_moves_provisional_dates_with_an_event(across_the_year: Story):
    story = across_the_year
    before = story.running("cx18").due_at
    holidays = {"元旦": [date(2027, 1, day) for day in (1, 4, 5)]}

    done = recompute_provisional(with_year(story.office, 2027, holidays), story.now)

    clock = story.running("cx18")
    assert done >= 1
    assert (clock.provisional, clock.due_at > before) == (False, True)
    [event] = [one for one in deeds(story, "recompute_clock") if one.detail["clock"] == "cx18"]
    assert datetime.fromisoformat(event.detail["after"]) == clock.due_at
    assert story.chain_holds()


def test_a_reply_that_follows_a_provisional_limit_is_provisional_itself(story: Story):
    """Its day is that of the case, and moves with it when the year is announced."""
    story.waits_until("2026-12-21T08:00")
    story.walk(*CONCLUDED, "file_case")
    assert story.running("cx64").provisional
    assert story.running("reply_by_statute").provisional
    assert recompute_provisional(story.office, story.now) == 0

    recompute_provisional(with_year(story.office, 2027, {}), story.now)

    reply = story.running("reply_by_statute")
    assert not reply.provisional
    assert reply.due_at == story.running("cx64").breach_at


def test_administrators_are_warned_daily_from_november_until_the_year_is_there(office: Office):
    november = at("2026-11-01T06:00")

    assert warn_of_missing_calendar(office, at("2026-10-31T06:00")) == 0
    assert [warn_of_missing_calendar(office, november) for _ in range(2)] == [1, 0]
    assert warn_of_missing_calendar(office, november + timedelta(days=1)) == 1
    assert warn_of_missing_calendar(with_year(office, 2027, {}), november) == 0

    with reading(office.engine) as session:
        message = session.exec(select(InboxMessage)).first()
    assert message is not None and message.role == "administrator"
    assert "2027年" in message.title


def test_daily_matters_may_be_done_twice(office: Office):
    now = at("2026-11-02T06:00")

    assert (daily(office, now).warned, daily(office, now).warned) == (1, 0)


def test_no_limit_of_a_supervision_draws_an_order_of_supervision(story: Story):
    ladders = {story.office.rules.deadlines[one].ladder for one in supervision_limits(story)}

    assert ladders == {"supervision"}


def supervision_limits(story: Story) -> set[str]:
    """The limits that the lifecycle of supervision starts."""
    actions = story.office.rules.lifecycles["supervision"].actions.values()
    return {start.clock for one in actions for start in one.opens}


def test_the_supervising_organ_drafts_no_order_to_itself(story: Story):
    story.walk("register", "dispatch", "dispute", "dispute.ask_coordination")
    assert story.running("dispute_coordination").owner_id == "shili-justice"

    sweep_until(story, "2026-06-10T12:00")

    [late] = reminders(story, "order", "dispute_coordination")
    assert (late.title.partition("：")[0], "拟好" in late.body) == ("逾期三个工作日", False)
    assert not [
        one for one in story.processes("supervision") if one.counterpart_id == "shili-justice"
    ]
