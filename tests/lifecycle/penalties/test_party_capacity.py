"""Who is punished, and as what: 行政处罚法30, 51, 63."""

import pytest

from domain.files.identifiers import IDENTITY_CHECKS, IDENTITY_WEIGHTS, credit_check
from tests.helpers.story import IN_CASE, Story

TRADER = "92370102MA3ABCDE0"
COMPANY = "91370102MA3ABCDE0"
REVIEWED = ("case.report", "case.send_for_review", "case.pass_review")


def _identity(born: str) -> str:
    first = f"370102{born}123"
    total = sum(int(sign) * weight for sign, weight in zip(first, IDENTITY_WEIGHTS, strict=True))
    return first + IDENTITY_CHECKS[total % 11]


@pytest.mark.parametrize(
    ("offender", "code", "told"),
    [
        ("unit", TRADER + credit_check(TRADER), "个体工商户"),
        ("unit", _identity("19900101"), "自然人"),
        ("individual", COMPANY + credit_check(COMPANY), "当事人是单位"),
    ],
)
def test_a_number_that_contradicts_the_offender_is_refused(
    story: Story, offender: str, code: str, told: str
) -> None:
    """处罚法63, 51: as a unit a person would lose its hearing and the cap of a fine on the spot."""
    party = {"subject_name": "王小明", "subject_code": code}
    story.walk("register", "dispatch", "accept", "verify")
    assert told in story.refused("penalise_on_spot", offender=offender, **party)
    story.walk("conclude", "file_case", "case.assign_officers")

    refusal = story.refused("case.record_facts", offender=offender, **party)

    assert told in refusal and "第六十三条" in refusal
    other = "unit" if offender == "individual" else "individual"
    story.does("case.record_facts", offender=other, **party)


def test_a_number_entered_later_gives_the_hearing_back(story: Story) -> None:
    """The number is corrected after the facts: the notice asks to correct the offender first."""
    story.walk(*IN_CASE, "case.record_facts", *REVIEWED)
    story.does("case.name_party", subject_name="王小明", subject_code=_identity("19900101"))
    assert "自然人" in story.refused("case.notice", planned_fine="50000")

    story.does("case.record_facts", offender="individual")
    story.walk("case.send_for_review", "case.pass_review")

    assert "告知要求听证的权利" in story.refused("case.notice", planned_fine="50000")
    story.does("case.notice", planned_fine="50000", notice_right="hearing")


def test_a_child_is_not_punished_and_a_minor_more_mildly(story: Story) -> None:
    """处罚法30, by the identity number and the day on which the act ended."""
    story.walk("register", "dispatch", "accept", "verify")
    child = {"subject_name": "王小明", "subject_code": _identity("20150101")}
    told = story.refused("penalise_on_spot", offender="individual", **child)
    assert "不满十四周岁" in told and "第三十条" in told
    story.walk("conclude", "file_case", "case.assign_officers")
    story.does("case.record_facts", offender="individual", **child)
    story.walk(*REVIEWED)
    assert "责令监护人加以管教" in story.refused("case.notice", planned_fine="200")

    minor = {"subject_name": "王小明", "subject_code": _identity("20100101")}
    story.does("case.record_facts", offender="individual", **minor)
    assert "从轻或者减轻" in story.refused("case.notice", planned_fine="200")
    story.does("case.notice", planned_fine="200", minor_treatment="按最低档减轻处罚")

    # A party found to be a child after the notice still has its lawful end.
    story.does("case.name_party", **child)
    assert "不予行政处罚" in story.refused("case.decide", fine="200")
    story.does(
        "case.decide_no_penalty",
        no_penalty_kind="other",
        no_penalty_ground="当事人不满十四周岁",
        no_penalty_basis="行政处罚法第三十条",
        education="责令监护人加以管教",
        corrected=None,
        harm=None,
    )
