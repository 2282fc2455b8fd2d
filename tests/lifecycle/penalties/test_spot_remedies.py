"""Review and suit against a penalty on the spot, how it is paid, and the months for the court.

行政复议法23①(一), 行政处罚法73③, 行政强制法53.
"""

from datetime import timedelta

from domain.tables.process import Process
from flows.site.store import transaction
from tests.helpers.story import ACCEPTED, Story

PUNISHED = (*ACCEPTED, "penalise_on_spot", "spot_penalty.file_record")


def test_the_party_turns_to_review_first_and_the_organ_can_answer(story: Story) -> None:
    story.walk(*PUNISHED)
    assert "应当先申请行政复议" in story.refused("remedy.register_suit")

    story.walk("remedy.register_review", "remedy.answer")

    assert story.papers("spot_decision")[-1].number in story.text("review_answer")
    story.does("remedy.conclude_review")
    assert story.does("remedy.register_suit").state == "lodged"


def test_no_surcharge_grows_and_no_court_is_asked_while_a_review_is_pending(story: Story) -> None:
    story.walk(*PUNISHED, "remedy.register_review")
    story.waits(days=40)
    assert "应缴余额为200.00元" in story.refused("spot_penalty.pay", paid="400")

    story.waits(days=70)
    story.does("spot_penalty.urge_payment")
    story.waits(days=20)

    assert "尚未终结" in story.refused("spot_penalty.apply_for_enforcement")


def test_after_a_review_the_days_for_the_suit_are_awaited(story: Story) -> None:
    """行政诉讼法45: fifteen days from the review decision."""
    story.walk(*PUNISHED)
    story.waits(days=50)
    story.walk("spot_penalty.urge_payment", "remedy.register_review")
    story.waits(days=30)
    assert "cx76_court" not in story.open_rules()
    story.does("remedy.conclude_review")
    assert {"cx76_court", "ss45"} <= story.open_rules()
    story.waits(days=2)
    assert "提起行政诉讼的期限尚未届满" in story.refused("spot_penalty.apply_for_enforcement")

    story.waits(days=15)

    story.does("spot_penalty.apply_for_enforcement")
    assert story.papers("enforcement_application")


def test_the_court_is_not_asked_for_ever(story: Story) -> None:
    """行政强制法53: sixty days for the review, then three months."""
    story.walk(*PUNISHED)
    story.waits(days=20)
    story.does("spot_penalty.urge_payment")
    story.waits(days=160)

    assert "逾期申请的正当理由" in story.refused("spot_penalty.apply_for_enforcement")
    story.does("spot_penalty.apply_for_enforcement", late_ground="疫情封控期间无法递交")


def test_what_was_paid_on_a_penalty_that_is_revoked_goes_back_before_the_end(story: Story) -> None:
    story.walk(*PUNISHED, "spot_penalty.pay", "spot_penalty.close", "close")
    story.does("remedy.register_review")

    story.does("remedy.conclude_review", outcome="revoked")

    assert (story.state(), story.state("spot_penalty")) == ("on_spot", "revoked")
    assert "200.00元应当退还" in story.refused("spot_penalty.close")
    story.walk("spot_penalty.return_payment", "spot_penalty.close")
    assert story.does("close").state == "closed"


def test_a_lowered_fine_is_due_anew(story: Story) -> None:
    story.walk(*PUNISHED)
    story.waits(days=30)
    story.does("remedy.register_review")

    story.does(
        "remedy.conclude_review", outcome="changed", penalty_kinds=["warning", "fine"], fine="50"
    )

    assert story.state("spot_penalty") == "decided"
    assert story.due("cx72") > f"{story.now:%Y-%m-%d}"
    assert "应缴余额为50.00元" in story.refused("spot_penalty.pay")
    story.does("spot_penalty.pay", paid="50")


TO_CASE = ("case.assign_officers", "case.record_facts", "case.report")
REVIEW = {"outcome": "revoked", "remake": True}


def test_what_a_review_orders_to_be_made_anew_is_made_in_a_case(story: Story) -> None:
    """行政复议法64: not on the same facts and grounds, by the day that the decision states."""
    story.walk(*PUNISHED, "spot_penalty.pay", "spot_penalty.close", "close")
    story.does("remedy.register_review")
    due = f"{story.now + timedelta(days=60):%Y-%m-%d}"

    story.does("remedy.conclude_review", **REVIEW, remake_due=due)

    assert (story.state(), story.state("spot_penalty")) == ("on_spot", "revoked")
    assert story.due("fy64_remake")[:10] == due
    story.does("spot_penalty.return_payment")
    assert "立案重新办理" in story.refused("spot_penalty.close")
    assert "决定已撤销" in story.refused("close")

    story.does("file_remade")

    assert (story.state(), story.state("case")) == ("in_case", "filed")
    assert story.running("fy64_remake").process_kind == "case"
    assert story.due("fy64_remake")[:10] == due
    assert story.papers("filing_approval")
    story.walk("spot_penalty.close", *TO_CASE, "case.send_for_review", "case.pass_review")
    story.does("case.notice")
    story.waits(days=8)
    assert "不得以同一事实和理由" in story.refused("case.decide")

    story.does("case.decide", remade_difference="补充了现场照片，罚款由二百元改为一万元以下")

    assert "fy64_remake" not in story.open_rules()
    told = story.text("penalty_decision")
    assert story.papers("spot_decision")[-1].number in told
    assert "本决定系重新作出" in told
    story.does("case.serve")
    assert story.does("remedy.register_suit").state == "lodged"


