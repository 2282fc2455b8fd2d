"""What is entered for screening counts for what it is: offences, answers, earlier penalties."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from domain.crime.standards import standards_in
from domain.rulebook.rulebook import Rulebook
from domain.tables.process import Process
from flows.site.office import Office
from tests.helpers.story import IN_CASE, Story

NO_MATTER = "没有选定监管事项"
DAYS = ("2025-08-01", "2026-02-01")


def _concluded_without_matter(story: Story) -> None:
    story.does("register")
    story.does("dispatch", matter=None)
    story.walk("accept", "verify", "conclude")


def _facts(story: Story) -> dict[str, object]:
    return dict(story.processes("case")[-1].facts)


def _as_recorded_of_old(story: Story, **facts: object) -> None:
    """The newest case with facts as the program wrote them before offences had tiers."""
    with Session(story.office.engine) as session:
        case = session.get_one(Process, story.processes("case")[-1].id)
        case.facts = {**case.facts, **facts}
        session.commit()


def _rows(*days: str, conduct: str) -> list[dict[str, str]]:
    return [
        {"日期": day, "机关": "示例县市场监督管理局", "违法行为种类": conduct, "处罚种类": "警告"}
        for day in days
    ]


# --- what the facts are held against -------------------------------------------------------------


def test_no_case_is_filed_while_nobody_knows_which_offences_count(story: Story) -> None:
    _concluded_without_matter(story)

    refused = story.refused("file_case")
    story.does("file_case", no_offence_reason="待查")
    _as_recorded_of_old(story, no_offence=None, no_offence_reason=None)
    story.does("case.assign_officers")
    blank = [{"offence": "toxic_food", "tier": "toxic", "answer": ""}]

    assert NO_MATTER in story.refused("case.record_facts", answers=blank)
    assert NO_MATTER in refused
    assert "「无对应罪名的理由」" in refused
    assert "第三条" in refused


def test_the_matter_chosen_at_filing_brings_its_offences(story: Story) -> None:
    _concluded_without_matter(story)
    story.does("file_case", matter="food_sales")
    story.does("case.assign_officers")
    story.does("case.record_facts", answers=None)
    story.walk("case.report", "case.send_for_review", "case.pass_review")

    assert story.row().matter_id == "food_sales"
    assert "有毒、有害食品罪" in story.refused("case.notice")


def test_choosing_another_matter_takes_no_offence_away(story: Story) -> None:
    _concluded_without_matter(story)
    story.does("file_case", screened=["fake_goods"])
    story.does("case.assign_officers")
    story.does("case.record_facts", matter="food_sales", answers=None)
    story.does("case.record_facts", matter="parking", answers=None)
    story.walk("case.report", "case.send_for_review", "case.pass_review")

    assert "有毒、有害食品罪" in story.refused("case.notice")


def test_who_says_that_no_offence_applies_is_on_record(story: Story) -> None:
    _concluded_without_matter(story)
    story.does("file_case", no_offence_reason="占道停放，没有对应罪名")
    story.does("case.assign_officers")
    story.does("case.record_facts", answers=None)

    said = _facts(story)["no_offence"]
    assert said == {"by": "王科长", "on": "2026-05-11", "reason": "占道停放，没有对应罪名"}
    assert _facts(story)["screening"] == []


def test_a_case_screened_before_matters_were_asked_for_goes_on(story: Story) -> None:
    _concluded_without_matter(story)
    story.does("file_case", no_offence_reason="旧案")
    story.walk("case.assign_officers", "case.record_facts", "case.report")
    _as_recorded_of_old(story, no_offence=None, screening=[], answers=[], screened=[])

    story.walk("case.send_for_review", "case.pass_review", "case.notice")
    story.waits(days=9)

    assert story.does("case.decide").state == "decided"


# --- answers -------------------------------------------------------------------------------------


def test_an_answer_of_old_holds_where_the_offence_has_one_question(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts", "case.report")
    old = [{"offence": "toxic_food", "answer": "否"}, {"offence": "unsafe_food", "answer": "否"}]
    _as_recorded_of_old(story, answers=old)
    story.does("case.record_facts", answers=None)
    story.walk("case.send_for_review", "case.pass_review")

    refused = story.refused("case.notice")

    assert "有毒、有害食品罪" not in refused
    assert "是否属于病死、死因不明" in refused


def test_a_finding_of_old_that_was_met_still_stands(story: Story) -> None:
    story.walk(*IN_CASE, "case.record_facts", "case.report", "case.send_for_review")
    story.does("case.pass_review")
    reason = "生产、销售伪劣产品罪：销售金额80,000元（起点50,000元），已达到"
    old = {"offence": "fake_goods", "outcome": "met", "reason": reason, "met": True}
    _as_recorded_of_old(story, screening=[old])

    assert "不得以行政处罚代替移送" in story.refused("case.notice")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            {"offence": "quantities", "answer": "否"},
            "没有罪名「quantities」，可填：生产、销售不符合",
        ),
        ({"offence": "unsafe_food", "answer": "否"}, "有几个问题，须写明情形，可填：contaminated"),
        (
            {"offence": "toxic_food", "tier": "gone", "answer": "否"},
            "没有情形「gone」，可填：toxic",
        ),
        ({"offence": "fake_goods", "tier": "amounts", "answer": "否"}, "只按数额计算"),
        ({"offence": "toxic_food", "answer": "大概"}, "“大概”应写作“是”或者“否”"),
    ],
)
def test_an_answer_to_nothing_is_refused_with_what_would_be_right(
    story: Story, row: dict[str, str], said: str
) -> None:
    story.walk(*IN_CASE)

    assert said in story.refused("case.record_facts", answers=[row])


# --- figures -------------------------------------------------------------------------------------


def test_a_wrong_name_of_a_figure_is_refused_with_the_right_ones(story: Story) -> None:
    story.walk(*IN_CASE)

    refused = story.refused("case.record_facts", quantities={"销售额": 5})

    assert "没有「销售额」这类数额" in refused
    assert "销售金额、货值金额" in refused


def test_who_leaves_out_figures_says_that_there_are_none(story: Story) -> None:
    story.walk(*IN_CASE)

    assert "没有可以计量的数额" in story.refused("case.record_facts", quantities=None)
    story.does("case.record_facts", quantities=None, nothing_measured="是")
    assert story.does("case.record_facts", quantities={}).state == "investigating"


def test_a_case_in_which_nothing_can_be_measured_comes_to_its_decision(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.record_facts", quantities=None, nothing_measured="是")
    story.walk("case.report", "case.send_for_review", "case.pass_review", "case.notice")
    story.waits(days=9)

    assert story.does("case.decide").state == "decided"


# --- earlier penalties ---------------------------------------------------------------------------


def test_warnings_known_from_elsewhere_count_by_their_kind(story: Story) -> None:
    """追诉标准（二）67 and 81: four fifths after two penalties for the same kind of conduct."""
    story.walk(*IN_CASE)
    sums = {"quantities": {"illegal_income": "80000"}, "screened": ["false_advertising"]}
    ads = _rows(*DAYS, conduct="利用广告作虚假宣传")
    other = _rows(*DAYS, conduct="其他")

    story.does("case.record_facts", penalties=other, **sums)
    before = _facts(story)["threshold_met"]
    story.does("case.record_facts", penalties=ads, **sums)

    assert before is False
    assert _facts(story)["threshold_met"] is True


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"日期": "去年"}, "「日期」应为日期"),
        ({"日期": "2030-01-01"}, "「日期」不晚于今天"),
        ({"机关": ""}, "须填写「机关」"),
        ({"违法行为种类": "卖假药"}, "「违法行为种类」应为以下之一：利用广告作虚假宣传"),
    ],
)
def test_a_penalty_told_by_halves_is_refused(
    story: Story, change: dict[str, str], said: str
) -> None:
    story.walk(*IN_CASE)
    [row] = _rows(DAYS[0], conduct="其他")

    assert said in story.refused("case.record_facts", penalties=[{**row, **change}])


def test_our_own_penalties_are_asked_about_and_count_for_nothing_else(office: Office) -> None:
    """法释〔2023〕7号1(八): only penalties for the same conduct; a warning is one too."""
    for _ in range(2):
        earlier = Story(office)
        earlier.does("register")
        earlier.does("dispatch", matter="advertising")
        earlier.walk("accept", "verify", "conclude", "file_case", "case.assign_officers")
        none = [
            {"offence": "false_advertising", "tier": one, "answer": "否"}
            for one in ("emergency", "food_and_drugs", "grave")
        ]
        earlier.does("case.record_facts", answers=none)
        earlier.walk("case.report", "case.send_for_review", "case.pass_review")
        earlier.does("case.notice", planned_kinds=["warning"], planned_fine=None)
        earlier.waits(days=9)
        earlier.does("case.decide", penalty_kinds=["warning"], fine=None, publish="exempt")
    story = Story(office, now=earlier.now)
    story.walk("register", "dispatch", "accept", "verify", "conclude")
    story.does("file_case", offence_ended_on=story.now.date().isoformat())
    story.does("case.assign_officers")
    polluting = [{"offence": "pollution", "tier": "repeated", "answer": "是"}]
    sums = {"quantities": {"illegal_income": "80000"}}

    story.does("case.record_facts", screened=["false_advertising"], **sums)
    story.does("case.record_facts", screened=["pollution"], answers=polluting, **sums)

    found = {one["offence"]: one for one in _facts(story)["screening"]}
    assert "请在「曾受行政处罚」中写明每次的违法行为种类" in found["false_advertising"]["reason"]
    assert found["pollution"]["outcome"] == "ask"
    assert "repeated" not in found["pollution"]["tiers"]
    assert "penalties" not in found["pollution"]["tiers"]


# --- regions -------------------------------------------------------------------------------------


def test_the_floors_of_a_province_hold_in_its_cities(rules: Rulebook) -> None:
    """法释〔2011〕7号1: each province chooses its own figure within the range."""
    city = rules.regions["weihai"]
    province = rules.regions["shandong"].model_copy(
        update={"amounts": {"fraud": {"fraud_amount": 6000}}}
    )
    entered = replace(rules, regions={**rules.regions, "shandong": province})

    tier = standards_in(entered, city).offences["fraud"].tiers["amounts"]

    [way] = tier.in_force(date(2026, 5, 11))

    assert way.all == {"fraud_amount": 6000}
    assert way.at_most == {}
