"""Standards of prosecution as an officer meets them: what he records, and what the notice says.

Each tier has its own amounts, its own question and its own earlier penalties (findings A22-A26).
"""

import pytest

from flows.site.office import Office
from tests.helpers.story import REVIEWED, Story

NOT_INSTEAD = "不得以行政处罚代替移送"
DAYS = ("2025-08-01", "2026-02-01")
TOXIC = "违反国家规定排放、倾倒、处置放射性废物、含传染病病原体的废物、有毒物质"


@pytest.fixture
def reviewed(story: Story) -> Story:
    """A case of food sold, ready for its notice; another offence may be named beside it."""
    story.walk(*REVIEWED)
    return story


def record(story: Story, offence: str, *yes: str, no: tuple[str, ...] = (), **form: object) -> str:
    """Facts recorded for an offence with its questions answered; what screening then says."""
    said = [(one, "是") for one in yes] + [(one, "否") for one in no]
    answers = [{"offence": offence, "tier": tier, "answer": word} for tier, word in said]
    story.does("case.record_facts", screened=[offence], answers=answers or None, **form)
    for one in story.processes("case")[-1].facts["screening"]:
        if one["offence"] == offence:
            return f"{one['outcome']} {one['reason']}"
    return "not_met"


def penalised(conduct: str, *days: str) -> list[dict[str, str]]:
    """Earlier penalties known from elsewhere, as rows of the form."""
    return [
        {"日期": day, "机关": "示例县有关局", "违法行为种类": conduct, "处罚种类": "罚款"}
        for day in days
    ]


def test_fines_for_food_make_no_polluter(reviewed: Story) -> None:
    """法释〔2023〕7号 1(8): two penalties for discharging such waste, and again such an act."""
    other = ("protected_area", "evasion", "heavy_pollution_days", "forged_monitoring")
    food, toxic = penalised("其他", *DAYS), penalised(TOXIC, *DAYS)
    sums = {"quantities": {"illegal_income": "100"}}

    assert record(reviewed, "pollution", no=other, penalties=food, **sums).startswith("not_met")
    asked = record(reviewed, "pollution", no=other, penalties=toxic, **sums)
    assert asked.startswith("ask")
    assert "是否又违反国家规定排放" in asked
    assert record(reviewed, "pollution", "repeated", **sums).startswith("met")
    assert NOT_INSTEAD in reviewed.refused("case.notice")


def test_a_pyramid_has_thirty_persons_and_three_levels(reviewed: Story) -> None:
    """追诉标准（二）70: fifteen persons tell who organises, not what is a crime."""
    few: dict[str, object] = {"quantities": {"persons": "16", "levels": "3"}}
    few["penalties"] = penalised("其他", DAYS[1])

    assert record(reviewed, "pyramid_selling", **few).startswith("not_met")
    reviewed.walk("case.send_for_review", "case.pass_review", "case.notice")
    more = record(reviewed, "pyramid_selling", quantities={"persons": "30", "levels": "3"})
    assert more.startswith("met")
    reviewed.waits(days=9)
    assert NOT_INSTEAD in reviewed.refused("case.decide")


def test_a_yes_to_one_question_opens_no_other_tier(reviewed: Story) -> None:
    """追诉标准（二）71: a unit that lends three million is far from the ten million of lending."""
    no = ("lending_grave", "settlement", "settlement_second", "card_cash", "securities")
    lending = {"quantities": {"business_amount": "3000000"}, "offender": "unit"}

    said = record(
        reviewed, "illegal_business_finance", "lending", no=(*no, "foreign_exchange"), **lending
    )
    assert said.startswith("not_met")
    reviewed.walk("case.send_for_review", "case.pass_review")
    assert reviewed.does("case.notice").state == "noticed"
    environment = {"quantities": {"illegal_income": "150000"}}
    said = record(reviewed, "false_certificate", "environment", no=("safety",), **environment)
    assert said.startswith("ask")  # whether it is one of the other certificates is still asked


