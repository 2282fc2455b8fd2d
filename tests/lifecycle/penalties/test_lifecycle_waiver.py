"""A statement is no waiver: the days for asking a hearing run on until they end or are waived."""

from domain.tables.process import Clock
from flows.lists.clue_listing import clock_line
from flows.site.store import reading
from tests.helpers.story import REVIEWED, Story


def _noticed_with_hearing(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")


def test_a_statement_does_not_end_the_days_for_asking_a_hearing(story: Story) -> None:
    _noticed_with_hearing(story)
    story.walk("case.record_statement")

    reasons = story.refused("case.decide")

    assert "要求听证的期限尚未届满（至2026年5月18日）" in reasons
    assert "陈述申辩不等于放弃听证" in reasons
    assert "第六十四条" in reasons
    assert "陈述申辩的期限" not in reasons
    assert story.does("case.request_hearing").state == "hearing"


def test_a_decision_follows_the_end_of_the_days_for_a_hearing(story: Story) -> None:
    _noticed_with_hearing(story)
    story.walk("case.record_statement")
    story.waits_until("2026-05-19T09:00")
    story.walk("case.discuss")

    assert story.does("case.decide").state == "decided"


def test_a_written_waiver_ends_the_days_for_a_hearing(story: Story) -> None:
    _noticed_with_hearing(story)
    story.does("case.record_statement", hearing_waived=True)
    story.does("case.discuss")

    assert story.does("case.decide").state == "decided"


def test_a_hearing_that_was_asked_for_in_time_is_taken_up_later_and_nobody_is_late(
    story: Story,
) -> None:
    """行政处罚法64①(一): the party asks within five days; when the organ enters it, is its own."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.waits(days=20)
    assert "要求听证的期限已过" in story.refused("case.request_hearing")
    late = "2026-05-25"
    assert "要求听证的期限已过" in story.refused("case.request_hearing", hearing_requested_on=late)

    story.does("case.request_hearing", hearing_requested_on="2026-05-14")

    with reading(story.office.engine) as session:
        clock = session.get_one(Clock, story.clocks("cf64_apply")[-1].id)
        line = clock_line(story.office, clock, story.now)
    assert (story.state("case"), line.late, line.ending) == ("hearing", False, "期满")


def test_a_hearing_taken_back_leaves_the_days_for_a_statement(story: Story) -> None:
    """程序规定第五十七条: silence waives the statement when its five working days are over."""
    _noticed_with_hearing(story)
    story.walk("case.request_hearing")
    story.does("case.end_hearing", hearing_end_ground="withdrawn")

    reasons = story.refused("case.decide")
    early = story.refused("case.discuss")

    assert "陈述申辩的期限尚未届满（至2026年5月18日）" in reasons
    assert "要求听证的期限尚未届满" not in reasons
    assert "期限届满以前的讨论还没有听取当事人意见" in early
    story.waits_until("2026-05-19T09:00")
    story.walk("case.discuss", "case.decide")


def test_who_takes_the_hearing_back_and_states_its_case_waits_no_longer(story: Story) -> None:
    _noticed_with_hearing(story)
    story.walk("case.request_hearing")
    story.does("case.end_hearing", hearing_end_ground="withdrawn")

    story.walk("case.record_statement", "case.discuss")
    story.does("case.decide", hearing_followed="没有举行听证")

    text = story.text("penalty_decision")
    assert "当事人放弃听证" in text
    assert "根据听证笔录作出决定" not in text


def test_who_took_the_hearing_back_asks_again_within_its_days(story: Story) -> None:
    """处罚法第六十四条第（一）项: five days to ask, and no text that one asks once only."""
    _noticed_with_hearing(story)
    story.walk("case.request_hearing")
    story.does("case.end_hearing", hearing_end_ground="withdrawn")
    story.waits_until("2026-05-18T09:00")

    assert story.does("case.request_hearing").state == "hearing"
    story.walk("case.schedule_hearing", "case.serve_hearing_notice")
    story.waits(days=30)
    assert story.does("case.hold_hearing").state == "heard"


def test_after_its_days_nobody_asks_again(story: Story) -> None:
    _noticed_with_hearing(story)
    story.walk("case.request_hearing")
    story.does("case.end_hearing", hearing_end_ground="withdrawn")
    story.waits_until("2026-05-19T09:00")

    reasons = story.refused("case.request_hearing")

    assert "要求听证的期限已过（2026年5月18日）" in reasons


def test_a_waiver_is_spent_by_a_request_within_the_days(story: Story) -> None:
    """What was discussed on the waiver counts no more, and the decision waits for the hearing."""
    _noticed_with_hearing(story)
    story.does("case.record_statement", hearing_waived=True)
    story.walk("case.discuss", "case.request_hearing")
    story.does("case.end_hearing", hearing_end_ground="withdrawn")

    assert "请先办理「集体讨论」" in story.refused("case.decide")


def test_who_did_not_come_to_its_hearing_asks_for_no_other(story: Story) -> None:
    """处罚法第六十四条第（六）项: absence without reason gives the right up."""
    _noticed_with_hearing(story)
    story.walk("case.request_hearing", "case.schedule_hearing", "case.serve_hearing_notice")
    story.waits(days=30)
    story.walk("case.end_hearing")

    reasons = story.refused("case.request_hearing", hearing_requested_on="2026-05-14")

    assert "听证因当事人无正当理由拒不出席终止，视为放弃听证权利" in reasons


def test_one_head_alone_discusses_nothing_together(story: Story) -> None:
    """处罚法第五十七条第二款: 行政机关的负责人应当集体讨论决定."""
    _noticed_with_hearing(story)
    story.waits(days=10)

    told = story.refused("case.discuss", attendants="王科长（主持）")

    assert "集体讨论由行政机关负责人共同进行" in told and "第五十七条第二款" in told
    story.does("case.discuss", attendants="局领导班子全体成员")
    story.does("case.discuss", attendants="赵局长和王科长")