def test_what_is_not_ordered_to_be_made_anew_gets_no_case(story: Story) -> None:
    story.walk(*PUNISHED, "remedy.register_review")
    story.does("remedy.conclude_review", outcome="revoked")
    assert "没有被撤销并责令重新作出" in story.refused("file_remade")


def test_a_penalty_revoked_before_this_road_was_built_takes_it_too(story: Story) -> None:
    """Rows of an older home: the penalty was set aside as one that is not made anew."""
    story.walk(*PUNISHED, "remedy.register_review")
    story.does("remedy.conclude_review", outcome="revoked")
    with transaction(story.office.engine) as session:
        row = session.get_one(Process, story.processes("remedy")[-1].id)
        row.facts = {**row.facts, "remake": True, "procedural_ground": True}
        session.add(row)

    story.walk("file_remade", *TO_CASE, "case.send_for_review", "case.pass_review", "case.notice")
    story.waits(days=8)

    assert story.does("case.decide").state == "decided"


def test_a_penalty_found_unlawful_is_still_enforced_after_the_days_for_the_suit(
    story: Story,
) -> None:
    """行政复议法65, 78; 行政诉讼法45: unlawful is not revoked, and the party may still sue."""
    story.walk(*PUNISHED)
    story.waits(days=50)
    story.walk("spot_penalty.urge_payment", "remedy.register_review")
    story.waits(days=30)

    story.does("remedy.conclude_review", outcome="unlawful")

    assert {"cx76_court", "ss45"} <= story.open_rules()
    assert story.state("spot_penalty") == "decided"
    refusal = story.refused("spot_penalty.apply_for_enforcement")
    assert "提起行政诉讼的期限尚未届满" in refusal
    story.waits(days=17)
    story.does("spot_penalty.apply_for_enforcement")
    assert story.papers("enforcement_application")


def _plan(*parts: tuple[str, str]) -> dict[str, object]:
    rows = [{"due_on": day, "amount": amount} for day, amount in parts]
    return {"payment_plan": rows, "paid_until": parts[-1][0]}


# --- put off and in parts: 行政处罚法66②, 72② name the fine, not the procedure ---


def test_parts_paid_on_their_days_settle_a_fine_on_the_spot(story: Story) -> None:
    story.walk(*PUNISHED)
    parts = (("2026-06-30", "100"), ("2026-07-31", "100"))
    story.does("spot_penalty.put_off_payment", **_plan(*parts))

    assert story.due("cf66") == "2026-07-31T23:59"
    assert "cx72" not in story.open_rules()
    assert "2026年6月30日" in story.text("put_off_notice")
    story.waits_until("2026-06-30T10:00")
    story.does("spot_penalty.pay_part", paid="100")
    story.waits_until("2026-07-31T10:00")
    assert "缴款期限尚未届满" in story.refused("spot_penalty.urge_payment")
    story.does("spot_penalty.pay", paid="100")

    assert "cf66" not in story.open_rules()
    assert story.does("spot_penalty.close").state == "closed"


def test_a_part_that_falls_late_grows_the_surcharge_and_is_urged(story: Story) -> None:
    story.walk(*PUNISHED)
    parts = (("2026-06-30", "100"), ("2026-07-31", "100"))
    story.does("spot_penalty.put_off_payment", **_plan(*parts))
    story.waits_until("2026-07-02T10:00")

    assert "应缴余额为206.00元" in story.refused("spot_penalty.pay", paid="200")
    assert story.does("spot_penalty.urge_payment").state == "decided"


def test_the_months_of_the_court_begin_when_the_plan_ends(story: Story) -> None:
    """Served on 11 May: the sixty days for the review end in July, the plan in December."""
    story.walk(*PUNISHED)
    before = story.due("cx76_court")
    story.does("spot_penalty.put_off_payment", **_plan(("2026-12-31", "200")))

    assert story.due("cx76_court") > before
    assert story.due("cx76_court").startswith("2027-03-31")


def test_what_was_taken_in_cash_cannot_be_put_off(story: Story) -> None:
    story.walk(*ACCEPTED)
    story.does("penalise_on_spot", fine="100", pay_by="cash", cash_ground="small", receipt_no="PJ1")

    reasons = story.refused("spot_penalty.put_off_payment", **_plan(("2026-12-31", "100")))
    assert "没有未缴的罚款" in reasons
