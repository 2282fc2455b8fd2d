"""处罚法第五十一至五十三条: a small penalty on the spot, told, filed, and never beside a case."""

import pytest

from tests.helpers.story import ACCEPTED, CONCLUDED, Story

CASH = {"pay_by": "cash", "cash_ground": "small", "receipt_no": "SLFK0001", "fine": "100"}


def _punished(story: Story, **form: object) -> None:
    """Punished on Monday 11 May 2026."""
    story.walk(*ACCEPTED)
    story.does("penalise_on_spot", **form)


@pytest.mark.parametrize(
    ("offender", "fine", "most"),
    [
        ("individual", "200.01", "对公民当场罚款不得超过200元"),
        ("unit", "3000.01", "不得超过3,000元"),
    ],
)
def test_a_larger_fine_goes_the_ordinary_way(
    story: Story, offender: str, fine: str, most: str
) -> None:
    story.walk(*ACCEPTED)

    told = story.refused("penalise_on_spot", offender=offender, fine=fine)

    assert most in told
    assert "走普通程序（《中华人民共和国行政处罚法》第五十一条）" in told


@pytest.mark.parametrize(("offender", "fine"), [("individual", "200"), ("unit", "3000")])
def test_the_laws_figure_itself_may_be_fined_on_the_spot(
    story: Story, offender: str, fine: str
) -> None:
    """以下包括本数."""
    _punished(story, offender=offender, fine=fine)

    assert story.state() == "on_spot"


def test_only_warnings_and_fines_are_imposed_on_the_spot(story: Story) -> None:
    story.walk(*ACCEPTED)

    told = story.refused("penalise_on_spot", penalty_kinds=["fine", "illegal_goods"])

    assert "没收非法财物不得当场决定" in told


def test_nobody_is_punished_for_what_is_still_to_come(story: Story) -> None:
    """处罚法第五十一条: the facts are certain on the spot."""
    story.walk(*ACCEPTED)
    now = story.now.isoformat()
    story.waits(days=2)
    day = story.now.date().isoformat()

    told = story.refused("penalise_on_spot", punished_at=now, offence_ended_on=day)

    assert "晚于当场处罚时间" in told
    assert "第五十一条" in told


def test_two_officers_with_cards_punish(story: Story) -> None:
    """处罚法第四十二条: the simple procedure is no exception."""
    story.walk(*ACCEPTED)

    assert "不得少于2人" in story.refused("penalise_on_spot", case_officers=["handler"])
    assert "没有执法证号" in story.refused("penalise_on_spot", case_officers=["handler", "legal"])


def test_the_decision_says_all_that_the_law_asks_and_sends_to_review_first(story: Story) -> None:
    """处罚法第五十二条; 行政复议法第二十三条第一款第（一）项."""
    _punished(story)

    text = story.text("spot_decision")
    for said in ("示例市海滨路12号店内", "三种散装糕点", "警告", "贰佰元整", "张经办（SL"):
        assert said in text
    assert "应当先自收到本决定书之日起六十日内向示例市人民政府申请行政复议" in text
    assert "自收到行政复议决定书之日起十五日内" in text
    assert "六个月" not in text


def test_the_record_is_filed_and_the_fine_paid_before_the_end(story: Story) -> None:
    """程序规定第七十条: seven working days; 处罚法第六十七条: fifteen days to pay."""
    _punished(story)
    assert story.due("cx70") == "2026-05-20T23:59"
    assert story.due("cx72") == "2026-05-26T23:59"
    assert not story.open_rules() & {"cx18", "cx64", "cf60"}

    told = story.refused("spot_penalty.close")
    assert "尚有200.00元未缴纳" in told
    assert "尚未报所属行政机关备案" in told
    story.walk("spot_penalty.file_record", "spot_penalty.pay", "spot_penalty.close", "close")

    assert story.state() == "closed"


def test_cash_goes_to_the_organ_and_to_the_bank_in_two_days_each(story: Story) -> None:
    """处罚法第七十一条."""
    _punished(story, **CASH)
    assert story.due("cf71") == "2026-05-13T23:59"
    assert "尚未缴付指定的银行" in story.refused("spot_penalty.close")
    assert "尚未交至行政机关" in story.refused("spot_penalty.bank")

    story.waits(days=1)
    story.does("spot_penalty.hand_in")
    assert story.due("cf71") == "2026-05-14T23:59"
    story.walk("spot_penalty.bank", "spot_penalty.file_record", "spot_penalty.close")

    assert story.open_rules() <= {"sd12_do"}


def test_cash_is_taken_on_a_ground_of_the_law_against_a_receipt(story: Story) -> None:
    """处罚法第六十八条、第七十条."""
    story.walk(*ACCEPTED)

    told = story.refused("penalise_on_spot", pay_by="cash")
    assert "请填写「当场收缴的情形」、「票据号码」" in told
    assert "不属于「罚款一百元以下」" in story.refused(
        "penalise_on_spot", **{**CASH, "fine": "150"}
    )
    assert "与罚款金额不符" in story.refused("penalise_on_spot", pay_by="none")


