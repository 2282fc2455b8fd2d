"""Criminal screening: cases of law in YAML, and what holds for any facts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.crime.earlier_penalties import PriorPenalty
from domain.crime.screening import Finding, open_questions, screen, threshold_met
from domain.crime.standards import Standards, localized
from domain.crime.tier_weighing import PENALTIES, RANK, ScreeningFacts, answer_key
from domain.shapes.entries import Instrument
from domain.shapes.offences import Conduct, Offence, Quantity
from tests.helpers.plain_yaml import read_yaml

CONFIG = Path(__file__).parents[2] / "config"
RULES = Path(__file__).parents[1] / "rules"
CASES = [
    case
    for name in ("screening.yaml", "screening_affirmed.yaml")
    for case in read_yaml(RULES / name)
]
DAY = date(2026, 11, 22)


def _read(name: str) -> dict[str, dict[str, object]]:
    return read_yaml(CONFIG / name)


BOOK = _read("offences.yaml")
OFFENCES = {key: Offence.model_validate(one) for key, one in BOOK["offences"].items()}
QUANTITIES = {key: Quantity.model_validate(one) for key, one in BOOK["quantities"].items()}
CONDUCTS = {key: Conduct.model_validate(one) for key, one in BOOK["conducts"].items()}
CITATIONS = {
    key: citation
    for one in _read("laws.yaml").values()
    for key, citation in Instrument.model_validate(one).citations.items()
}
EVIDENCE = {key: one.evidence for key, one in CITATIONS.items()}
STANDARDS = Standards(OFFENCES, QUANTITIES, EVIDENCE, CONDUCTS)
MEASURED = sorted(set(QUANTITIES) - {"sales_x3_plus_unsold"})
QUESTIONS = [
    answer_key(key, name)
    for key, one in OFFENCES.items()
    for name, tier in one.tiers.items()
    if tier.question
]


def _facts(of: Mapping[str, object]) -> ScreeningFacts:
    given = dict(of)
    amounts = given.pop("quantities", {})
    quantities = {key: Decimal(str(value)) for key, value in amounts.items()}
    told = given.pop("prior_penalties", {})
    ours = given.pop("own_record", {})
    penalties = [PriorPenalty(day, key) for key, days in told.items() for day in days]
    penalties += [PriorPenalty(day, matter=key) for key, days in ours.items() for day in days]
    return ScreeningFacts(quantities=quantities, prior_penalties=tuple(penalties), **given)


def _screen(facts: ScreeningFacts, day: date = DAY) -> tuple[Finding, ...]:
    return screen(facts, STANDARDS, day)


def _only(offence: str, **of: object) -> Finding:
    (finding,) = _screen(replace(_facts(of), offences=(offence,)))
    return finding


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_law_holds_in_its_cases(case):
    facts = replace(
        _facts(case["given"]), offences=tuple(case["expect"]), acted_on=case.get("acted_on")
    )

    findings = _screen(facts, case.get("day", DAY))

    assert {one.offence: one.outcome for one in findings} == case["expect"]
    assert case["cites"] in CITATIONS
    assert case.get("says", "") in "；".join(one.reason for one in findings)
    if "refuses" in case:
        assert [one.refuses for one in findings] == [case["refuses"]]


def test_every_offence_and_every_question_has_a_case_that_meets_it():
    """310号令 3: what is asked can be affirmed, and then stands in the way of a mere penalty."""
    meeting = [case for case in CASES if {"met", "suspicion"} & set(case["expect"].values())]
    offences = {offence for case in meeting for offence in case["expect"]}
    affirmed = {
        question
        for case in meeting
        for question, said in case["given"].get("answers", {}).items()
        if said
    }

    assert set(OFFENCES) - offences == set()
    assert set(QUESTIONS) - affirmed == set()


def test_every_threshold_measures_known_quantities_on_a_citation_in_force():
    in_force = {
        key: date.fromisoformat(str(one["from"]))
        for one in _read("laws.yaml").values()
        for key in one["citations"]
    }

    for offence in OFFENCES.values():
        assert offence.article in CITATIONS
        for tier in offence.tiers.values():
            assert not tier.basis or tier.basis in CITATIONS
            for start, ways in tier.values.items():
                for way in ways:
                    assert set(way.all) <= set(QUANTITIES)
                    assert in_force[way.basis] <= start


def test_a_met_threshold_names_the_figures_the_article_and_how_sure_it_is():
    finding = _only("selling_counterfeit", quantities={"sales_amount": "86000.50"})

    assert finding.reason == (
        "销售假冒注册商标的商品罪：销售金额86,000.5元（起点50,000元），已达到；"
        "数额标准未见条文〔待法制核对〕，只作提示"
    )
    assert (finding.article, finding.basis) == ("xs-214", "fs2025_5-5")
    assert finding.evidence == "secondary"
    assert finding.measured == (("sales_amount", Decimal("86000.50")),)


def test_only_met_and_affirmed_suspicion_lead_to_a_referral():
    met = _only("fake_goods", quantities={"sales_amount": 50000})
    suspected = _only("copyright", answers={"copyright.suspicion": True})
    near = _only("fake_goods", quantities={"sales_amount": 49000})
    asked = _only("toxic_food")

    assert threshold_met([near, met])
    assert threshold_met([suspected])
    assert not threshold_met([near, asked])


def test_every_offence_asks_for_itself_until_it_is_answered():
    intellectual = ("copyright", "trade_secret")

    open_ones = open_questions(_screen(ScreeningFacts(offences=intellectual)))
    answered = ScreeningFacts(offences=intellectual, answers=dict.fromkeys(open_ones, False))

    assert sorted(open_ones) == ["copyright.suspicion", "trade_secret.suspicion"]
    assert open_questions(_screen(answered)) == ()


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(QUESTIONS), st.sampled_from(MEASURED), st.integers(0, 20_000_000))
def test_a_yes_opens_no_question_but_its_own(key, quantity, amount):
    offence = key.partition(".")[0]
    facts = ScreeningFacts(offences=(offence,), quantities={quantity: Decimal(amount)})
    others = {one for one in open_questions(_screen(facts)) if one != key}

    [finding] = _screen(replace(facts, answers={key: True}))

    assert finding.refuses or others <= set(open_questions([finding]))


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

    assert _screen(facts)[0].outcome == "met"
    assert screen(facts, replace(STANDARDS, offences=here), DAY)[0].outcome == "near"


def test_a_figure_within_the_range_is_certain_once_the_region_entered_its_own():
    here = localized(OFFENCES, {"fraud": {"fraud_amount": Decimal(4000)}})
    facts = ScreeningFacts(offences=("fraud",), quantities={"fraud_amount": Decimal(5000)})

    assert not _screen(facts)[0].refuses
    assert screen(facts, replace(STANDARDS, offences=here), DAY)[0].refuses


AMOUNTS = st.decimals(0, 20_000_000, places=2) | st.integers(0, 200).map(Decimal)
PENALTY = st.builds(
    PriorPenalty,
    on=st.dates(date(2023, 1, 1), DAY),
    conduct=st.sampled_from(["", *CONDUCTS]),
    matter=st.sampled_from(sorted({one for c in CONDUCTS.values() for one in c.matters})),
)
FACTS = st.builds(
    ScreeningFacts,
    quantities=st.dictionaries(st.sampled_from(MEASURED), AMOUNTS, max_size=5),
    offender=st.sampled_from(["individual", "unit"]),
    prior_penalties=st.lists(PENALTY, max_size=3).map(tuple),
    answers=st.dictionaries(st.sampled_from(QUESTIONS), st.booleans(), max_size=10),
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
@given(FACTS, PENALTY)
def test_one_more_penalty_never_makes_a_finding_milder(facts, penalty):
    repeated = replace(facts, prior_penalties=(*facts.prior_penalties, penalty))

    before, after = _ranks(facts), _ranks(repeated)

    assert all(after[key] >= before[key] for key in before)


@settings(max_examples=60, deadline=None)
@given(FACTS, st.dates(date(2005, 1, 1), DAY))
def test_the_day_of_the_act_never_makes_a_finding_graver(facts, day):
    told = replace(facts, prior_penalties=())

    today, then = _ranks(told), _ranks(replace(told, acted_on=day))

    assert all(then[key] <= today[key] for key in today)


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_who_asks_has_a_question_and_what_is_sure_asks_nothing(facts):
    findings = _screen(facts)

    assert all(one.questions for one in findings if one.outcome == "ask")
    assert not any(one.questions for one in findings if one.refuses)


@settings(max_examples=60, deadline=None)
@given(FACTS)
def test_once_everything_is_answered_nothing_is_left_to_ask(facts):
    told = tuple(replace(one, conduct=one.conduct or "other") for one in facts.prior_penalties)
    answers = {**facts.answers, **dict.fromkeys(QUESTIONS, False)}

    findings = _screen(replace(facts, answers=answers, prior_penalties=told))

    assert all(one.outcome != "ask" for one in findings)
    assert not any(q.tier == PENALTIES for one in findings for q in one.questions)
