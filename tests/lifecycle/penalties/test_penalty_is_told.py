"""What is decided was told: kinds, sums, ground, facts and party; heavy kinds offer a hearing."""

from domain.tables.process import Process
from flows.site.store import transaction
from tests.helpers.story import REVIEWED, Story

SHUT = {
    "kinds": ["fine", "illegal_gains", "licence_revoked", "business_suspended"],
    "licence": "食品经营许可证JY1370000000001",
}


def _noticed(story: Story, **form: object) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", **form)
    story.does("case.record_statement", hearing_waived=True)


def _forgets(story: Story, *facts: str) -> None:
    """The case's row as an older version left it, which did not record these facts."""
    with transaction(story.office.engine) as session:
        row = session.get_one(Process, story.processes("case")[-1].id)
        row.facts = {key: value for key, value in row.facts.items() if key not in facts}
        session.add(row)


def test_a_heavier_decision_names_all_differences_and_the_way_on(story: Story) -> None:
    """处罚法第四十四条、第四十五条、第六十二条."""
    _noticed(story)

    reasons = story.refused(
        "case.decide",
        penalty_kinds=["fine", "illegal_gains"],
        fine="90000",
        confiscated="3000",
        penalty_ground="食品安全法第一百二十六条",
    )

    assert "没有告知过没收违法所得" in reasons
    assert "罚款数额90,000.00元，告知的是10,000.00元" in reasons
    assert "没收违法所得数额3,000.00元，告知的是0.00元" in reasons
    assert "处罚依据为食品安全法第一百二十六条，告知的是食品安全法第一百二十四条" in reasons
    assert "请先办理「处罚告知」，重新告知" in reasons
    assert "第六十二条" in reasons


def test_a_new_notice_opens_the_way_to_the_heavier_decision(story: Story) -> None:
    """处罚法第四十五条第二款: on new facts that were reviewed, not for what the party said."""
    _noticed(story)
    assert "不得因当事人陈述、申辩而给予更重的处罚" in story.refused(
        "case.notice", planned_fine="90000"
    )
    found = {"heavier_ground": "new_facts", "heavier_reason": "另查获三批过期奶粉，有清点笔录"}
    told = story.refused("case.notice", planned_fine="90000", **found)
    assert "在告知之后没有变更" in told
    assert "第四十五条" in told
    story.does("case.notice")  # the statement is not forgotten by telling the same again
    assert "给予更重的处罚" in story.refused("case.notice", planned_fine="90000")
    story.walk("case.investigate_further")
    story.does("case.record_facts", facts_found="销售过期奶粉180罐")
    story.walk("case.report", "case.send_for_review", "case.pass_review")
    story.does("case.notice", planned_fine="90000", **found)
    assert "陈述申辩的期限尚未届满" in story.refused("case.decide", fine="90000")
    story.does("case.record_statement")

    story.does("case.decide", fine="90000")

    assert "罚款人民币玖万元整（90,000.00元）" in story.text("penalty_decision")


def test_a_milder_decision_passes(story: Story) -> None:
    _noticed(story)

    assert story.does("case.decide", fine="8000").state == "decided"


def test_the_decision_says_what_was_told_and_in_which_ground(story: Story) -> None:
    """B20: the paper names the content of the notice; the ground stands without typing it again."""
    _noticed(story)

    story.does("case.decide", penalty_ground=None)

    text = story.text("penalty_decision")
    assert "告知拟作出的行政处罚（罚款人民币壹万元整（10,000.00元））" in text
    assert "享有陈述、申辩的权利" in text
    assert "依据食品安全法第一百二十四条的规定" in text


def test_facts_that_changed_after_the_notice_are_told_first(story: Story) -> None:
    _noticed(story)
    story.does("case.record_facts", facts_found="销售过期奶粉180罐")

    assert "违法事实在告知之后有变更" in story.refused("case.decide")


def test_another_party_is_told_first(story: Story) -> None:
    _noticed(story)
    story.does("case.name_party", subject_name="示例市鑫源贸易有限公司")

    assert "当事人在告知之后有变更" in story.refused("case.decide")


def test_revoking_and_shutting_offer_a_hearing_whatever_the_fine(story: Story) -> None:
    """处罚法第六十三条第一款第（二）（三）（四）项: a fine of 5,000 yuan decides nothing."""
    story.walk(*REVIEWED)
    planned = {
        "planned_kinds": SHUT["kinds"],
        "planned_fine": "5000",
        "planned_confiscated": "5000000",
        "planned_licence": SHUT["licence"],
    }

    reasons = story.refused("case.notice", **planned)
    assert "给予吊销许可证件、责令停产停业的，应当告知要求听证的权利" in reasons
    assert "没收违法所得和非法财物5,000,000.00元" in reasons
    story.does("case.notice", notice_right="hearing", **planned)

    text = story.text("penalty_notice")
    assert "吊销许可证件（食品经营许可证JY1370000000001）" in text
    assert "有权要求听证" in text


