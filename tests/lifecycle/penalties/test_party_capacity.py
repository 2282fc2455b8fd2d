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


def test_a_unit_without_a_code_says_why_or_is_treated_as_a_person(story: Story) -> None:
    """处罚法51, 63, 31: the word alone takes neither hearing nor cap nor capacity from a person."""
    person = {
        "subject_name": "王小明",
        "subject_code": None,
        "offender": "unit",
        "unit_ground": None,
    }
    story.does("register", subject_name="王小明", subject_code=None)
    story.walk("dispatch", "accept", "verify")
    refusal = story.refused("penalise_on_spot", **person, fine="3000", capacity=None)
    told = (
        "对公民当场罚款不得超过200元",
        "「当事人责任能力」",
        "「单位没有代码的说明」",
        "第五十一条",
    )
    assert [one for one in told if one not in refusal] == []
    empty = {**person, "unit_ground": "无"}
    assert "不得超过200元" in story.refused("penalise_on_spot", **empty, fine="3000")
    story.walk("conclude", "file_case", "case.assign_officers")
    story.does("case.record_facts", **person)
    story.walk(*REVIEWED)
    notice = {"planned_fine": "20000", "capacity": None}
    refusal = story.refused("case.notice", **notice)
    assert "告知要求听证的权利" in refusal and "「当事人责任能力」" in refusal

    ground = "村民小组没有登记，由设立它的村民委员会承担责任"
    story.does("case.record_facts", **{**person, "unit_ground": ground})
    story.does("case.notice", **notice)


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
    assert "不满十八周岁；请更正选择" in story.refused("case.notice", planned_fine="200")
    told = {"planned_fine": "200", "capacity": "minor"}
    assert "从轻或者减轻" in story.refused("case.notice", **told)
    story.does("case.notice", **told, minor_treatment="按最低档减轻处罚")
    assert "已满十四周岁不满十八周岁，按最低档减轻处罚" in story.text("penalty_notice")

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


def test_the_penalty_of_a_minor_is_not_published(story: Story) -> None:
    """未成年人保护法第一百零三条: the summary and the decision would tell his name."""
    minor = {"subject_name": "王小明", "subject_code": _identity("20100101")}
    mildly = {"planned_fine": "200", "capacity": "minor", "minor_treatment": "减轻处罚"}
    story.walk(*IN_CASE)
    story.does("case.record_facts", offender="individual", **minor)
    story.walk(*REVIEWED)
    story.does("case.notice", **mildly)
    story.does("case.record_statement")

    told = story.refused("case.decide", fine="200", publish="publish")

    assert "不得披露有关案件中未成年人" in told and "第一百零三条" in told
    exempt = {"publish": "exempt", "exemption": "当事人未成年，经负责人批准不予公示"}
    story.does("case.decide", fine="200", **exempt)
    assert not story.papers("publication_summary")
    assert "向社会公示" not in story.text("penalty_decision")


def test_age_and_mind_of_a_person_are_asked(story: Story) -> None:
    """处罚法30, 31: a unit is asked nothing; who did not know what it did is not punished."""
    story.walk("register", "dispatch", "accept", "verify")
    person = {"subject_name": "王小明"}
    on_spot = story.refused("penalise_on_spot", capacity=None, **person)
    assert "「当事人责任能力」" in on_spot and "第三十一条" in on_spot
    insane = story.refused("penalise_on_spot", capacity="unable", **person)
    assert "责令其监护人严加看管和治疗" in insane
    assert "责令监护人加以管教" in story.refused("penalise_on_spot", capacity="below_14", **person)
    grown = {"subject_name": "王小明", "subject_code": _identity("19900101")}
    assert "已满十八周岁" in story.refused("penalise_on_spot", capacity="minor", **grown)
    milder = {"capacity": "minor", "minor_treatment": "依法减轻，处二百元"}
    story.does("penalise_on_spot", **milder, **person)
    assert "不满十八周岁，依法减轻，处二百元" in story.text("spot_decision")

    other = Story(story.office, now=story.now)
    other.walk(*IN_CASE, "case.record_facts", *REVIEWED)
    other.does("case.notice", capacity=None)


OTHER_ACT = "第二批货物，进货和销售的日期不同，不是同一违法行为"


def test_a_fine_over_another_matter_or_of_a_branch_is_told_apart(story: Story) -> None:
    """处罚法29: shown with its organ, party and cause, and a reason asked; nothing else is."""
    punished = ("case.notice", "case.record_statement", "case.decide", "case.serve")
    story.walk(*IN_CASE, "case.record_facts", *REVIEWED, *punished)
    first = story.row()
    asked = {"earlier_fines": None, "offence_ended_on": "2026-05-10"}

    branch = Story(story.office, now=story.now)
    branch.does("register", outside_no=None, subject_name="示例市鑫源食品有限公司海滨路店")
    branch.walk("dispatch", "accept", "verify")
    told = branch.refused("penalise_on_spot", **asked)
    assert f"{first.no}，示市监于2026年5月11日" in told and "对示例市鑫源食品有限公司罚款" in told
    assert "第二十九条" in told and "可以给予其他处罚" in told
    branch.does("penalise_on_spot", penalty_kinds=["warning"], fine=None, pay_by="none", **asked)

    other = Story(story.office, now=story.now)
    other.does("register", outside_no=None)
    other.does("dispatch", matter="advertising")
    other.walk("accept")
    other.does("verify", same_subject_reason="另一事项")
    other.walk("conclude", "file_case", "case.assign_officers")
    harmless = [{"offence": "false_advertising", "tier": "grave", "answer": "否"}]
    other.does("case.record_facts", answers=harmless)
    other.walk(*REVIEWED)
    assert first.no in other.refused("case.notice", earlier_fines=None)
    other.does("case.notice", earlier_fines=OTHER_ACT)
    other.walk("case.record_statement")
    assert (
        other.does("case.decide", earlier_fines=None).state == "decided"
    )  # what was told apart stays so

    apart = Story(story.office, now=story.now)
    apart.does("register", outside_no=None, subject_name="示例市鑫源贸易有限公司")
    apart.walk("dispatch", "accept", "verify")
    apart.does("penalise_on_spot", **asked)


def test_a_namesake_with_a_number_of_its_own_is_another_party(story: Story) -> None:
    """处罚法29: one name, two valid numbers, two parties; without a number it is asked."""
    blank = dict.fromkeys(("act_apart", "apart_act", "apart_time", "apart_place", "earlier_fines"))
    blank |= {"offence_ended_on": "2026-05-01"}
    first, second = _identity("19900101"), _identity("19910101")
    for code, is_asked in ((first, False), (second, False), (None, True)):
        one = Story(story.office, now=story.now)
        one.does("register", outside_no=None, subject_name="王小明", subject_code=code)
        one.walk("dispatch", "accept")
        party = {"subject_name": None, "subject_code": None, **blank}
        if is_asked:
            assert "可能是同一违法行为" in one.refused("penalise_on_spot", **party)
        else:
            one.does("penalise_on_spot", **party)
