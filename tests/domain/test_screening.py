"""Criminal screening: cases of law in YAML, and what holds for any facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.crime.screening import (
    RANK,
    Finding,
    ScreeningFacts,
    localized,
    open_questions,
    screen,
    threshold_met,
)
from domain.shapes.entries import Instrument
from domain.shapes.offences import Offence, Quantity

CONFIG = Path(__file__).parents[2] / "config"
CASES = yaml.safe_load((Path(__file__).parents[1] / "rules/screening.yaml").read_text("utf-8"))
DAY = date(2026, 11, 22)


def _read(name: str) -> dict[str, dict[str, object]]:
    return yaml.load((CONFIG / name).read_text("utf-8"), Loader=yaml.CSafeLoader)


BOOK = _read("offences.yaml")
OFFENCES = {key: Offence.model_validate(one) for key, one in BOOK["offences"].items()}
QUANTITIES = {key: Quantity.model_validate(one) for key, one in BOOK["quantities"].items()}
CITATIONS = {
    key: citation
    for one in _read("laws.yaml").values()
    for key, citation in Instrument.model_validate(one).citations.items()
}
EVIDENCE = {key: one.evidence for key, one in CITATIONS.items()}
MEASURED = sorted(set(QUANTITIES) - {"sales_x3_plus_unsold"})


def _facts(of: Mapping[str, object]) -> ScreeningFacts:
    given = dict(of)
    amounts = given.pop("quantities", {})
    quantities = {key: Decimal(str(value)) for key, value in amounts.items()}
    return ScreeningFacts(
        quantities=quantities, prior_penalties=tuple(given.pop("prior_penalties", ())), **given
    )


def _screen(facts: ScreeningFacts, day: date = DAY) -> tuple[Finding, ...]:
    return screen(facts, OFFENCES, day, QUANTITIES, EVIDENCE)


def _only(offence: str, **of: object) -> Finding:
    (finding,) = _screen(replace(_facts(of), offences=(offence,)))
    return finding


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_law_holds_in_its_cases(case):
    facts = replace(_facts(case["given"]), offences=tuple(case["expect"]))

    findings = _screen(facts, case.get("day", DAY))

    assert {one.offence: one.outcome for one in findings} == case["expect"]
    assert case["cites"] in CITATIONS
    assert case.get("says", "") in "；".join(one.reason for one in findings)


def test_every_computed_offence_has_a_case():
    tried = {offence for case in CASES for offence in case["expect"]}

    computed = {key for key, one in OFFENCES.items() if one.nature == "threshold"}

    assert computed - tried == set()


def test_every_threshold_measures_known_quantities_on_a_citation_in_force():
    in_force = {
        key: date.fromisoformat(str(one["from"]))
        for one in _read("laws.yaml").values()
        for key in one["citations"]
    }

    for offence in OFFENCES.values():
        assert offence.article in CITATIONS
        for start, ways in offence.values.items():
            for way in ways:
                assert set(way.all) <= set(QUANTITIES)
                assert in_force[way.basis] <= start


def test_a_met_threshold_names_the_figures_the_article_and_how_sure_it_is():
    finding = _only("selling_counterfeit", quantities={"sales_amount": "86000.50"})

    assert finding.reason == "销售假冒注册商标的商品罪：销售金额86,000.5元（起点50,000元），已达到"
    assert (finding.article, finding.basis) == ("xs-214", "fs2025_5-5")
    assert finding.evidence == "secondary"
    assert finding.measured == (("sales_amount", Decimal("86000.50")),)


def test_only_met_and_affirmed_suspicion_lead_to_a_referral():
    met = _only("fake_goods", quantities={"sales_amount": 50000})
    suspected = _only("copyright", answers={"copyright": True})
    near = _only("fake_goods", quantities={"sales_amount": 49000})
    asked = _only("toxic_food")

    assert threshold_met([near, met])
    assert threshold_met([suspected])
    assert not threshold_met([near, asked])


def test_open_questions_are_listed_once_until_they_are_answered():
    intellectual = ("copyright", "trade_secret")

    open_ones = open_questions(_screen(ScreeningFacts(offences=intellectual)))
    answered = ScreeningFacts(offences=intellectual, answers=dict.fromkeys(open_ones, False))

    assert len(open_ones) == 1
    assert open_questions(_screen(answered)) == ()


def test_the_gravest_finding_comes_first():
    facts = ScreeningFacts(
        offences=("fraud", "toxic_food", "fake_goods"),
        quantities={"sales_amount": Decimal(60000)},
    )

    assert [one.offence for one in _screen(facts)] == ["fake_goods", "toxic_food", "fraud"]


def test_no_candidates_means_none_and_unnamed_candidates_mean_all():
    assert _screen(ScreeningFacts(offences=())) == ()
    assert {one.offence for one in _screen(ScreeningFacts())} == set(OFFENCES)


def test_a_region_replaces_the_default_floor():
    here = localized(OFFENCES, {"fraud": {"fraud_amount": Decimal(6000)}})
    facts = ScreeningFacts(offences=("fraud",), quantities={"fraud_amount": Decimal(5000)})

    assert screen(facts, OFFENCES, DAY)[0].outcome == "met"
    assert screen(facts, here, DAY)[0].outcome == "near"


AMOUNTS = st.decimals(0, 20_000_000, places=2) | st.integers(0, 200).map(Decimal)
FACTS = st.builds(
    ScreeningFacts,
    quantities=st.dictionaries(st.sampled_from(MEASURED), AMOUNTS, max_size=5),
    offender=st.sampled_from(["individual", "unit"]),
    prior_penalties=st.lists(st.dates(date(2023, 1, 1), DAY), max_size=3).map(tuple),
    answers=st.dictionaries(st.sampled_from(sorted(OFFENCES)), st.booleans(), max_size=10),
)


def _ranks(facts: ScreeningFacts) -> dict[str, int]:
    return {one.offence: RANK.index(one.outcome) for one in _screen(facts)}


@settings(max_examples=60, deadline=None)
@given(FACTS, st.sampled_from(MEASURED), AMOUNTS)
def test_more_of_any_quantity_never_makes_a_finding_milder(facts, quantity, more):
    grown = {**facts.quantities, quantity: facts.quantities.get(quantity, Decimal(0)) + more}

    before, after = _ranks(facts), _ranks(replace(facts, quantities=grown))

    assert all(after[key] >= before[key] for key in before)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.dates(date(2023, 1, 1), DAY))
def test_one_more_penalty_never_makes_a_finding_milder(facts, penalty):
    repeated = replace(facts, prior_penalties=(*facts.prior_penalties, penalty))

    before, after = _ranks(facts), _ranks(repeated)

    assert all(after[key] >= before[key] for key in before)


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_a_finding_asks_exactly_when_it_has_a_question(facts):
    assert all((one.outcome == "ask") == bool(one.questions) for one in _screen(facts))


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_once_every_question_is_answered_nothing_is_left_to_ask(facts):
    questions = {
        question: False
        for offence in OFFENCES.values()
        for question in (
            *offence.questions,
            *(way.provided for ways in offence.values.values() for way in ways),
        )
    }

    findings = _screen(replace(facts, answers={**facts.answers, **questions}))

    assert all(one.outcome != "ask" for one in findings)
