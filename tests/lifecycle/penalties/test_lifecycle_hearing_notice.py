"""The notice of a hearing: seven whole working days, one count for guard and clock, and served."""

from datetime import datetime

from domain.situation.situation import CHINA
from tests.helpers.story import REVIEWED, Story


def _asked(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.does("case.request_hearing")


def test_the_first_day_allowed_is_the_first_whose_clock_is_not_red(story: Story) -> None:
    """处罚法第六十四条第（二）项: seven whole working days lie between 2 and 12 November."""
    story.now = datetime(2026, 10, 26, 8, 0, tzinfo=CHINA)
    _asked(story)
    story.waits_until("2026-11-02T09:00")

    assert "不得早于2026年11月12日" in story.refused(
        "case.schedule_hearing", hearing_at="2026-11-11T09:00"
    )
    story.does("case.schedule_hearing", hearing_at="2026-11-12T09:00")

    assert story.due("cf64_notice") == "2026-11-02T23:59"


def test_what_was_posted_in_time_and_came_after_the_decision_has_its_way(story: Story) -> None:
    """处罚法第四十五条、第六十四条第（一）项: the days count from the post (程序规定第八十条)."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    last = story.due("cf64_apply")[:10]
    story.waits_until(f"{last}T23:59")
    story.waits(hours=8)
    story.walk("case.discuss", "case.decide")

    asked = story.refused("case.request_hearing", hearing_requested_on=last)
    stated = story.refused("case.record_statement", stated_at=f"{last}T15:00")

    for told in (asked, stated):
        assert "邮寄的以交邮日期为准" in told and "「自行撤销决定并重新办理」" in told
    assert "没有起算" not in asked
    story.does("case.revoke_and_remake")
    assert story.state("case") == "investigating"


def test_nobody_is_heard_who_was_not_told(story: Story) -> None:
    _asked(story)
    story.does("case.schedule_hearing", hearing_at="2026-06-01T09:00")
    story.waits_until("2026-06-01T10:00")

    assert "听证通知尚未送达当事人" in story.refused("case.hold_hearing")


def test_a_notice_served_too_late_needs_another_day(story: Story) -> None:
    _asked(story)
    story.does("case.schedule_hearing", hearing_at="2026-06-01T09:00")
    story.waits_until("2026-05-29T10:00")
    story.does("case.serve_hearing_notice")
    story.waits_until("2026-06-01T10:00")
    assert "另行确定听证时间" in story.refused("case.hold_hearing")

    story.does("case.schedule_hearing", hearing_at="2026-06-15T09:00")
    assert "尚未送达" in story.refused("case.hold_hearing")
    story.does("case.serve_hearing_notice")
    story.waits_until("2026-06-15T10:00")

    assert story.does("case.hold_hearing").state == "heard"


def test_only_the_head_has_goods_registered_for_preservation(story: Story) -> None:
    """处罚法第五十六条: no numbered notice goes out before the approval."""
    story.walk(*REVIEWED[:-4], "case.assign_officers")

    assert "只能由机关负责人操作" in story.refused("case.preserve", by="handler")
    assert not story.papers("preservation_notice")
    story.does("case.preserve")

    assert "同意" in story.text("matter_approval")


# --- 终止听证 (行政处罚法第六十四条第（六）项) ---


def _day_of_hearing(story: Story) -> None:
    _asked(story)
    story.does("case.schedule_hearing")
    story.does("case.serve_hearing_notice")
    story.waits(days=25)


def test_a_party_that_stays_away_gives_its_hearing_up_and_the_case_goes_on(story: Story) -> None:
    _day_of_hearing(story)

    story.does("case.end_hearing")

    assert story.state("case") == "noticed"
    assert "没有出席" in story.text("hearing_record")
    assert not story.running("cx64").paused
    story.walk("case.record_statement", "case.discuss")
    assert story.does("case.decide").state == "decided"


def test_a_hearing_does_not_end_for_absence_before_its_hour_or_without_its_notice(
    story: Story,
) -> None:
    _asked(story)
    assert "尚未确定听证时间" in story.refused("case.end_hearing")
    story.does("case.schedule_hearing")
    assert "尚未到" in story.refused("case.end_hearing")
    story.waits(days=25)
    assert "听证通知尚未送达" in story.refused("case.end_hearing", hearing_end_ground="left")


def test_a_party_may_take_its_request_for_a_hearing_back_at_any_time(story: Story) -> None:
    _asked(story)

    story.does("case.end_hearing", hearing_end_ground="withdrawn", hearing_signed="signed")

    assert story.state("case") == "noticed"
    assert story.papers("hearing_waiver")
    assert not story.papers("hearing_record")


def test_a_second_hearing_is_not_held_on_the_notice_of_the_first(story: Story) -> None:
    """行政处罚法第六十四条第（二）项: every hearing has a day and a notice of its own."""
    _day_of_hearing(story)
    story.walk("case.hold_hearing", "case.send_hearing_for_review", "case.pass_hearing_review")
    anew = {"heavier_ground": "error", "heavier_reason": "货值计算漏计三批，有进货单"}
    story.does("case.notice", notice_right="hearing", planned_fine="20000", **anew)
    story.does("case.request_hearing")

    assert "尚未确定听证时间" in story.refused("case.hold_hearing")
    story.does("case.schedule_hearing")
    story.waits(days=25)
    assert "听证通知尚未送达" in story.refused("case.hold_hearing")


def test_a_hearing_behind_closed_doors_says_what_is_kept_secret(story: Story) -> None:
    """处罚法第六十四条第（三）项: public, but for secrets and privacy."""
    _asked(story)
    closed = {"hearing_at": "2026-06-01T09:00", "hearing_open": "closed"}

    assert "国家秘密、商业秘密或者个人隐私" in story.refused("case.schedule_hearing", **closed)

    done = story.does("case.schedule_hearing", **closed, closed_reason="涉及配方，属于商业秘密")
    titles = [one.title for one in done.documents]
    assert any("听证通知" in one for one in titles) and not any("公告" in one for one in titles)
