"""The day of effect of every way of service, and the court's window: cases of law in YAML."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.penalties.court import court_window
from domain.penalties.service import ANNOUNCED, DECISION, SERVICES, WAYS, took_effect_at
from domain.rulebook.rulebook_reading import load_rulebook
from domain.situation.situation import CHINA, Actor, ProcessView, Situation
from tests.helpers.plain_yaml import read_yaml

RULES = load_rulebook()
CASES = read_yaml(Path(__file__).parents[1] / "rules/service.yaml")
NOW = datetime(2026, 11, 29, 9, tzinfo=CHINA)
Case = Mapping[str, object]


def _situation(organ: str, facts: Mapping[str, object], *others: ProcessView) -> Situation:
    case = ProcessView("case", 1, "served", organ, facts=facts)
    return Situation(
        clue=None,
        process=case,
        processes=(case, *others),
        clocks=(),
        documents=frozenset(),
        actor=Actor("head", "王科长", frozenset({"department_head"}), organ),
        now=NOW,
        law=RULES,
        region=RULES.regions["shandong"],
    )


def _served(day: date, way: str = "direct") -> dict[str, object]:
    moment = datetime(day.year, day.month, day.day, 10, tzinfo=CHINA)
    return {DECISION.day: moment.isoformat(), DECISION.way: way}


def _remedy(given: Mapping[str, object]) -> ProcessView:
    facts = {
        "contested": "decision",
        "is_suit": given.get("suit", False),
        "lodged_on": "2026-06-15",
        "ended_on": str(given["ended"]),
        "outcome": given["outcome"],
        "decision_round": 0,
    }
    return ProcessView("remedy", 2, "concluded", "shili-market", facts=facts)


@pytest.mark.parametrize("case", CASES["effect"], ids=lambda case: case["name"])
def test_a_service_takes_effect_on_the_day_of_its_way(case: Case) -> None:
    given = case["given"]
    situation = _situation(given["department"], _served(given["day"], given["way"]))

    effect = took_effect_at(situation, DECISION)

    assert case["cites"] in RULES.citations
    assert effect is not None
    assert effect.astimezone(CHINA).date() == case["effect"]


@pytest.mark.parametrize("case", CASES["window"], ids=lambda case: case["name"])
def test_the_court_is_asked_inside_its_window(case: Case) -> None:
    given = case["given"]
    facts = _served(given["served"], given.get("way", "direct"))
    if "plan" in given:
        facts |= {"payment_plan": [{}], "paid_until": str(given["plan"])}
    remedies = [_remedy(given["remedy"])] if "remedy" in given else []

    window = court_window(_situation(given["department"], facts, *remedies))

    assert case["cites"] in RULES.citations
    assert window == (case["after"], case["last"])


def test_every_form_of_service_lists_every_way() -> None:
    """A way that the law knows is missing from no form, and none is named otherwise."""
    names = {one.way for one in SERVICES}
    listed = {
        (action, name): field.options
        for kind in ("case", "service")
        for action, transition in RULES.lifecycles[kind].actions.items()
        for name, field in transition.form.items()
        if name in names
    }

    assert {name for _, name in listed} == names
    beside = {way: label for way, label in WAYS.items() if way != ANNOUNCED}
    for (_, name), options in listed.items():
        assert options == (beside if name == "paper_served_by" else dict(WAYS)), name


def test_nothing_opens_the_court_before_the_decision_is_served() -> None:
    assert court_window(_situation("shili-market", {})) is None
