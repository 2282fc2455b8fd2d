"""The rehearsal's spreadsheet: varied, importable, and with a story for every kind of ending."""

from collections import Counter
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from domain.crime.screening import open_questions, screen, threshold_met
from domain.crime.standards import Standards
from domain.crime.tier_weighing import ScreeningFacts, answer_key
from domain.duplicates.candidate_index import CandidateIndex
from domain.duplicates.fingerprints import fingerprint
from domain.duplicates.matching import suspects
from domain.duplicates.names import reporter_identity
from domain.files.column_mapping import known_headings, load_mappings, recognise
from domain.files.spreadsheet import read_table
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.rulebook.rulebook_reading import CONFIG, layers
from domain.shapes.offences import Offence, Quantity
from domain.shapes.yaml_source import read_source
from flows.rehearsal.work_orders import by_number, read_work_orders, write_work_orders

NOW = datetime(2026, 9, 22, 14, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
STORIES = {
    "dismiss",
    "rectify",
    "penalty_hearing",
    "penalty_simple",
    "refer_approved",
    "refer_declined",
    "refer_supplemented",
    "refer_refused_reconsidered",
    "refer_supervised",
    "refer_forwarded",
    "duplicate_of",
    "return_once",
    "dispute",
    "joint_dissent",
    "joint_silent",
    "fine_instead_of_referral",
    "late_escalated",
    "deemed_accepted",
    "redirect",
    "split",
    "complaint",
    "penalty_on_spot",
    "withdraw",
    "reopen",
}

Parsed = list[IncomingClue | RowRejection]


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Parsed:
    path = tmp_path_factory.mktemp("orders") / "work-orders.xlsx"
    write_work_orders(path)
    mappings = load_mappings(layers())
    table = read_table(path, known_headings(mappings.values()))
    mapping = mappings[recognise(table.columns, mappings)]
    return [parse_row(row, mapping, NOW) for row in table.rows]


def test_at_least_sixty_orders_are_registered_and_three_rejected(parsed: Parsed) -> None:
    rejected = [one for one in parsed if isinstance(one, RowRejection)]

    assert len(parsed) - len(rejected) >= 60
    assert [one.complaints[0].field for one in rejected] == [
        "content",
        "received_at",
        "received_at",
    ]


def test_good_orders_come_in_without_any_warning(parsed: Parsed) -> None:
    warned = {one.outside_no: one.warnings for one in parsed if isinstance(one, IncomingClue)}

    assert {number: words for number, words in warned.items() if words} == {}


def test_every_kind_of_ending_has_an_order() -> None:
    told = Counter(one.story.partition(":")[0] for one in read_work_orders().orders if one.story)

    assert set(told) == STORIES
    assert told["duplicate_of"] >= 8


def test_order_numbers_are_unique() -> None:
    orders = read_work_orders().orders

    assert len(by_number()) == len(orders)


def test_every_repeated_order_is_suspected_of_its_original(parsed: Parsed) -> None:
    index, found = CandidateIndex(), {}
    for clue in parsed:
        if isinstance(clue, IncomingClue):
            one = fingerprint(clue, reporter_identity(clue))
            found[one.key] = [two.key for two in suspects(one, index.candidates(one))]
            index.add(one)

    repeated = {one.number: one.original for one in read_work_orders().orders if one.original}
    missed = {number for number, first in repeated.items() if first not in found[number]}
    assert missed == set()
    others = {number for number, keys in found.items() if keys and number not in repeated}
    assert len(others) <= 4


@pytest.fixture(scope="module")
def crimes() -> tuple[dict[str, Quantity], dict[str, Offence]]:
    source, _ = read_source(CONFIG / "offences.yaml", CONFIG)
    assert isinstance(source.data, dict)
    return (
        {key: Quantity(**one) for key, one in source.data["quantities"].items()},
        {key: Offence(**one) for key, one in source.data["offences"].items()},
    )


def _all_denied(offences: dict[str, Offence]) -> dict[str, bool]:
    """No to every question, as the officers answer what the order does not affirm."""
    return {
        answer_key(key, name): False
        for key, one in offences.items()
        for name, tier in one.tiers.items()
        if tier.question
    }


def test_a_referral_is_told_only_where_screening_calls_for_one(
    crimes: tuple[dict[str, Quantity], dict[str, Offence]],
) -> None:
    """So the rehearsal stands on the law as loaded, not on the wish of its script."""
    for order in read_work_orders().orders:
        told = {**_all_denied(crimes[1]), **order.answers}
        known = ScreeningFacts(order.offences, order.facts, order.offender, answers=told)
        standards = Standards(crimes[1], crimes[0])
        findings = screen(known, standards, NOW.date()) if order.offences else ()
        referred = order.story.startswith(("refer_", "fine_instead"))
        assert threshold_met(findings) == referred, order.number
        assert not open_questions(findings) or referred, order.number


def test_the_facts_of_orders_speak_of_known_quantities_and_offences(
    crimes: tuple[dict[str, Quantity], dict[str, Offence]],
) -> None:
    quantities, offences = crimes

    for order in read_work_orders().orders:
        assert set(order.facts) <= set(quantities), order.number
        assert set(order.offences) <= set(offences), order.number
        named = {key: _all_denied({key: offences[key]}) for key in order.offences}
        assert set(order.answers) <= {one for keys in named.values() for one in keys}


def test_the_spreadsheet_holds_texts_only(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_work_orders(path)

    row = next(iter(read_table(path).rows))

    assert {type(cell) for cell in row.cells.values()} == {str}
    assert "story" not in row.cells