@pytest.mark.parametrize(
    ("offence", "yes", "form"),
    [
        # 烟草解释 3(3)；追诉标准（二）71(1)3；法释〔2008〕5号 2(4)；法释〔2016〕25号 3
        (
            "illegal_business_tobacco",
            "",
            {"quantities": {"business_amount": "30000"}, "conduct": "非法经营烟草专卖品"},
        ),
        ("illegal_practice", "repeated", {"conduct": "非法行医"}),
        ("illegal_mining", "repeated", {"conduct": "非法采矿、采砂"}),
        # 追诉标准（二）73(4)；法释〔2022〕19号 7(4), 8；法释〔2015〕22号 8(2)；追诉标准（二）67
        ("false_certificate", "repeated", {"conduct": "提供虚假证明文件"}),
        ("inaccurate_certificate", "safety", {"quantities": {"deaths": "1"}}),
        ("accident_concealment", "absent", {}),
        ("false_advertising", "emergency", {"quantities": {"illegal_income": "30000"}}),
        # 法释〔2023〕7号 1(1), (6), 19；法释〔2021〕24号 16；法释〔2001〕15号 1；追诉标准（二）66
        ("pollution", "protected_area", {}),
        ("pollution", "gain_or_loss", {"quantities": {"property_loss": "300000"}}),
        (
            "illegal_business_food",
            "banned_farm_drugs",
            {"quantities": {"business_amount": "100000"}},
        ),
        ("explosives", "", {"quantities": {"fuse_length": "30"}}),
        ("business_reputation", "loss", {"quantities": {"direct_loss": "500000"}}),
    ],
)
def test_a_tier_that_was_missing_is_met_and_no_penalty_takes_its_place(
    reviewed: Story, offence: str, yes: str, form: dict[str, object]
) -> None:
    conduct = form.pop("conduct", None)
    rows = penalised(str(conduct), *DAYS) if conduct else None
    form = {"quantities": {"sales_amount": "100"}, "penalties": rows, **form}

    assert record(reviewed, offence, *filter(None, [yes]), **form).startswith("met")
    assert NOT_INSTEAD in reviewed.refused("case.notice")


def test_every_matter_asks_of_its_offences_or_shows_who_says_that_there_is_none(
    office: Office,
) -> None:
    """310号令 3: a fine for unlicensed medical practice, mining or felling is screened first."""
    for matter in ("medical_practice", "river_management", "forestry", "entertainment"):
        offence = office.rules.matters[matter].offences[0]
        story = Story(office)
        story.walk("register")
        story.does("dispatch", matter=matter, no_matter_reason=None)
        story.walk("accept", "verify", "conclude", "file_case", "case.assign_officers")
        story.does("case.record_facts", answers=None)
        story.walk("case.report", "case.send_for_review", "case.pass_review")
        assert office.rules.offences[offence].name in story.refused("case.notice")


AFFIRMED = [
    ("medical_practice", "illegal_practice", "harm"),
    ("mining", "illegal_mining", "environment"),
    ("river_management", "illegal_mining", "river"),
    ("forestry", "illegal_logging", "logged"),
    ("forestry", "wildlife", "for_food"),
    ("fishery", "illegal_fishing", "fished"),
    ("land_use", "farmland", "occupied"),
    ("press_and_printing", "illegal_publications", "disturbing"),
    ("entertainment", "gambling_machines", "machines"),
    ("cosmetics", "cosmetics", "consequences"),
    ("agricultural_inputs", "farm_supplies", "loss"),
    ("food_sales", "obstruction", "violence"),
    ("passenger_transport", "dangerous_driving", "overloaded"),
    ("construction_quality", "dangerous_operation", "unlicensed"),
]


@pytest.mark.parametrize(("matter", "offence", "tier"), AFFIRMED)
def test_who_affirms_an_offence_gives_no_penalty_in_its_place(
    story: Story, matter: str, offence: str, tier: str
) -> None:
    """310号令 3 and 11: the offences that their matters lacked (finding A25)."""
    story.does("register")
    story.does("dispatch", matter=matter, no_matter_reason=None)
    story.walk("accept", "verify", "conclude", "file_case", "case.assign_officers")
    assert record(story, offence, tier).startswith("met")
    story.walk("case.report", "case.send_for_review", "case.pass_review")

    assert NOT_INSTEAD in story.refused("case.notice")
    assert NOT_INSTEAD in story.refused("case.decide_no_penalty")
    assert "涉嫌犯罪" in story.refused("case.terminate")
