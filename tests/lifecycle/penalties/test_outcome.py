"""How a case ends: no penalty by its grounds, closure by what happened, never without a name."""

import pytest

from tests.helpers.story import CONCLUDED, IN_CASE, REVIEWED, Story

NAMELESS = {"subject_name": None}


def _without(*names: str) -> dict[str, object]:
    return dict.fromkeys(names)


@pytest.mark.parametrize(
    ("ground", "missing"),
    [
        ("slight", ("及时改正的情况", "危害后果的情况", "教育内容")),
        ("first", ("初次违法的核查情况", "及时改正的情况", "危害后果的情况", "教育内容")),
        ("no_fault", ("当事人证明没有主观过错的证据", "教育内容")),
        ("other", ("不予处罚依据", "教育内容")),
    ],
)
def test_each_ground_for_no_penalty_has_its_own_questions(
    story: Story, ground: str, missing: tuple[str, ...]
) -> None:
    """处罚法第三十三条."""
    story.walk(*REVIEWED)

    empty = _without("corrected", "harm", "education")
    reasons = story.refused("case.decide_no_penalty", no_penalty_kind=ground, **empty)

    assert f"请填写{'、'.join(f'「{one}」' for one in missing)}" in reasons
    assert "第三十三条" in reasons


def test_nobody_is_taught_where_nothing_unlawful_was_done(story: Story) -> None:
    """处罚法第五十七条第一款第（三）项, and 第三十三条第三款 only for who acted unlawfully."""
    story.walk(*REVIEWED)
    unfounded = {"no_penalty_kind": "unfounded", **_without("corrected", "harm")}

    assert "没有违法行为可以教育" in story.refused("case.decide_no_penalty", **unfounded)
    story.does("case.decide_no_penalty", education=None, **unfounded)

    text = story.text("no_penalty_decision")
    assert "第五十七条第一款第（三）项" in text
    assert "教育内容" not in text
    assert "☑违法事实不成立" in story.text("decision_approval")


def test_a_first_offence_is_shown_to_be_the_first(story: Story) -> None:
    story.walk(*REVIEWED)

    story.does("case.decide_no_penalty", no_penalty_kind="first", first_time="查询三年内无处罚记录")

    text = story.text("no_penalty_decision")
    assert "初次违法且危害后果轻微并及时改正" in text
    assert "初次违法的核查情况：查询三年内无处罚记录。" in text
    assert "第三十三条第一款" in text


def test_a_case_closes_on_the_ground_that_follows_from_its_decision(story: Story) -> None:
    story.walk(*REVIEWED, "case.decide_no_penalty", "case.serve", "case.enforce")

    reasons = story.refused("case.close", closing_ground="performed")
    assert "本案应为「不予处罚决定送达」，不是「处罚决定执行完毕」" in reasons
    assert "第七十七条" in reasons
    story.does("case.close")

    assert "不予处罚决定送达" in story.text("closing_approval")
    assert story.processes("case")[0].facts["closing_ground"] == "no_penalty"


def test_a_paid_fine_does_not_close_as_no_penalty(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
    story.walk("case.pay", "case.record_publication", "case.enforce")

    reasons = story.refused("case.close", closing_ground="no_penalty")
    assert "本案应为「处罚决定执行完毕」" in reasons
    story.does("case.close")
    assert "处罚决定执行完毕" in story.text("closing_approval")


def test_a_terminated_case_closes_as_terminated(story: Story) -> None:
    story.walk(*IN_CASE, "case.terminate")

    assert "本案应为「终止调查」" in story.refused("case.close", closing_ground="performed")
    assert story.does("case.close").state == "closed"


def test_no_case_is_filed_against_nobody(story: Story) -> None:
    """程序规定第十九条; the hotline seldom knows the name of 楼下烧烤店."""
    story.does("register", **NAMELESS)
    story.walk("dispatch", "accept", "verify", "conclude")

    reasons = story.refused("file_case")
    assert "当事人不明，不符合立案条件" in reasons
    assert "第十九条" in reasons
    story.does("file_case", subject_name="示例市老街烧烤店")

    assert "示例市老街烧烤店" in story.text("filing_approval")
    assert story.row().subject_name == "示例市老街烧烤店"


def test_the_verification_names_the_party_and_the_case_corrects_it_with_history(
    story: Story,
) -> None:
    story.does("register", **NAMELESS)
    story.walk("dispatch", "accept", "verify")
    story.does("conclude", subject_name="老街烧烤店")
    story.walk("file_case", "case.assign_officers")

    story.does("case.name_party", subject_name="示例市老街餐饮服务部")

    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    story.does("case.notice")
    text = story.text("penalty_notice")
    assert "示例市老街餐饮服务部" in text
    assert "待查" not in text
    assert "case.name_party" in story.events()
    assert story.chain_holds()


def test_a_decided_party_is_not_exchanged(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")

    assert "不得更换当事人" in story.refused("case.name_party", subject_name="另一家公司")


def test_two_officers_named_at_the_filing_need_not_be_named_again(story: Story) -> None:
    """处罚法第四十二条: the filing named two certified officers already."""
    story.walk(*CONCLUDED, "file_case", "case.record_facts", "case.report")

    assert story.state("case") == "reported"
    story.walk("case.send_for_review", "case.pass_review", "case.notice")
    assert story.state("case") == "noticed"


@pytest.mark.parametrize("seen", [False, True], ids=["review", "hearing_review"])
def test_nobody_reviews_a_case_that_was_terminated_meanwhile(story: Story, seen: bool) -> None:
    """程序规定第四十七条: whose party is gone is reviewed no more, and no limit of it runs on."""
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    if seen:
        story.does("case.pass_review")
        story.does("case.notice", notice_right="hearing")
        story.walk("case.request_hearing", "case.schedule_hearing", "case.serve_hearing_notice")
        story.waits(days=25)
        story.walk("case.hold_hearing", "case.send_hearing_for_review")
    assert "cx55" in story.open_rules()

    story.does("case.terminate")

    assert "cx55" not in story.open_rules()


def test_a_case_without_a_penalty_is_to_be_closed_from_its_decision_on(story: Story) -> None:
    """程序规定第七十七条第（四）项: fifteen working days run from the decision, and run once."""
    story.walk(*REVIEWED, "case.decide_no_penalty")

    [clock] = story.clocks("cx77")
    story.walk("case.serve", "case.enforce")

    assert [one.id for one in story.clocks("cx77")] == [clock.id]
    story.does("case.close")
    assert "cx77" not in story.open_rules()


def test_a_review_that_takes_longer_is_prolonged_by_the_head(story: Story) -> None:
    """程序规定第五十五条: 特殊情况下，经负责人批准可以延长."""
    story.walk(*REVIEWED[:-1])
    before = story.due("cx55")
    assert "请填写「延长天数」" in story.refused("case.extend_review", days=None)

    story.does("case.extend_review", days=5)

    assert story.due("cx55") > before
    assert "延长审核期限" in story.text("matter_approval")
    story.does("case.pass_review")
    assert "没有正在计算的期限可以延长" in story.refused("case.extend_review")


def test_a_market_regulators_case_stands_still_on_a_ground_of_its_rules(story: Story) -> None:
    """程序规定第四十六条: five grounds; what stands still does not count among the ninety days."""
    story.walk(*IN_CASE)

    told = story.refused("case.suspend", suspend_ground=None)

    assert "请选择「中止调查的情形」" in told
    assert "《市场监督管理行政处罚程序规定》第四十六条" in told
    story.does("case.suspend")
    assert "因当事人下落不明暂时无法调查：当事人搬离" in story.text("matter_approval")
