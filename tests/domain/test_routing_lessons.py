"""What a site's own record teaches of routing, beside the dictionary."""

import csv
from itertools import cycle, islice
from pathlib import Path

import pytest

from domain.files.column_mapping import known_headings, load_mappings
from domain.files.spreadsheet import read_table
from domain.files.work_order import IncomingClue, parse_row
from domain.routing.learning import ENOUGH, Learning, Lesson, learn
from domain.routing.routing import RoutingText, lesson, route
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import layers
from tests.helpers.moments import at

NOW = at("2026-11-29T09:00")

NIGHT_WORK = (
    RoutingText("云湖新区夜间施工噪音扰民", "凌晨两点还在打桩浇筑，夜间施工噪音大，睡不着。"),
    RoutingText("请管管夜间施工", "对面工地夜间施工到三点，噪音很大，打过电话没人管。"),
    RoutingText("工地深夜施工噪声", "楼下工地每天夜间施工，噪声超标，孩子没法睡觉。"),
)
FOOD = RoutingText("超市卖过期食品", "鑫源超市货架上的酸奶过期了，还在卖。")
DATA = Path(__file__).parents[3] / "shared" / "data"


def _taught(rules: Rulebook, taker: str, times: int) -> Learning:
    """Night work that a department of `taker` took each time, and food that nobody disputes."""
    told = [(one, taker) for one in islice(cycle(NIGHT_WORK), times)]
    both = [pair for one in told for pair in (one, (FOOD, "market"))]
    return learn(
        lesson(text, rules.routing, "shili", (function, f"XS{number}"))
        for number, (text, function) in enumerate(both)
    )


def _rival(rules: Rulebook) -> str:
    """A function that words of night work speak for as well, though not first."""
    found = lesson(NIGHT_WORK[0], rules.routing, "shili", ("", ""))
    return found.claims[1].lead


def test_a_site_that_sends_night_work_elsewhere_is_followed_and_told_why(rules: Rulebook) -> None:
    rival = _rival(rules)
    learning = _taught(rules, rival, 60)

    plain = route(NIGHT_WORK[0], rules.routing, "shili", "shili-hotline")
    found = route(NIGHT_WORK[0], rules.routing, "shili", "shili-hotline", learning.learned)

    assert rules.departments[plain.lead].function != rival
    assert rules.departments[found.lead].function == rival
    assert "本站以往含" in found.reason
    assert "施工" in found.reason
    assert rules.departments[plain.lead].name in found.reason
    assert "本站以往" not in found.ground
    assert plain.lead in {one.department for one in found.candidates}


def test_lessons_are_used_once_they_beat_the_dictionary(rules: Rulebook) -> None:
    few = _taught(rules, _rival(rules), ENOUGH // 4)
    many = _taught(rules, _rival(rules), 60)
    agreeing = learn(
        lesson(FOOD, rules.routing, "shili", ("market", str(number))) for number in range(200)
    )

    assert not few.evidence.is_enough
    assert many.evidence.is_enough
    assert many.evidence.won > many.evidence.lost
    assert many.differing[-1].lessons == many.differing[-1].taken
    assert not agreeing.evidence.is_enough


def test_the_same_record_teaches_the_same(rules: Rulebook) -> None:
    once, again = (_taught(rules, _rival(rules), 20) for _ in range(2))

    assert once == again
    assert list(once.learned.weights) == sorted(once.learned.weights)


def test_what_fewer_than_three_clues_say_is_forgotten(rules: Rulebook) -> None:
    """A name in one title is nothing that the next reader should be shown."""
    named = RoutingText("欧阳云帆举报夜间施工", NIGHT_WORK[0].content)
    found = learn(
        [
            lesson(named, rules.routing, "shili", (_rival(rules), "XS0")),
            *(
                lesson(one, rules.routing, "shili", (_rival(rules), "XS1"))
                for one in NIGHT_WORK * 3
            ),
        ]
    )

    assert any("施工" in one for one in found.learned.weights)
    assert not any("欧阳" in one or "云帆" in one for one in found.learned.weights)


def test_a_department_that_no_word_speaks_for_is_never_proposed_by_lessons(rules: Rulebook) -> None:
    learning = _taught(rules, "tobacco", 60)
    found = route(NIGHT_WORK[0], rules.routing, "shili", "shili-hotline", learning.learned)

    assert rules.departments[found.lead].function != "tobacco"
    assert learning.evidence.lessons == 120


def test_four_hundred_judged_messages_teach_more_than_the_dictionary_knows(
    rules: Rulebook,
) -> None:
    """Foretold one by one before they were learnt; docs/matching.md has the figures."""
    if not (DATA / "routing-dev.csv").exists():
        pytest.skip("the shared development set is not here")
    evidence = learn(_judged(rules)[:400]).evidence

    assert evidence.is_enough
    assert evidence.learned_right - evidence.dictionary_right >= 5


def _judged(rules: Rulebook) -> list[Lesson]:
    """The judged messages in the order of the file, each with the judge's first department."""
    mapping = load_mappings(layers())["citizen-messages"]
    rows = read_table(DATA / "citizen-messages.xlsx", known_headings([mapping])).rows
    parsed = (parse_row(row, mapping, NOW) for row in rows)
    clues = {one.outside_no: one for one in parsed if isinstance(one, IncomingClue)}
    functions = {name[:2]: key for key, name in rules.functions.items()}
    with (DATA / "routing-dev.csv").open(encoding="utf-8-sig", newline="") as file:
        judged = [(clues[one["ref"]], one["primary"]) for one in csv.DictReader(file)]
    return [
        lesson(
            RoutingText(one.title, one.content),
            rules.routing,
            "shili",
            (functions[primary[:2]], one.outside_no),
        )
        for one, primary in judged
        if primary[:2] in functions
    ]
