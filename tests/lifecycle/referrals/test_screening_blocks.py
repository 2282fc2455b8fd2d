"""No fine instead of a referral: what was found stays found, and what is asked is answered."""

import pytest

from tests.helpers.filled_forms import ANSWERS
from tests.helpers.story import IN_CASE, Story

NOT_INSTEAD = "不得以行政处罚代替移送"


def _recorded(story: Story, sales: str, **more: object) -> None:
    story.does("case.record_facts", quantities={"sales_amount": sales}, **more)


def _reviewed(story: Story, sales: str, **more: object) -> None:
    story.walk(*IN_CASE)
    _recorded(story, sales, **more)
    story.walk("case.report", "case.send_for_review", "case.pass_review")


def _declined(story: Story, sales: str) -> None:
    _reviewed(story, sales)
    story.walk("refer", "referral.decline")


def test_naming_another_offence_takes_none_of_the_matter_away(story: Story) -> None:
    _reviewed(story, "80000", screened=["counterfeit_patent"])

    assert NOT_INSTEAD in story.refused("case.notice")


def test_an_entry_without_the_figure_does_not_undo_what_was_found(story: Story) -> None:
    _reviewed(story, "80000")
    story.does("case.record_facts", quantities={"illegal_income": "100"})

    assert NOT_INSTEAD in story.refused("case.notice")


def test_an_offence_once_named_and_found_is_screened_on(story: Story) -> None:
    _reviewed(story, "100", screened=["false_advertising"])
    story.does("case.record_facts", quantities={"illegal_income": "200000"})

    assert "虚假广告罪" in story.refused("case.notice")


def test_a_corrected_figure_below_the_threshold_opens_the_way(story: Story) -> None:
    _reviewed(story, "80000")
    grounds = {"lowering_reason": "计入了退货", "lowering_evidence": "退货单12份"}
    _recorded(story, "8000", **grounds)
    story.does("crime_revocation.revoke")
    assert "审核以后违法事实、当事人有变更" in story.refused("case.notice")
    story.walk("case.send_for_review", "case.pass_review")

    assert story.does("case.notice").state == "noticed"


@pytest.mark.parametrize("action", ["case.notice", "case.decide_no_penalty"])
def test_a_question_of_screening_is_answered_before_a_penalty(story: Story, action: str) -> None:
    _reviewed(story, "100", answers=None)

    reasons = story.refused(action)

    for name in ("生产、销售不符合安全标准的食品罪", "生产、销售有毒、有害食品罪"):
        assert f"{name}：是否" in reasons
    assert "「登记违法事实」" in reasons
    assert "第三条" in reasons


def test_who_answers_by_the_offences_name_has_answered(story: Story) -> None:
    _reviewed(story, "100", answers=[one for one in ANSWERS if one["offence"] == "unsafe_food"])
    assert "有毒、有害食品罪" in story.refused("case.notice")

    toxic = "生产、销售有毒、有害食品罪"
    _recorded(story, "100", answers=[{"offence": toxic, "answer": "否"}])

    assert story.does("case.notice").state == "noticed"


def test_a_decision_is_refused_while_a_late_question_is_open(story: Story) -> None:
    _reviewed(story, "100")
    story.does("case.notice")
    _recorded(story, "100", screened=["drug_administration"])
    story.waits(days=9)

    assert "妨害药品管理罪：是否" in story.refused("case.decide")


def test_a_principals_refusal_covers_the_figures_he_decided_on(story: Story) -> None:
    _declined(story, "50000")
    _recorded(story, "50000")
    assert story.does("case.notice").state == "noticed"

    _recorded(story, "5000000")
    story.waits(days=9)

    reasons = story.refused("case.decide")
    assert "销售金额由50,000元增至5,000,000元" in reasons
    assert "须就新的事实重新决定" in reasons
    story.walk("refer", "referral.decline")
    assert "涉案数额在告知之后有变更" in story.refused("case.decide")
    story.walk("case.send_for_review", "case.pass_review")
    story.walk("case.notice", "case.record_statement")
    assert story.does("case.decide").state == "decided"


def test_a_way_newly_met_needs_a_new_decision(story: Story) -> None:
    _declined(story, "50000")
    _recorded(story, "50000", answers=[{"offence": "toxic_food", "answer": "是"}])

    assert "生产、销售有毒、有害食品罪" in story.refused("case.notice")


def test_a_refusal_before_any_figure_is_no_licence_for_later_ones(story: Story) -> None:
    story.walk("register", "dispatch", "accept", "verify", "conclude", "refer")
    story.walk("referral.decline", "file_case", "case.assign_officers")
    _recorded(story, "5000000")
    story.walk("case.report", "case.send_for_review", "case.pass_review")

    assert "首次登记违法事实" in story.refused("case.notice")
