"""Review and suit against a penalty on the spot, and how long the court may be asked for it.

行政复议法23①(一), 行政处罚法73③, 行政强制法53.
"""

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
    story.does("remedy.conclude_review")
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
