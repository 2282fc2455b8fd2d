"""Kinds of penalty, the right to a hearing, what was told, and remedies: cases of law in YAML."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from domain.duplicates.names import family_key
from domain.guards.registry import guard
from domain.penalties.cited_articles import unchecked_articles
from domain.penalties.imposed_words import imposed_by
from domain.rulebook.rulebook_reading import load_rulebook
from domain.situation.organ import remedies_against
from domain.situation.penalty import PLANNED, faults_of, heavier, penalty_of
from domain.situation.situation import CHINA, Actor, ClueView, ProcessView, Situation
from tests.helpers.plain_yaml import read_yaml

RULES = load_rulebook()
CASES = read_yaml(Path(__file__).parents[1] / "rules/penalties.yaml")
NOW = datetime(2026, 11, 22, 9, tzinfo=CHINA)
OFFERING = (
    "heavy_kinds_offer_hearing",
    "judged_kinds_offer_hearing",
    "market_sums_offer_hearing",
    "other_sums_offer_hearing",
)
Case = Mapping[str, object]


def _form(given: Mapping[str, object]) -> dict[str, object]:
    """A notice's form of a penalty given by its short names."""
    named = {getattr(PLANNED, name): given[name] for name in vars(PLANNED) if name in given}
    return {PLANNED.kinds: [], **named}


def _situation(given: Mapping[str, object]) -> Situation:
    clue = ClueView(
        id=1, no="XS2026000001", channel="hotline", area="shili", desk="shili-hotline",
        sender=None, matter=None, hops=0, binding=False, subject_name=str(given["party"]),
        subject_key=None, received_at=NOW, registered_at=NOW, title="举报",
    )  # fmt: skip
    organ = str(given.get("department", "shili-market"))
    form = {**_form(given), "notice_right": "statement"}
    form["no_hearing_ground"] = given.get("no_hearing_ground")
    return Situation(
        clue=clue,
        process=ProcessView("case", 1, "reviewed", organ),
        processes=(),
        clocks=(),
        documents=frozenset(),
        actor=Actor("head", "王科长", frozenset({"department_head"}), organ),
        now=NOW,
        law=RULES,
        region=RULES.regions["shandong"],
        form=form,
    )


@pytest.mark.parametrize("case", CASES["hearing"], ids=lambda case: case["name"])
def test_who_is_offered_a_hearing(case: Case) -> None:
    situation = _situation(case["given"])

    reasons = "；".join(filter(None, (guard[name](situation) for name in OFFERING)))

    assert case["cites"] in RULES.citations
    assert case["refused"] in reasons
    assert bool(reasons) == bool(case["refused"])


@pytest.mark.parametrize("case", CASES["told"], ids=lambda case: case["name"])
def test_what_is_decided_was_told(case: Case) -> None:
    told, decided = (penalty_of(_form(case[name]), PLANNED) for name in ("told", "decided"))

    assert case["cites"] in RULES.citations
    assert list(heavier(decided, told, RULES.penalties)) == case["differs"]


@pytest.mark.parametrize("case", CASES["remedies"], ids=lambda case: case["name"])
def test_where_a_party_turns_against_a_decision(case: Case) -> None:
    given, expected = case["given"], case["expect"]

    found = remedies_against(RULES, given["department"], given["document"], date(2026, 11, 22))

    assert case["cites"] in RULES.citations
    assert list(found.reviewers) == expected["reviewers"]
    assert found.court == expected["court"]
    assert f"{found.review_limit.amount} {found.review_limit.unit}" == expected["review"]
    assert f"{found.suit_limit.amount} {found.suit_limit.unit}" == expected["suit"]


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: case["name"])
def test_a_text_adds_no_kind_to_those_that_were_chosen(case: Case) -> None:
    found = [kind for kind, _ in imposed_by(case["text"]) if kind not in case["kinds"]]

    assert case["cites"] in RULES.citations
    assert sorted(found) == sorted(case["adds"])


