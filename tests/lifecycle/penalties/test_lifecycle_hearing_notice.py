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
