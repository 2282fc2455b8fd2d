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


def test_a_revocation_names_the_decision_and_what_amended_it(story: Story) -> None:
    """处罚法第七十五条第二款: what falls is the decision, with the paper that amended it."""
    story.walk(*SERVED)
    story.does("case.amend_decision")
    first, amended = story.papers("penalty_decision")[0], story.papers("amendment_decision")[0]
    story.does("case.revoke_decision")

    text = story.text("revocation_decision")

    assert (
        f"作出《行政处罚决定书》（{first.number}），后以《变更行政处罚决定书》（{amended.number}）变更"
        in text
    )
    assert (
        f"撤销《行政处罚决定书》（{first.number}）及变更该决定的《变更行政处罚决定书》（{amended.number}）"
        in text
    )


def test_a_second_amendment_names_the_first(story: Story) -> None:
    story.walk(*SERVED)
    story.does("case.amend_decision")
    first = story.papers("amendment_decision")[0].number
    story.does("case.amend_decision")

    assert f"后以《变更行政处罚决定书》（{first}）变更" in story.text("amendment_decision")


def test_a_case_that_was_terminated_has_no_decision_to_contest(story: Story) -> None:
    """处罚法第六十一条: what was never served took no effect; 复议法第二十条 needs an act."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")
    story.walk("case.terminate", "case.close")

    assert "案件已经终止" in story.refused("remedy.register_review")
    assert "案件已经终止" in story.refused("remedy.register_suit")
    assert story.does("remedy.register_review", contested="other").state == "lodged"


def test_a_remedy_that_was_lodged_before_the_end_is_concluded_after_it(story: Story) -> None:
    """The outcome lies in the file and moves nothing: there is no decision any more."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide")
    story.walk("remedy.register_review", "case.terminate")

    assert story.does("remedy.conclude_review", outcome="upheld").state == "concluded"
    assert story.state("case") == "settled"
