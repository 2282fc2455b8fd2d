"""A fine on the spot is put off and paid in parts like any other.

行政处罚法66② names the fine, not the procedure; 72② moves the court's months.
"""

from tests.helpers.story import ACCEPTED, Story

PUNISHED = (*ACCEPTED, "penalise_on_spot", "spot_penalty.file_record")


def _plan(*parts: tuple[str, str]) -> dict[str, object]:
    rows = [{"due_on": day, "amount": amount} for day, amount in parts]
    return {"payment_plan": rows, "paid_until": parts[-1][0]}


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
