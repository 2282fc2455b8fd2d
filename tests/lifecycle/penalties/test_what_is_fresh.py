"""What is fresh counts: each notice's own reason, the discussion after the hearing, approvals."""

from tests.helpers.story import REVIEWED, Story

LICENCE = "责令停产停业三个月，吊销许可证"


def test_a_text_imposes_no_kind_that_was_not_chosen(story: Story) -> None:
    """处罚法 44, 57②, 59, 63: hearing, discussion and publicity follow from the kinds."""
    story.walk(*REVIEWED)
    warning = {"planned_kinds": ["warning"], "planned_fine": None}
    told = story.refused("case.notice", **warning, planned_penalty=LICENCE)
    assert "“责令停产”（责令停产停业）" in told and "“吊销”（吊销许可证件）" in told
    story.walk("case.notice", "case.record_statement")

    assert "“吊销”" in story.refused("case.decide", penalty=LICENCE)
    assert "“吊销”" in story.refused("case.decide", performance=f"十五日内缴款，{LICENCE}")


def test_another_notice_gives_its_own_reason_for_no_hearing(story: Story) -> None:
    story.walk(*REVIEWED)
    suspended = {"planned_kinds": ["licence_suspended"], "planned_fine": None}
    suspended |= {
        "planned_penalty": "暂扣许可证",
        "planned_term": "1个月",
        "planned_licence": "甲证",
    }
    story.does("case.notice", **suspended, no_hearing_ground="情节较轻")

    assert "不告知听证的理由" in story.refused("case.notice", **suspended)


def test_a_measure_on_the_spot_is_approved_before_a_decision(story: Story) -> None:
    """强制法 19."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "measure.seize_on_spot")

    assert "补办批准" in story.refused("case.decide")


def test_what_was_discussed_before_the_hearing_counts_no_more(story: Story) -> None:
    """处罚法 57②, 65: the decision rests on the record of the hearing."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.walk("case.discuss", "case.request_hearing", "case.schedule_hearing")
    story.walk("case.serve_hearing_notice", "case.announce_hearing")
    story.waits(days=30)
    story.walk("case.hold_hearing")
    story.walk("case.send_hearing_for_review", "case.pass_hearing_review")

    assert "集体讨论" in story.refused("case.decide")
