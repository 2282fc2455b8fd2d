"""A remedy goes on beside what the organ does itself; what it corrects, it corrects at any time."""

import pytest

from tests.helpers.story import REVIEWED, Story

SERVED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
AGAIN = ("case.report", "case.send_for_review", "case.pass_review")
TO_ARCHIVE = ("case.pay", "case.record_publication", "case.enforce", "case.close", "case.archive")


@pytest.mark.parametrize("outcome", ["upheld", "withdrawn", "unlawful", "revoked", "dismissed"])
@pytest.mark.parametrize(
    ("correction", "state"),
    [("case.revoke_decision", "revoked"), ("case.revoke_and_remake", "investigating")],
)
def test_a_review_of_what_the_organ_revoked_meanwhile_ends_and_moves_nothing(
    story: Story, correction: str, state: str, outcome: str
) -> None:
    """行政复议法第六十五条第二款第（二）项."""
    story.walk(*SERVED, "remedy.register_review", correction)
    before = story.open_rules()

    story.does("remedy.conclude_review", outcome=outcome)

    assert story.state("remedy") == "concluded"
    assert story.state("case") == state
    assert before - story.open_rules() == {"fy48"}
    assert not story.open_rules() - before


def test_a_suit_about_the_old_decision_leaves_the_new_one_in_force(story: Story) -> None:
    """行政诉讼法第六十二条、第七十四条第二款第（二）项."""
    story.walk(*SERVED, "remedy.register_suit", "case.revoke_and_remake", *AGAIN)
    story.walk("case.notice", "case.record_statement", "case.decide", "case.serve", "remedy.judge")
    story.waits(days=16)

    story.does("remedy.conclude_suit", outcome="revoked", remake=True)

    assert story.state("remedy") == "concluded"
    assert story.state("case") == "served"
    story.does("remedy.register_suit", contested="decision")
    assert story.state("remedy") == "lodged"


def test_a_review_of_what_was_amended_judges_the_old_decision_only(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_review", "case.amend_decision")

    story.does("remedy.conclude_review", outcome="revoked")

    assert story.state("case") == "decided"
    story.does("case.serve")
    assert {"fy20", "ss46"} <= story.open_rules()


@pytest.mark.parametrize(
    ("action", "state"),
    [
        ("revoke_decision", "revoked"),
        ("revoke_and_remake", "investigating"),
        ("amend_decision", "decided"),
        ("correct_decision", "archived"),
    ],
)
def test_an_error_found_in_the_archive_is_corrected(story: Story, action: str, state: str) -> None:
    """行政处罚法第七十五条第二款 knows no last day."""
    story.walk(*SERVED, *TO_ARCHIVE, "close", "archive")

    story.does(f"case.{action}")

    assert story.state("case") == state
    assert story.state() == ("archived" if state == "archived" else "in_case")


def _set_aside(story: Story, how: str) -> None:
    if how == "own":
        story.does("case.revoke_and_remake")
        return
    story.does("remedy.register_review")
    story.does("remedy.conclude_review", outcome="revoked", remake=True)


@pytest.mark.parametrize("how", ["own", "review"])
def test_who_was_heard_is_told_nothing_heavier_after_the_decision_fell(
    story: Story, how: str
) -> None:
    """行政处罚法第四十五条第二款 holds for the decision that is made anew."""
    story.walk(*SERVED)
    _set_aside(story, how)
    story.walk(*AGAIN)
    heavier = {"planned_fine": "49000", "notice_right": "hearing"}

    told = story.refused("case.notice", **heavier)

    assert "不得因当事人陈述、申辩而给予更重的处罚" in told
    assert "第四十五条" in told
    error = {"heavier_ground": "error", "heavier_reason": "原告知漏算一批货值，有进货单证明"}
    story.does("case.notice", **heavier, **error)