def test_only_the_police_detain(story: Story) -> None:
    story.walk(*REVIEWED)

    reasons = story.refused("case.notice", planned_kinds=["fine", "detention"], planned_term="5日")

    assert "行政拘留不属本机关的处罚权" in reasons
    assert "第十八条" in reasons


def test_a_case_told_under_the_older_form_goes_on_once_somebody_compared(story: Story) -> None:
    """Its notice has no listed kinds: the fine is compared, the rest by an officer."""
    _noticed(story)
    _forgets(story, "planned_kinds", "told")

    assert "填写「与原告知书核对的情况」" in story.refused("case.decide")
    assert "告知的是10,000.00元" in story.refused("case.decide", fine="10001", told_check="一致")
    assert story.does("case.decide", told_check="与告知书原件一致").state == "decided"


def test_a_mere_warning_is_not_published_by_a_market_bureau(story: Story) -> None:
    """市场监督管理行政处罚信息公示规定第二条第二款."""
    _noticed(story, planned_kinds=["warning"], planned_fine=None)
    warning = {"penalty_kinds": ["warning"], "fine": None}

    assert "仅给予警告的不予公示" in story.refused("case.decide", **warning)
    story.does("case.decide", publish="exempt", **warning)
    story.does("case.serve")

    assert not story.open_rules() & {"gs9", "cx72"}
    assert story.does("case.enforce").state == "enforced"


def test_after_a_hearing_nothing_is_decided_without_legal_review(story: Story) -> None:
    """处罚法第五十八条第一款第（二）项, for a case that an older version left in 听证结束 too."""
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.walk("case.request_hearing", "case.schedule_hearing", "case.serve_hearing_notice")
    story.waits(days=22)
    story.walk("case.hold_hearing", "case.discuss")
    _forgets(story, "hearing_held", "legally_reviewed")

    reasons = story.refused("case.decide")
    assert "听证后尚未法制审核" in reasons
    assert "第五十八条第一款第（二）项" in reasons
    story.does("case.send_hearing_for_review")
    assert "只能由法制人员操作" in story.refused("case.pass_hearing_review", by="colleague")
    story.does("case.pass_hearing_review")

    assert story.does("case.decide").state == "decided"


def test_a_case_heard_once_is_not_put_up_for_the_plain_review(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", notice_right="hearing")
    story.walk("case.request_hearing", "case.schedule_hearing", "case.serve_hearing_notice")
    story.waits(days=22)
    story.walk("case.hold_hearing", "case.send_hearing_for_review", "case.return_hearing_review")
    story.does("case.report")

    reasons = story.refused("case.send_for_review", needs_legal_review="plain")

    assert "本案经过听证程序" in reasons
    assert story.does("case.send_for_review").state == "in_review"


def test_a_case_of_public_interest_is_reviewed_legally_and_discussed(story: Story) -> None:
    story.walk(*REVIEWED[:-2])
    grave = {"review_ground": "public_interest"}
    assert "有应当法制审核的情形" in story.refused(
        "case.send_for_review", needs_legal_review="plain", **grave
    )
    story.does("case.send_for_review", **grave)
    story.walk("case.pass_review", "case.notice", "case.record_statement")

    assert "须经负责人集体讨论决定" in story.refused("case.decide")
    story.does("case.discuss")
    assert story.does("case.decide").state == "decided"


def test_a_decision_says_once_what_is_to_be_paid(story: Story) -> None:
    """处罚法第五十九条: what was told, how it was answered, what the organ made of it."""
    story.walk(*REVIEWED, "case.notice")
    said = {"statement": "罚款过重", "statement_reviewed": "裁量时已考虑"}
    story.does("case.record_statement", **said)
    story.does("case.decide", penalty="罚款10000元", performance="十五日内缴至指定银行")

    text = story.text("penalty_decision")
    assert "当事人提出：罚款过重。本机关复核意见：裁量时已考虑。" in text
    assert "罚款10000元" not in text
    assert "十五日内缴至指定银行" not in text
    assert text.count("壹万元整") == 2  # as told, and as decided


def test_what_a_decision_says_beside_the_sums_stays(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement")
    story.does(
        "case.decide",
        penalty="罚款10000元；过期奶粉由当事人自行销毁",
        performance="十五日内将奶粉交至本机关",
    )

    text = story.text("penalty_decision")
    assert "过期奶粉由当事人自行销毁" in text
    assert "十五日内将奶粉交至本机关" in text