@pytest.mark.parametrize("case", CASES["sums"], ids=lambda case: case["name"])
def test_a_text_tells_no_other_sums_than_those_stated(case: Mapping[str, str]) -> None:
    form = {"penalty_kinds": ["fine", "illegal_gains"], "fine": "10000", "confiscated": "1200"}
    _refuses("text_tells_the_same_sums", {**form, "penalty": case["text"]}, case)


@pytest.mark.parametrize("case", CASES["paying"], ids=lambda case: case["name"])
def test_a_fine_is_paid_in_fifteen_days_to_a_bank(case: Mapping[str, str]) -> None:
    form = {"penalty_kinds": ["fine"], "fine": "10000", "performance": case["text"]}
    _refuses("fine_is_paid_as_the_law_says", form, case)


@pytest.mark.parametrize("case", CASES["orders"], ids=lambda case: case["name"])
def test_an_order_to_correct_is_no_penalty(case: Mapping[str, str]) -> None:
    _refuses("order_imposes_no_penalty", {"correct_demands": case["text"]}, case)


def _refuses(name: str, form: dict[str, object], case: Mapping[str, str]) -> None:
    told = guard[name](replace(_situation({"party": "某某公司"}), form=form)) or ""

    assert case["cites"] in RULES.citations
    assert case["refused"] in told and bool(told) == bool(case["refused"])


def test_every_kind_of_the_law_is_listed_and_nothing_else() -> None:
    """行政处罚法第九条 names thirteen kinds and leaves room for others."""
    by_item = {
        "cf-9-1": ["警告", "通报批评"],
        "cf-9-2": ["罚款", "没收违法所得", "没收非法财物"],
        "cf-9-3": ["暂扣许可证件", "降低资质等级", "吊销许可证件"],
        "cf-9-4": ["限制开展生产经营活动", "责令停产停业", "责令关闭", "限制从业"],
        "cf-9-5": ["行政拘留"],
        "cf-9-6": ["法律、行政法规规定的其他行政处罚"],
    }
    listed: dict[str, list[str]] = {}
    for one in RULES.penalties.values():
        listed.setdefault(one.basis, []).append(one.label)
    assert listed == by_item


def test_a_sum_without_its_kind_and_a_kind_without_its_sum_are_both_named() -> None:
    penalty = penalty_of({"kinds": ["licence_suspended"], "fine": "5", "term": "半年"}, SHORT)

    assert list(faults_of(penalty, RULES.penalties)) == [
        "处罚种类有暂扣许可证件的，请填写「许可证件（资质）名称」",
        "填写了「罚款数额」，处罚种类中应当选择「罚款」",
        "期限应写作30日、6个月、5年或者终身，现为「半年」",
    ]


def test_a_licence_is_not_suspended_for_life() -> None:
    """行政处罚法第九条第（三）项: 暂扣 ends, 吊销 does not."""
    told = {"kinds": ["licence_suspended"], "licence": "食品经营许可证", "term": "终身"}

    assert [*faults_of(penalty_of(told, SHORT), RULES.penalties)] == [
        "暂扣许可证件应当写明多久，不能终身；不再准许的为吊销许可证件"
    ]


SHORT = type(PLANNED)("kinds", "fine", "confiscated", "goods", "term", "licence")
"""The short names of this file's cases."""


@pytest.mark.parametrize("case", CASES["articles"], ids=lambda case: case["name"])
def test_an_article_beyond_its_law_is_refused(case: Mapping[str, str]) -> None:
    found = replace(_situation({"party": "某某公司"}), form={"penalty_ground": case["given"]})
    assert case["cites"] in RULES.citations

    told = guard["cited_articles_exist"](found) or ""

    assert case["refused"] in told and bool(told) == bool(case["refused"])
    recorded = replace(found.process, facts={"penalty_ground": case["given"]})
    unchecked = unchecked_articles(found, recorded)
    assert case.get("unchecked", "") in "；".join(unchecked)
    assert bool(unchecked) == ("unchecked" in case)


@pytest.mark.parametrize(
    "case", CASES["families"], ids=lambda case: f"{case['one']} {case['other']}"
)
def test_branches_and_their_head_office_are_one_company(case: Mapping[str, str]) -> None:
    assert case["cites"] in RULES.citations
    assert (family_key(case["one"]) == family_key(case["other"])) is case["same"]
