"""What is fresh counts: each notice's own reason, the discussion after the hearing, approvals."""

from datetime import timedelta

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
    asked = story.now.date().isoformat()
    story.waits(days=8)
    story.walk("case.discuss")
    story.does("case.request_hearing", hearing_requested_on=asked)
    story.walk("case.schedule_hearing")
    story.walk("case.serve_hearing_notice", "case.announce_hearing")
    story.waits(days=30)
    story.walk("case.hold_hearing")
    story.walk("case.send_hearing_for_review", "case.pass_hearing_review")

    assert "集体讨论" in story.refused("case.decide")


def test_a_statement_leads_back_to_the_investigation(story: Story) -> None:
    """处罚法第四十五条第一款、第五十八条: what is found is reviewed, told, discussed anew."""
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=8)
    story.walk("case.discuss", "case.record_statement")
    assert not story.processes("case")[-1].facts["discussed"]

    story.walk("case.investigate_further", "case.commission", "case.record_result")
    assert "cf64_apply" not in story.open_rules()
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    story.does("case.name_party", subject_name="示例市另一家食品有限公司")
    assert "审核以后违法事实、当事人有变更" in story.refused("case.notice")
    assert "第五十八条" in story.refused("case.decide_no_penalty")
    again = {"needs_legal_review": "legal", "review_ground": "public_interest"}
    story.does("case.send_for_review", **again)
    story.does("case.pass_review")
    assert story.does("case.notice").state == "noticed"


def test_a_discussion_follows_the_notice_and_the_hearing(story: Story) -> None:
    """处罚法第五十七条第二款、第六十五条."""
    story.walk(*REVIEWED)
    before = story.now.isoformat()
    story.does("case.notice", notice_right="hearing")
    assert "不能早于制发告知书的时间" in story.refused("case.discuss", discussed_on=before)
    told = story.now.isoformat()
    story.walk("case.request_hearing", "case.schedule_hearing")
    story.walk("case.serve_hearing_notice", "case.announce_hearing")
    story.waits(days=30)
    story.walk("case.hold_hearing")

    assert "集体讨论应当在听证" in story.refused("case.discuss", discussed_on=told)
    story.does("case.discuss")


def test_the_heads_decide_together_after_the_party_could_speak(story: Story) -> None:
    """处罚法第五十七条第二款、第六十二条；程序规定第五十七条: silence waives with the last day."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing", notice_served_on=None, notice_way=None)
    assert "告知书尚未送达" in story.refused("case.discuss")
    story.does("case.serve_notice")
    within = (story.now + timedelta(hours=1)).isoformat()

    told = story.refused("case.discuss")
    assert "期限至2026年5月18日" in told and "第六十二条" in told
    story.waits(days=8)
    assert "期限届满以前的讨论" in story.refused("case.discuss", discussed_on=within)
    assert story.does("case.discuss").state == "noticed"


def test_who_spoke_or_waived_need_not_be_waited_for(story: Story) -> None:
    """处罚法第六十二条: an express waiver, or a statement, ends the waiting."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.does("case.record_statement", hearing_waived=None)
    assert "书面放弃听证" in story.refused("case.discuss")
    story.does("case.record_statement", hearing_waived=True)

    assert story.does("case.discuss").state == "noticed"
