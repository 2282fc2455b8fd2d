"""The samples contradict neither the law nor each other: no 以罚代刑, no unknown law."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from domain.crime.screening import screen, threshold_met
from domain.crime.standards import Standards
from domain.crime.tier_weighing import ScreeningFacts
from domain.rulebook.rulebook_reading import load_rulebook
from domain.shapes.data_folders import data_folder

RULES = load_rulebook()
SAMPLES = {
    path.parent.name: json.loads(path.read_text("utf-8"))
    for path in sorted(data_folder("templates").glob("*/sample.json"))
}
PUNISHING = sorted(
    {
        issue.document
        for kind in ("case", "spot_penalty")
        for action in RULES.lifecycles[kind].actions.values()
        for issue in action.issues
    }
    | {"correction_order", "interview_record", "commitment_letter", "result_reply"}
)
"""The kinds of documents that punish, or settle the matter without the police."""
AMOUNTS = {"sales_amount": r"销售金额(?:已达)?([\d,.]+)元", "goods_value": r"货值金额([\d,.]+)元"}
DAY = date(2026, 11, 22)
_TITLE = re.compile(r"《([^》]+)》")


def _text(kind: str) -> str:
    return json.dumps(SAMPLES[kind], ensure_ascii=False)


def _amounts(text: str) -> dict[str, Decimal]:
    found = {key: re.findall(pattern, text) for key, pattern in AMOUNTS.items()}
    return {
        key: max(Decimal(one.replace(",", "")) for one in values)
        for key, values in found.items()
        if values
    }


@pytest.mark.parametrize("kind", sorted(SAMPLES))
def test_every_law_a_sample_cites_is_a_law_of_the_rulebook(kind: str) -> None:
    known = {one.title for one in RULES.instruments.values()}
    known |= {one.title for one in RULES.documents.values()}

    assert set(_TITLE.findall(_text(kind))) <= known


@pytest.mark.parametrize("kind", PUNISHING)
def test_no_sample_punishes_what_screening_calls_a_crime(kind: str) -> None:
    """310号令第十一条第一款: 不得以行政处罚代替移送."""
    standards = Standards(RULES.offences, RULES.quantities, RULES.evidence, RULES.conducts)
    facts = ScreeningFacts(quantities=_amounts(_text(kind)), offences=("fake_goods",))

    assert not threshold_met(screen(facts, standards, DAY))


def test_what_the_samples_refer_is_a_crime() -> None:
    """The measure above tells crimes from small matters: the referral's own facts meet it."""
    standards = Standards(RULES.offences, RULES.quantities, RULES.evidence, RULES.conducts)
    facts = ScreeningFacts(
        quantities=_amounts(_text("crime_investigation_report")), offences=("fake_goods",)
    )

    assert threshold_met(screen(facts, standards, DAY))


def test_no_party_is_both_punished_and_referred() -> None:
    punished = {SAMPLES[kind].get("当事人") for kind in PUNISHING}

    for kind in ("crime_transfer", "crime_investigation_report", "transfer_approval"):
        assert not any(one and one in _text(kind) for one in punished), kind
