"""A number that an officer enters is somebody's: with a wrong check sign it is refused."""

import pytest

from domain.rulebook.rulebook import Rulebook
from tests.helpers.rosters import code_of
from tests.helpers.story import ACCEPTED, CONCLUDED, IN_CASE, Story

PERSON, MISTYPED = "110101199001010015", "110101199001010014"
UNIT = code_of(1)
FIELDS = {"subject_code", "asked_code"}
AS_TOLD = {"register"}
"""The desk writes down what a caller says; whoever sees the paper enters what it says."""


def test_every_form_with_a_number_looks_at_its_check_sign(rules: Rulebook) -> None:
    found = {
        f"{kind}.{name}"
        for kind, table in rules.lifecycles.items()
        for name, action in table.actions.items()
        if FIELDS & set(action.form) and name not in AS_TOLD
        if "numbers_can_be_right" not in {one.guard for one in action.form_requires}
    }
    assert not found


@pytest.mark.parametrize("action", ["conclude", "penalise_on_spot", "correct_registration"])
def test_a_persons_number_with_a_wrong_check_sign_is_refused(story: Story, action: str) -> None:
    story.walk(*ACCEPTED, "verify")

    told = story.refused(action, subject_code=MISTYPED)

    assert f"「证件号码」“{MISTYPED}”按居民身份证号码（GB 11643）" in told
    assert "校验位应为“5”，实为“4”" in told
    assert "原件核对" in told


def test_a_units_code_with_a_wrong_check_sign_is_refused(story: Story) -> None:
    story.walk(*CONCLUDED, "file_case", "case.assign_officers")
    wrong = UNIT[:-1] + ("A" if UNIT[-1] != "A" else "B")

    for action in ("case.record_facts", "case.name_party"):
        told = story.refused(action, subject_name="示例市甲食品有限公司", subject_code=wrong)
        assert f"按统一社会信用代码（GB 32100）校验位应为“{UNIT[-1]}”" in told


def test_a_day_that_no_calendar_has_is_nobodys_birthday(story: Story) -> None:
    story.walk(*ACCEPTED, "verify")

    told = story.refused("conclude", subject_code="110101199002300014")

    assert "“19900230”不是存在的出生日期" in told


def test_a_witness_too_has_a_number_that_can_be_right(story: Story) -> None:
    """处罚法55②."""
    story.walk(*IN_CASE)

    told = story.refused("record.inquiry", asked_code=MISTYPED)

    assert "「被询问人证件号码」" in told and "校验位应为“5”" in told


def test_other_papers_have_no_check_sign(story: Story) -> None:
    """A passport or an old licence is entered as it is."""
    story.walk(*ACCEPTED, "verify")

    story.does("conclude", subject_code="E12345678")

    assert story.row().subject_code == "E12345678"


def test_a_number_registered_as_it_was_told_is_put_right_before_the_facts(story: Story) -> None:
    """The desk registers what the caller said; nothing is told or decided on it."""
    story.does("register", subject_name="王小明", subject_code=MISTYPED)
    story.walk("dispatch", "accept", "verify", "conclude", "file_case", "case.assign_officers")
    party = {"subject_name": None, "subject_code": None}

    told = story.refused("case.record_facts", **party)

    assert f"线索登记的证件号码“{MISTYPED}”" in told and "在本表单的「证件号码」中更正" in told
    right = {"subject_name": None, "subject_code": PERSON, "offender": "individual"}
    story.does("case.record_facts", **right)
    assert story.row().subject_code == PERSON
