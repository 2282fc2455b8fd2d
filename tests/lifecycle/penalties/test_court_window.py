"""The court is asked inside three months, never while a remedy is pending (强制法第五十三条)."""

import pytest

from flows.afterwards.expiry import end_review_right, end_suit_right
from flows.afterwards.outbox import claim
from tests.helpers.health_story import HealthStory
from tests.helpers.story import REVIEWED, Story

ENDING = {"end_review_right": end_review_right, "end_suit_right": end_suit_right}
SERVED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
"""A fine of 10,000 yuan served on 11 May 2026: review till 10 July, suit till 11 November."""


def _urged(story: Story) -> None:
    """The fine is late, and the demand went unheeded."""
    story.walk(*SERVED)
    story.waits_until("2026-05-27T10:00")
    story.does("case.urge_payment")


def test_the_window_runs_as_a_countdown_from_service_on(story: Story) -> None:
    story.walk(*SERVED)

    assert story.due("cx76_court") == "2027-02-11T23:59"


def test_another_organ_has_the_same_window_under_the_enforcement_act(story: Story) -> None:
    story = HealthStory(story.office)
    story.walk(*SERVED)

    assert story.due("qz53") == "2027-02-11T23:59"
    assert "cx76_court" not in story.open_rules()


def test_before_the_window_the_application_is_refused_with_its_days(story: Story) -> None:
    _urged(story)
    story.waits_until("2026-11-11T15:00")

    refusal = story.refused("case.apply_for_enforcement")

    assert "（至2026年11月11日），可以申请的期间为其次日至2027年2月11日" in refusal
    assert "《中华人民共和国行政强制法》第五十三条" in refusal


@pytest.mark.parametrize("moment", ["2026-11-12T09:00", "2027-02-11T17:00"])
def test_on_the_first_and_the_last_day_the_court_may_be_asked(story: Story, moment: str) -> None:
    _urged(story)
    story.waits_until(moment)

    story.does("case.apply_for_enforcement")

    assert "cx76_court" not in story.open_rules()
    assert "未申请行政复议、未提起行政诉讼" in story.text("enforcement_application")


def test_after_the_window_only_a_good_reason_opens_the_court(story: Story) -> None:
    """行诉解释第一百五十六条."""
    _urged(story)
    story.waits_until("2027-02-12T09:00")

    refusal = story.refused("case.apply_for_enforcement")
    assert "已于2027年2月11日届满" in refusal
    assert "第一百五十六条" in refusal
    story.does("case.apply_for_enforcement", late_ground="疫情封控期间法院暂停受理")

    assert "疫情封控期间法院暂停受理" in story.text("enforcement_application")


def test_a_plan_of_payment_moves_the_window_to_its_end(story: Story) -> None:
    """处罚法第七十二条第二款."""
    story.walk(*SERVED)
    plan = [{"due_on": "2026-12-31", "amount": "10000"}]

    story.does("case.put_off_payment", payment_plan=plan, paid_until="2026-12-31")

    assert story.due("cx76_court") == "2027-03-31T23:59"


def test_a_plan_that_ends_before_the_remedies_moves_nothing(story: Story) -> None:
    story.walk(*SERVED)

    story.does("case.put_off_payment")

    assert story.due("cx76_court") == "2027-02-11T23:59"


def test_who_paid_is_counted_down_no_longer(story: Story) -> None:
    story.walk(*SERVED, "case.pay")

    assert "cx76_court" not in story.open_rules()


def test_while_a_review_is_pending_the_court_is_not_asked(story: Story) -> None:
    _urged(story)
    story.waits_until("2026-07-01T09:00")
    story.does("remedy.register_review")
    assert "cx76_court" not in story.open_rules()
    story.waits_until("2026-11-20T09:00")

    refusal = story.refused("case.apply_for_enforcement")

    assert "行政复议案件示政复〔2026〕36号尚未终结" in refusal


def test_an_upheld_decision_is_enforced_after_the_fifteen_days_for_the_suit(story: Story) -> None:
    """行政诉讼法第四十五条: fifteen days from the party's receipt of the review decision."""
    _urged(story)
    story.waits_until("2026-07-01T09:00")
    story.walk("remedy.register_review", "remedy.answer")
    story.waits_until("2026-08-20T09:00")
    story.does("remedy.conclude_review", party_received_on="2026-08-20")

    assert story.due("cx76_court") == "2026-12-04T23:59"
    assert "（至2026年9月4日）" in story.refused("case.apply_for_enforcement")
    story.waits_until("2026-09-07T09:00")
    story.does("case.apply_for_enforcement")
    assert "示政复决〔2026〕36号" in story.text("enforcement_application")


def test_a_judgment_in_force_opens_the_window_at_once(story: Story) -> None:
    _urged(story)
    story.waits_until("2026-09-01T09:00")
    story.walk("remedy.register_suit", "remedy.answer")
    story.waits_until("2026-11-02T09:00")
    story.does("remedy.judge")
    assert "上诉期至2026年11月17日届满" in story.refused("remedy.conclude_suit")
    story.waits_until("2026-11-18T09:00")
    story.does("remedy.conclude_suit", effective_on="2026-11-18")
    story.waits_until("2026-11-19T09:00")

    story.does("case.apply_for_enforcement")

    text = story.text("enforcement_application")
    assert "（2026）示0102行初18号" in text
    assert "未提起行政诉讼" not in text


def test_a_withdrawn_review_leaves_the_party_its_own_six_months(story: Story) -> None:
    _urged(story)
    story.waits_until("2026-07-01T09:00")
    story.does("remedy.register_review")
    story.waits_until("2026-07-20T09:00")
    story.does("remedy.conclude_review", outcome="withdrawn")

    assert story.due("cx76_court") == "2027-02-11T23:59"


# --- the party's own limits ----------------------------------------------------------------------


def test_the_limits_for_review_and_suit_run_from_service_and_end_by_themselves(
    story: Story,
) -> None:
    """行政复议法第二十条、行政诉讼法第四十六条: a right that was not used is not a limit missed."""
    story.walk(*SERVED)
    assert story.due("fy20") == "2026-07-10T23:59"
    assert story.due("ss46") == "2026-11-11T23:59"
    story.waits_until("2026-11-12T08:00")

    for job in claim(story.office, story.now, "test", limit=50):
        if job.task in ENDING:
            assert ENDING[job.task](story.office, job, story.now) is None

    assert not story.open_rules() & {"fy20", "ss46"}


def test_who_lodges_a_review_has_used_its_right(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_review")
    assert not story.open_rules() & {"fy20", "ss46"}
    story.waits_until("2026-06-20T09:00")

    story.does("remedy.conclude_review", party_received_on="2026-06-20")

    assert story.due("ss45") == "2026-07-06T23:59"


def test_a_plan_of_payment_gives_back_no_months_that_were_over(story: Story) -> None:
    """强制法53, 处罚法72②: it says from when they count, and revives none."""
    _urged(story)
    story.waits_until("2027-02-15T09:00")
    story.does("case.put_off_payment")
    assert story.due("cx76_court") == "2027-02-11T23:59"
    story.waits_until("2027-04-10T09:00")
    story.does("case.urge_payment")
    story.waits_until("2027-05-10T09:00")

    assert "已于2027年2月11日届满" in story.refused("case.apply_for_enforcement")
    story.does("case.apply_for_enforcement", late_ground="法院退回立案材料")
    assert "不重复申请" in story.refused("case.apply_for_enforcement", late_ground="同上")
