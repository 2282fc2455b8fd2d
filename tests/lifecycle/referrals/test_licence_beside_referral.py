"""310号令第十一条第二款、环境办法第十六条第三款: the licence, not money, while justice acts."""

from tests.helpers.story import IN_CASE, REVIEWED, Story

LICENCE = {"planned_kinds": ["licence_revoked"], "planned_licence": "食品经营许可证"}
NO_SUM: dict[str, object] = {"planned_fine": None, "planned_penalty": None}
DECIDED: dict[str, object] = {
    "penalty_kinds": ["licence_revoked"],
    "penalty_licence": "食品经营许可证",
    "fine": None,
    "penalty": None,
}


def _with_police(story: Story) -> None:
    story.walk(*REVIEWED, "refer", "referral.approve", "referral.deliver", "referral.receipt")


def _reviewed_beside(story: Story) -> None:
    _with_police(story)
    story.walk("case.take_up_licence", "case.report", "case.send_for_review", "case.pass_review")


def _licence_told(story: Story) -> None:
    _reviewed_beside(story)
    story.does("case.notice", notice_right="hearing", **LICENCE, **NO_SUM)
    story.does("case.record_statement", hearing_waived=True)
    story.does("case.discuss")


def test_the_licence_is_revoked_while_the_police_examine(story: Story) -> None:
    _licence_told(story)
    story.does("case.decide", **DECIDED)
    story.walk("case.serve", "case.record_publication", "case.enforce", "case.close")

    assert story.state("referral") == "received"
    assert "吊销许可证件（食品经营许可证）" in story.text("penalty_decision")


def test_a_fine_waits_for_justice(story: Story) -> None:
    _reviewed_beside(story)

    told = story.refused("case.notice", planned_kinds=["fine", "warning"])

    assert "罚款待司法机关处理后再依法决定" in told
    assert "《行政执法机关移送涉嫌犯罪案件的规定》第十一条第一款" in told


def test_the_police_filing_does_not_end_what_is_done_beside(story: Story) -> None:
    _licence_told(story)
    story.does("referral.file")

    assert story.state("case") == "noticed"
    story.does("case.decide", **DECIDED)


def test_once_the_police_refuse_money_is_possible_again(story: Story) -> None:
    """310号令第十条: the administrative case goes on."""
    _reviewed_beside(story)
    story.does("referral.refuse")

    story.does("case.notice")


def test_after_non_prosecution_the_case_is_taken_up_for_the_rest(story: Story) -> None:
    """310号令第十三条."""
    _licence_told(story)
    story.does("referral.file")
    story.does("case.decide", **DECIDED)
    story.does("case.serve")
    story.does("referral.non_prosecution")

    assert story.state("case") == "investigating"
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")


def test_a_case_that_ended_without_a_referral_is_not_taken_up_so(story: Story) -> None:
    story.walk(*IN_CASE, "case.terminate")

    assert "案件不在司法机关办理中" in story.refused("case.take_up_licence")


def test_a_fine_waits_once_the_procuratorate_ordered_the_police_to_file(story: Story) -> None:
    """310号令第十一条第一款: the refusal on which the case went on is overturned."""
    _with_police(story)
    story.walk("referral.refuse", "referral.ask_supervision", "referral.ask_reasons")
    story.walk("referral.explain_refusal", "referral.order_filing")
    story.walk("case.report", "case.send_for_review", "case.pass_review")

    told = story.refused("case.notice")

    assert "人民检察院已通知公安机关立案（" in told
    assert "罚款待处理后再依法决定" in told
    assert "第十一条第一款" in told
    story.does("case.notice", planned_kinds=["warning"], **NO_SUM)
    story.does("referral.file")
    assert story.state("case") == "settled"


def test_a_fine_told_before_the_order_is_not_decided_after_it(story: Story) -> None:
    _with_police(story)
    story.walk("referral.refuse", "case.report", "case.send_for_review", "case.pass_review")
    story.walk("case.notice", "case.record_statement", "referral.ask_supervision")
    story.walk("referral.ask_reasons", "referral.explain_refusal", "referral.order_filing")

    assert "不得以行政处罚代替移送" in story.refused("case.decide")


def test_the_police_having_it_the_organ_still_orders_correction(story: Story) -> None:
    """行政处罚法第二十八条第一款: an order to correct is no penalty and waits for nobody."""
    _with_police(story)
    story.does("case.order_correction")
    story.does("referral.file")

    assert story.state("case") == "settled"
    assert "责令改正尚未复查" in story.refused("case.close")
    story.does("case.order_correction")
    story.does("case.check_correction")
    assert "correction" not in story.open_rules()


def test_the_rest_is_decided_while_the_licence_decision_is_not_published_yet(story: Story) -> None:
    """The second decision is published within days of its own; nothing of the first stops it."""
    _licence_told(story)
    story.does("referral.file")
    story.does("case.decide", **DECIDED)
    first = story.running("gs9").started_at
    story.does("case.serve")
    story.does("referral.non_prosecution")
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")
    story.does("case.record_statement", hearing_waived=True)
    story.walk("case.discuss", "case.decide", "case.serve")

    assert story.running("gs9").started_at > first
    assert story.state("case") == "served"


def _licence_decided(story: Story) -> None:
    _licence_told(story)
    story.does("referral.file")
    story.does("case.decide", **DECIDED)


def test_a_licence_decided_but_not_served_is_followed_by_the_fine(story: Story) -> None:
    """310号令第十三条: what had to wait for justice is dealt with when it is done."""
    _licence_decided(story)
    story.does("referral.non_prosecution")
    assert story.state("case") == "decided"

    story.walk("case.serve", "case.take_up_rest")

    assert "cx64" in story.open_rules()
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")
    story.walk("case.record_statement", "case.decide", "case.serve")
    assert "已经继续办理过" in story.refused("case.take_up_rest")


def test_the_rest_is_taken_up_once_the_police_refuse(story: Story) -> None:
    """310号令第十条: a licence revoked beside the referral is not all that may follow."""
    _licence_told(story)
    story.does("case.decide", **DECIDED)
    story.does("case.serve")
    assert "司法机关尚未处理完毕" in story.refused("case.take_up_rest")
    story.does("referral.refuse")

    assert story.does("case.take_up_rest").state == "investigating"


def test_an_ordinary_decision_is_not_taken_up_again(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")

    assert "已经作出的决定不重新办理" in story.refused("case.take_up_rest")


def test_a_test_report_that_comes_while_the_police_have_the_case_is_entered(story: Story) -> None:
    """程序规定第三十二条: the result is told to the party, whoever has the case."""
    story.walk(*IN_CASE, "case.seize", "case.commission")
    story.walk("refer", "referral.approve", "referral.deliver", "referral.receipt")
    [paused] = story.clocks("cx64")
    assert paused.paused

    story.does("case.record_result_beside", report_no="JY2026-17")

    assert story.state("case") == "with_police"
    assert "检出过期指标" in story.text("testing_result_notice")
    assert story.running("cx64").paused, "the days of the case still wait for the police"
    assert not story.running("cx38").paused
    story.does("referral.refuse")
    assert not story.running("cx64").paused
    story.does("case.record_facts")
    story.does("case.report", scene_missing="纸质现场笔录遗失")
