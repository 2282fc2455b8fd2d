"""What citizens ask for beside the 监管事项: the messages of tests/rules/duties.yaml."""

from pathlib import Path
from typing import Any

from domain.routing.routing import Routing, RoutingText, route
from domain.rulebook.rulebook import Rulebook
from tests.helpers.plain_yaml import read_yaml

CASES = read_yaml(Path(__file__).parents[1] / "rules" / "duties.yaml")
TOP_1, TOP_3, SURE = 0.95, 0.98, 0.95
"""What held on the day of docs/matching.md, less two points."""


def _sent(rules: Rulebook, case: dict[str, Any]) -> Routing:
    text = RoutingText(case["title"], case["content"])
    return route(text, rules.routing, "shili", "shili-hotline")


def _function(rules: Rulebook, department: str) -> str:
    return rules.departments[department].function


def test_nearly_every_message_finds_its_department(rules: Rulebook) -> None:
    found = [(_sent(rules, case), set(case["leads"])) for case in CASES]

    first = [_function(rules, one.lead) in wanted for one, wanted in found]
    among_three = [
        bool({_function(rules, each.department) for each in one.candidates[:3]} & wanted)
        for one, wanted in found
    ]
    wrong = [case["title"] for case, right in zip(CASES, first, strict=True) if not right]

    assert all(one.topic for one, _ in found)
    assert sum(first) / len(CASES) >= TOP_1, wrong
    assert sum(among_three) / len(CASES) >= TOP_3, wrong


def test_what_is_said_with_confidence_is_right(rules: Rulebook) -> None:
    """0.8 and more holds in nineteen of twenty; and a good part is said with it."""
    found = [(_sent(rules, case), set(case["leads"])) for case in CASES]
    sure = [_function(rules, one.lead) in wanted for one, wanted in found if one.confidence >= 0.8]

    assert len(sure) >= len(CASES) / 2
    assert sum(sure) / len(sure) >= SURE


def test_the_reason_names_the_words_the_duty_and_the_way_of_handling(rules: Rulebook) -> None:
    found = _sent(rules, {"title": "路灯坏了", "content": "路灯半个月没有人修。"})

    assert "“路灯”" in found.reason
    assert "市容环境卫生和市政设施维护" in found.reason
    assert "不作为违法线索核查" in found.reason


def test_several_weak_words_of_one_department_beat_one_incidental_word(rules: Rulebook) -> None:
    text = "小区物业不管楼道，门禁坏了，保安也没有，业委会不管；银行门口那边。"

    assert _sent(rules, {"title": "请管一管", "content": text}).lead == "shili-housing"


def test_a_word_inside_a_longer_one_does_not_count(rules: Rulebook) -> None:
    """公交卡 is about buses; 银行卡 inside another word would be about banks."""
    found = _sent(rules, {"title": "机动车停放", "content": "机动车辆停放混乱，占了机动车道。"})

    assert found.lead == "shili-police"


def test_where_the_city_has_no_such_organ_the_province_is_named_with_the_reason(
    rules: Rulebook,
) -> None:
    found = _sent(
        rules, {"title": "携号转网被运营商拒绝", "content": "套餐没有到期就不让携号转网。"}
    )

    assert found.lead == "shandong-telecoms"
    assert "没有承担该职能的部门" in found.reason


def test_no_duty_has_a_word_twice_and_each_is_recognised_by_its_own(rules: Rulebook) -> None:
    for key, one in rules.duties.items():
        assert len({*one.words, *one.hints}) == len((*one.words, *one.hints)), key
        text = "。".join(one.words[:12])
        found = route(RoutingText("", text), rules.routing, "shili", "shili-hotline")
        assert _function(rules, found.lead) == one.lead, (key, found.reason)
