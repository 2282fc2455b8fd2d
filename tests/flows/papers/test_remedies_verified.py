"""A decision that a review or a court changed or revoked verifies as such (issue 10, point 10)."""

import pytest

from flows.papers.alterations import is_revoked
from flows.papers.genuineness import Verdict, verify_file
from flows.site.store import reading
from tests.helpers.story import IN_CASE, REVIEWED, Story

SERVED = (*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")
CHANGED = {"outcome": "changed", "penalty_kinds": ["fine"], "fine": "6000"}
AGAIN = (
    *("case.report", "case.send_for_review", "case.pass_review", "case.notice"),
    *("case.record_statement", "case.decide"),
)


def _verdicts(story: Story) -> list[Verdict]:
    """Of every penalty decision, oldest first."""
    with reading(story.office.engine) as session:
        shelf = story.office.shelf
        return [
            verify_file(session, story.office, shelf.get(one.sha256))
            for one in story.papers("penalty_decision")
        ]


def _reviewed(story: Story, **outcome: object) -> Verdict:
    story.walk(*SERVED, "remedy.register_review")
    story.does("remedy.conclude_review", **outcome)
    return _verdicts(story)[0]


def test_a_decision_that_a_review_changed_says_by_what(story: Story) -> None:
    found = _reviewed(story, **CHANGED)

    assert found.outcome == "authentic"
    assert found.note.startswith("已由")
    assert found.note.endswith("变更")


@pytest.mark.parametrize(("outcome", "word"), [("revoked", "撤销"), ("void", "确认无效")])
def test_a_decision_that_a_review_took_away_holds_no_more(
    story: Story, outcome: str, word: str
) -> None:
    found = _reviewed(story, outcome=outcome)

    assert found.outcome == "void"
    assert found.note.endswith(word)


def test_a_decision_that_was_upheld_or_is_under_review_holds(story: Story) -> None:
    story.walk(*SERVED, "remedy.register_review")
    pending = _verdicts(story)[0]

    story.does("remedy.conclude_review", outcome="upheld")

    assert (pending.outcome, pending.note) == ("authentic", "")
    assert _verdicts(story)[0].outcome == "authentic"
    assert "已由" not in _verdicts(story)[0].note


def test_a_seizure_that_a_review_revoked_holds_no_more(story: Story) -> None:
    """The remedy names the measure, and the decision on it is the paper that is meant."""
    story.walk(*IN_CASE, "case.seize")
    story.does("remedy.register_review", contested="measure")

    story.does("remedy.conclude_review", outcome="revoked")

    with reading(story.office.engine) as session:
        seized = story.papers("seizure_decision")[0]
        found = verify_file(session, story.office, story.office.shelf.get(seized.sha256))
    assert found.outcome == "void"


def test_what_is_decided_anew_is_not_the_revoked_decision(story: Story) -> None:
    _reviewed(story, outcome="revoked", remake=True, procedural_ground=True)
    story.walk(*AGAIN)

    first, second = _verdicts(story)

    assert first.outcome == "void"
    assert (second.outcome, second.note) == ("authentic", "")


def test_a_partly_revoked_decision_holds_for_the_rest() -> None:
    assert not is_revoked("已由示政复决〔2026〕1号部分撤销")
    assert is_revoked("已由示市监补〔2026〕1号补正；已由示政复决〔2026〕1号撤销")
