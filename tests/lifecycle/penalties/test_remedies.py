"""Reviews and suits: answered in time, and what came of them shows in the case."""

import pytest

from tests.helpers.health_story import HealthStory
from tests.helpers.story import IN_CASE, REVIEWED, Story

DECIDED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide")
SERVED = (*DECIDED, "case.serve")
PUBLISHED = (*SERVED, "case.record_publication")
CHANGED = {"outcome": "changed", "penalty_kinds": ["fine"], "fine": "6000"}
AGAIN = (
    "case.report",
    "case.send_for_review",
    "case.pass_review",
    "case.notice",
    "case.record_statement",
)


# --- registered and answered ---------------------------------------------------------------------


def test_a_review_is_answered_within_ten_working_days(story: Story) -> None:
    """行政复议法第四十八条."""
    story.walk(*SERVED, "remedy.register_review")
    assert story.due("fy48") == "2026-05-26T23:59"
    assert ("shili-market", "legal_reviewer") in story.told("remedy.register_review")

    story.does("remedy.answer")

    assert "fy48" not in story.open_rules()
    text = story.text("review_answer")
    assert "示例市人民政府：" in text
    assert "2. 进货台账" in text
    assert str(story.papers("penalty_decision")[0].number) in text


@pytest.mark.parametrize(
    ("remedy", "told"),
    [("review", "第四十六条"), ("suit", "第三十五条")],
)
def test_no_evidence_is_gathered_about_a_contested_decision(
    story: Story, remedy: str, told: str
) -> None:
    """行政复议法第四十六条，行政诉讼法第三十五条."""
    story.walk(*SERVED)
    before = story.now.isoformat()
    story.waits(days=1)
    story.does(f"remedy.register_{remedy}")

    for action in ("record.inquiry", "record.inspection", "record.sampling"):
        refusal = story.refused(action)
        assert told in refusal and "不得自行向" in refusal

    story.does("record.scene")  # what the party does about an order to correct is looked at
    story.does("record.inquiry", started_at=before, ended_at=before)
    story.does("record.inquiry", despite_remedy="复议机构2026年5月20日同意补充证据的通知")


def test_a_summary_review_is_answered_within_five(story: Story) -> None:
    """行政复议法第五十四条."""
    story.walk(*SERVED)

    story.does("remedy.register_review", procedure="summary")

    assert story.due("fy54") == "2026-05-19T23:59"


def test_a_suit_is_answered_within_fifteen_days(story: Story) -> None:
    """行政诉讼法第六十七条."""
    story.walk(*SERVED, "remedy.register_suit")
    assert story.due("ss67") == "2026-05-27T23:59"

    story.does("remedy.answer")

    assert "示例市示例区人民法院：" in story.text("suit_answer")


def test_a_decision_is_not_reviewed_and_sued_against_at_a_time(story: Story) -> None:
    """行政复议法第二十九条."""
    story.walk(*SERVED, "remedy.register_review")

    refusal = story.refused("remedy.register_suit")

    assert "行政复议案件示政复〔2026〕36号尚未终结" in refusal
    assert "第二十九条" in refusal


def test_what_was_not_done_is_not_contested(story: Story) -> None:
    story.walk(*IN_CASE)
    assert "还没有对当事人作出" in story.refused("remedy.register_review")
    story.walk("case.preserve", "case.release_preserved")

    assert "没有作出处罚" in story.refused("remedy.register_review")
    assert story.does("remedy.register_suit", contested="measure").state == "lodged"


def test_a_body_that_nobody_entered_is_asked_for(story: Story) -> None:
    story = HealthStory(story.office)
    story.walk(*SERVED)
    named = {"review_body": "示例省人民政府"}

    story.does("remedy.register_review", **named)
    story.does("remedy.answer")

    assert "示例省人民政府：" in story.text("review_answer")