def test_a_warning_alone_has_nothing_to_pay(story: Story) -> None:
    _punished(story, penalty_kinds=["warning"], fine=None, pay_by="none")
    assert not story.open_rules() & {"cx72", "cf67"}

    story.walk("spot_penalty.file_record", "spot_penalty.close", "close")
    assert story.state() == "closed"


def test_who_does_not_pay_is_urged_and_brought_to_court(story: Story) -> None:
    """行政强制法第五十三、五十四条."""
    _punished(story)
    assert story.due("cx76_court")[:7] == "2026-10"
    story.waits_until("2026-06-01T09:00")
    story.does("spot_penalty.urge_payment", demand_served_on=None, recipient=None)
    story.waits_until("2026-06-19T09:00")
    assert "催告书尚未送达" in story.refused("spot_penalty.apply_for_enforcement")
    story.waits_until("2026-06-02T09:00")
    story.does("spot_penalty.serve_demand")
    number = story.papers("spot_decision")[0].number
    assert number is not None
    assert number in story.text("demand_notice")

    story.waits_until("2026-06-20T09:00")
    assert "期限尚未届满" in story.refused("spot_penalty.apply_for_enforcement")
    story.waits_until("2026-07-20T09:00")
    story.does("spot_penalty.apply_for_enforcement")
    assert "cx76_court" not in story.open_rules()
    again = story.refused("spot_penalty.apply_for_enforcement")
    assert "已于2026年7月20日申请人民法院强制执行，不重复申请" in again
    story.does("spot_penalty.apply_for_enforcement", again_ground="法院退回补正了送达回证")


def test_the_same_act_is_not_punished_again_in_a_case(story: Story) -> None:
    """处罚法第二十九条: what was fined on the spot is not fined in the ordinary procedure."""
    _punished(story, matter="food_sales")
    story.walk("spot_penalty.file_record", "spot_penalty.pay", "spot_penalty.close", "close")
    story.does("reopen")
    story.walk("verify", "conclude")

    story.walk("file_case", "case.assign_officers", "case.record_facts", "case.report")
    story.walk("case.send_for_review", "case.pass_review")
    assert "不得再次罚款" in story.refused("case.notice", act_apart="same")
    assert "可能是同一违法行为" in story.refused("case.notice", act_apart=None)


def test_a_suspected_crime_is_not_settled_on_the_spot(story: Story) -> None:
    """310号令第三条."""
    story.walk(*CONCLUDED[:-1])
    story.does("conclude", finding="criminal")

    assert "应当提出移送" in story.refused("penalise_on_spot")


def test_what_reaches_a_criminal_standard_is_not_fined_on_the_spot(story: Story) -> None:
    """310号令第三条: words that nothing is criminal are no answer to figures and questions."""
    story.walk(*ACCEPTED)

    told = story.refused("penalise_on_spot", quantities={"sales_amount": "86000"})
    assert "不得当场处罚代替移送" in told
    assert "销售金额86,000元" in told
    told = story.refused("penalise_on_spot", answers=None)
    assert "生产、销售有毒、有害食品罪：是否" in told and "toxic" not in told
    assert "请在「定性问题」中逐题写明" in told
    yes = [{"offence": "toxic_food", "tier": "toxic", "answer": "是"}]
    assert "已达涉嫌犯罪标准" in story.refused("penalise_on_spot", answers=yes)
    assert story.does("penalise_on_spot").state == "on_spot"


def test_a_complaint_is_taken_apart_before_anybody_is_punished(story: Story) -> None:
    story.walk("register", "dispatch")
    story.does("accept", complaint_kind="both")

    assert "请先办理「拆出举报」" in story.refused("penalise_on_spot")


def test_a_joint_verification_ends_with_the_penalty_or_says_who_is_silent(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.does("verify", cooperating=["shili-health"])

    assert "反馈" in story.refused("penalise_on_spot")
    story.does("penalise_on_spot", silent_reason="不涉及该部门职责")

    assert story.state("verification") == "concluded"
    assert story.state("part") == "passed_over"


def test_without_a_matter_somebody_says_that_no_offence_belongs_to_it(story: Story) -> None:
    """310号令第三条: a fine on the spot, too, is held against the standards."""
    story.walk("register")
    story.does("dispatch", matter=None)
    story.walk("accept", "verify")

    nothing = {"matter": None, "answers": None}
    reasons = story.refused("penalise_on_spot", **nothing)

    assert "请选择「监管事项」" in reasons
    assert "「无对应罪名的理由」" in reasons
    reason = "乱贴小广告，刑法没有对应罪名"
    story.does("penalise_on_spot", **nothing, no_offence_reason=reason)
    said = story.row().facts["no_offence"]
    assert said == {"by": "张经办", "on": f"{story.now:%Y-%m-%d}", "reason": reason}