def test_a_review_ends_as_a_review_and_a_suit_as_a_suit(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_review")

    assert "本事项是行政复议" in story.refused("remedy.conclude_suit")
    assert "本事项是行政复议" in story.refused("remedy.judge")


# --- the surcharge -------------------------------------------------------------------------------


def test_the_surcharge_stands_still_while_a_review_is_pending(story: Story) -> None:
    """行政处罚法第七十三条第三款: due on 26 May, late for five days, then under review."""
    story.walk(*SERVED)
    story.waits_until("2026-06-01T09:00")
    story.does("remedy.register_review", lodged_on="2026-06-01")
    story.waits_until("2026-07-10T09:00")
    assert "应缴余额为11,500.00元" in story.refused("case.pay", paid="1")
    story.does("remedy.conclude_review", party_received_on="2026-07-10")
    story.waits_until("2026-07-12T09:00")

    assert "应缴余额为12,100.00元" in story.refused("case.pay", paid="1")


# --- outcomes ------------------------------------------------------------------------------------


def test_a_changed_fine_is_owed_as_changed_and_due_anew(story: Story) -> None:
    story.walk(*SERVED)
    story.waits_until("2026-06-01T09:00")
    story.does("remedy.register_review", lodged_on="2026-06-01")
    story.waits_until("2026-07-10T09:00")

    story.does("remedy.conclude_review", **CHANGED, party_received_on="2026-07-10")

    assert story.due("cx72") == "2026-07-27T23:59"
    assert "应缴余额为6,000.00元" in story.refused("case.pay", paid="1")
    assert "cx76_court" not in story.open_rules()
    assert "由行政复议机关依法强制执行" in story.refused("case.apply_for_enforcement")
    story.does("case.pay", paid="6000")
    assert story.does("case.enforce").state == "enforced"


def test_a_change_is_told_in_full_and_is_not_heavier(story: Story) -> None:
    """行政复议法第六十三条第二款."""
    story.walk(*SERVED, "remedy.register_review")

    assert "「变更后的处罚种类」" in story.refused("remedy.conclude_review", outcome="changed")
    refusal = story.refused("remedy.conclude_review", **{**CHANGED, "fine": "20000"})
    assert "罚款数额20,000.00元，原决定是10,000.00元" in refusal
    assert "更为不利" in refusal


def test_what_was_published_is_withdrawn_within_three_working_days(story: Story) -> None:
    """行政处罚法第四十八条、公示规定第十一条."""
    story.walk(*PUBLISHED, "case.pay", "remedy.register_review")

    story.does("remedy.conclude_review", **CHANGED)

    assert story.due("cx63") == "2026-05-15T23:59"
    story.does("case.enforce")
    assert "公示信息尚未撤回" in story.refused("case.close")
    assert "4,000.00元应当退还" in story.refused("case.close")
    story.does("case.revise_publication")
    assert "cx63" not in story.open_rules()
    assert "予以撤回" in story.text("publication_revision")
    assert "应退还4,000.00元" in story.refused("case.return_payment", returned="100")
    story.does("case.return_payment", returned="4000")
    assert story.does("case.close").state == "closed"


def test_a_revoked_decision_is_no_more_and_its_money_goes_back(story: Story) -> None:
    """行政复议法第六十四条、第七十二条第二款."""
    story.walk(*SERVED, "case.pay", "remedy.register_review")

    story.does("remedy.conclude_review", outcome="revoked")

    assert story.state("case") == "revoked"
    assert not story.open_rules() & {"cx72", "gs9", "cx76_court"}
    assert "10,000.00元应当退还" in story.refused("case.close")
    story.does("case.return_payment")
    story.does("case.close")
    assert "处罚决定被撤销" in story.text("closing_approval")


def test_a_decision_made_anew_says_which_one_it_replaces(story: Story) -> None:
    """行政复议法第六十四条第二款: not the same on the same facts and grounds."""
    story.walk(*SERVED, "remedy.register_review")
    first = story.papers("penalty_decision")[0].number
    story.does("remedy.conclude_review", outcome="revoked", remake=True, remake_due="2026-07-10")
    assert story.state("case") == "investigating"
    assert story.due("fy64_remake") == "2026-07-10T23:59"
    story.walk(*AGAIN)
    refusal = story.refused("case.decide")
    assert "请填写「与被撤销决定的不同」" in refusal

    story.does("case.decide", remade_difference="扣除退货后数量减少，罚款相应降低", fine="8000")

    assert "fy64_remake" not in story.open_rules()
    text = story.text("penalty_decision")
    assert f"《行政处罚决定书》（{first}）已由行政复议机关以示政复决〔2026〕36号撤销" in text
    assert story.does("case.serve").state == "served"
    assert "应缴余额为8,000.00元" in story.refused("case.pay", paid="1")


def test_what_fell_for_its_procedure_may_be_decided_alike(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_review")
    story.does("remedy.conclude_review", outcome="revoked", remake=True, procedural_ground=True)
    story.walk(*AGAIN)

    assert story.does("case.decide").state == "decided"


def test_only_what_was_revoked_is_made_anew(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_review")

    refusal = story.refused("remedy.conclude_review", outcome="upheld", remake=True)

    assert "撤销、部分撤销或者确认无效" in refusal


def test_an_unlawful_decision_stands_but_is_withdrawn_from_the_public(story: Story) -> None:
    story.walk(*PUBLISHED, "remedy.register_review")

    story.does("remedy.conclude_review", outcome="unlawful")

    assert story.state("case") == "served"
    assert "cx63" in story.open_rules()


def test_a_review_that_ends_after_the_archive_takes_the_case_up_again(story: Story) -> None:
    story.walk(*SERVED, "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.walk("case.archive", "close", "archive")
    story.waits_until("2026-06-20T09:00")
    story.walk("remedy.register_review", "remedy.answer")

    story.does("remedy.conclude_review", outcome="revoked", remake=True)

    assert story.state("case") == "investigating"
    assert story.state() == "in_case"
    assert ("shili-market", "handler") in story.told("clue.resume_case")


ARCHIVED = ("case.pay", "case.record_publication", "case.enforce", "case.close", "case.archive")


@pytest.mark.parametrize(
    ("form", "work"),
    [
        ({"outcome": "changed", "penalty_kinds": ["fine"], "fine": "6000"}, "cx63"),
        ({"outcome": "unlawful"}, "cx63"),
    ],
)
def test_an_archived_decision_that_is_changed_or_unlawful_is_work_again(
    story: Story, form: dict[str, object], work: str
) -> None:
    story.walk(*SERVED, *ARCHIVED, "close", "archive")
    story.waits_until("2026-06-20T09:00")
    story.walk("remedy.register_review", "remedy.answer")

    story.does("remedy.conclude_review", **form)

    assert story.state("case") == "served"
    assert story.state() == "in_case"
    assert work in story.open_rules()


def test_an_archived_decision_that_is_upheld_stays_in_the_archive_without_a_limit(
    story: Story,
) -> None:
    story.walk(*SERVED, *ARCHIVED, "close", "archive")
    story.waits_until("2026-06-20T09:00")
    story.walk("remedy.register_review", "remedy.answer")

    story.does("remedy.conclude_review")

    assert story.state("case") == "archived"
    assert story.open_rules() == set()


def test_a_revoked_measure_is_reported_to_the_head(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize")
    story.does("remedy.register_review", contested="measure")

    story.does("remedy.conclude_review", outcome="revoked")

    assert ("shili-market", "department_head") in story.told("case.set_measure_aside")
    assert story.processes("case")[0].facts["measure_revoked"] == "示政复决〔2026〕36号"


def test_a_judgment_takes_effect_when_nobody_appealed(story: Story) -> None:
    """行政诉讼法第八十五条: fifteen days for a judgment, ten for a ruling."""
    story.walk(*SERVED, "remedy.register_suit", "remedy.answer")
    assert "请先办理「登记一审裁判」" in story.refused("remedy.conclude_suit")
    story.does("remedy.judge", judgment_kind="ruling")
    assert story.due("ss85_ruling") == "2026-05-22T23:59"

    story.does("remedy.appeal")

    assert "ss85_ruling" not in story.open_rules()
    assert story.does("remedy.conclude_suit").state == "concluded"


def test_a_suit_that_was_withdrawn_ends_without_a_judgment(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_suit")

    assert story.does("remedy.conclude_suit", outcome="withdrawn").state == "concluded"


def test_a_clue_is_not_closed_while_a_suit_is_pending(story: Story) -> None:
    story.walk(*SERVED, "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.does("remedy.register_suit")

    assert "复议诉讼（待答复答辩）" in story.refused("close")


# --- the organ's own correction ------------------------------------------------------------------


def test_an_organ_amends_its_decision_to_something_milder(story: Story) -> None:
    """行政处罚法第七十五条第二款; a heavier one needs a new notice."""
    story.walk(*SERVED)
    heavier = story.refused("case.amend_decision", fine="20000")
    assert "罚款数额20,000.00元，原决定是10,000.00元" in heavier
    assert "自行撤销决定并重新办理" in heavier

    story.does("case.amend_decision")

    assert story.state("case") == "decided"
    assert "罚款人民币陆仟元整" in story.text("amendment_decision")
    assert "当事人在案发前已经主动召回" in story.text("matter_approval")
    story.does("case.serve")
    assert "应缴余额为6,000.00元" in story.refused("case.pay", paid="1")
    assert story.due("cx76_court") == "2027-02-12T23:59"


def test_what_was_discussed_together_is_amended_after_a_discussion(story: Story) -> None:
    """处罚法57②, 75②: no head alone takes back what the heads decided; the supervisor is told."""
    story.walk(*SERVED[: SERVED.index("case.decide")], "case.discuss", "case.decide", "case.serve")
    assert "变更也应当集体讨论决定" in story.refused("case.amend_decision", amend_discussion=None)
    story.does("case.amend_decision")
    assert ("shili-justice", "supervisor") in story.told("case.amend_decision")


def test_an_organ_revokes_its_decision_and_handles_the_case_anew(story: Story) -> None:
    story.walk(*PUBLISHED)

    story.does("case.revoke_and_remake")

    assert story.state("case") == "investigating"
    assert "本案由本机关重新办理" in story.text("revocation_decision")
    assert {"cx63", "cx64"} <= story.open_rules()
    story.walk(*AGAIN)
    story.waits(days=120)
    # 处罚法60: the remade case has ninety days, and says why it is later.
    assert "办案期限已于" in story.refused("case.decide", late_reason=None)
    story.does("case.decide", late_reason="等待补充检验")
    assert "已由本机关自行撤销" in story.text("penalty_decision")


@pytest.mark.parametrize("by", ["handler", "legal"])
def test_only_the_head_corrects_a_decision(story: Story, by: str) -> None:
    story.walk(*SERVED)

    for action in ("revoke_decision", "amend_decision", "correct_decision"):
        assert "只能由" in story.refused(f"case.{action}", by=by)


def test_a_slip_is_corrected_and_nothing_else_changes(story: Story) -> None:
    story.walk(*SERVED)
    before = story.open_rules()

    name = {"wrong_text": "示例市鑫源食品有限公司", "right_text": "示例市鑫塬食品有限公司"}
    assert "当事人" in story.refused("case.correct_decision", **name)
    story.does("case.correct_decision", **name, same_party_ground="营业执照所载")
    story.does("case.correct_decision", wrong_text="过期奶粉36罐", right_text="过期奶粉63罐")

    assert story.open_rules() == before
    assert "过期奶粉63罐" in story.text("correction_notice")
    assert story.state("case") == "served"


@pytest.mark.parametrize(
    ("wrong", "right", "part"),
    [
        ("罚款人民币10,000.00元", "罚款人民币50,000.00元", "处罚数额"),
        ("10000", "5", "处罚数额"),
        ("人民币壹万元整", "人民币伍万元整", "处罚数额"),
        ("给予罚款", "给予罚款，并吊销许可证", "处罚种类"),
        ("示例市鑫源食品有限公司", "林某", "当事人"),
        ("食品安全法第一百二十四条", "食品安全法第一百二十六条", "处罚依据"),
    ],
)
def test_a_correction_leaves_whom_and_what_the_decision_punishes(
    story: Story, wrong: str, right: str, part: str
) -> None:
    """处罚法第四十条、第四十四条、第六十二条."""
    story.walk(*SERVED)

    told = story.refused("case.correct_decision", wrong_text=wrong, right_text=right)

    assert f"更正涉及{part}" in told
    assert "「自行撤销决定并重新办理」" in told
    assert "第六十二条" in told


def test_a_decision_revoked_after_closing_opens_case_and_clue_again(story: Story) -> None:
    story.walk(*SERVED, "case.pay", "case.record_publication", "case.enforce", "case.close")
    story.does("close")

    story.does("case.revoke_decision")

    assert story.state("case") == "revoked"
    assert story.state() == "in_case"
