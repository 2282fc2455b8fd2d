"""Processes that read ahead and compare beside: nothing is different, and nothing hangs on them."""

import gc
import os
import signal
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url
from sqlmodel import col, select

from domain.duplicates.keys import keys
from domain.duplicates.rarity import UNKNOWN, Rarity
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.door.steps import Command, perform
from flows.imports import beside, comparing, order_import, other_process, reading_ahead
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult, Portion
from flows.imports.order_import import import_file
from flows.imports.other_process import OtherProcess
from flows.imports.reading_ahead import ReadRow
from flows.matching.candidates import Arrivals, kept_marks
from flows.matching.comparison import Compared, Comparer, Found, Marks, Mine, suspicions
from flows.rehearsal.work_orders import write_work_orders
from flows.site.office import Office
from flows.site.store import reading
from tests.helpers.moments import at
from tests.helpers.office import build_office, snapshot
from tests.helpers.people import actor

SEALED = {"clue", "event", "chain_head"}
"""Reporters are sealed with chance, and marks and hashes bind them."""


def imported(office: Office, path: Path) -> ImportResult:
    return import_file(Clerk(office, actor("desk"), at("2026-11-20T10:00")), path)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the process that reads saw each portion; waited for, and there for small files."""
    seen: list[bool] = []
    answer = reading_ahead._Helper.answer

    def noted(self: reading_ahead._Helper, portion: reading_ahead._Portion) -> list[ReadRow] | None:
        found = answer(self, portion)
        seen.append(found is not None)
        return found

    monkeypatch.setattr(order_import, "PORTION", 8)
    monkeypatch.setattr(beside, "ENOUGH", 1)
    monkeypatch.setattr(other_process, "BEGINS_WITHIN", 30)
    monkeypatch.setattr(reading_ahead._Helper, "answer", noted)
    return seen


def suspected(office: Office) -> set[tuple[str, str, float, str]]:
    """Every suspicion by the numbers of its clues, with its score and reason."""
    with reading(office.engine) as session:
        numbers = dict(session.exec(select(Clue.id, Clue.no)).all())
        return {
            (numbers[one.clue_id], numbers[one.other_id], one.score, one.reason)
            for one in session.exec(select(Suspicion))
        }


def without_sealed(office: Office) -> dict[str, list[str]]:
    return {name: rows for name, rows in snapshot(office).items() if name not in SEALED}


def test_what_is_read_ahead_leaves_the_same_rows_as_what_is_not(
    tmp_path: Path, answers: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead, alone = build_office(tmp_path / "ahead"), build_office(tmp_path / "alone")
    write_work_orders(tmp_path / "orders.xlsx")

    first = imported(ahead, tmp_path / "orders.xlsx")
    assert len(answers) > 3
    assert answers == [False, *[True] * (len(answers) - 1)]
    monkeypatch.setattr(beside, "ENOUGH", 10_000)
    second = imported(alone, tmp_path / "orders.xlsx")

    assert (first.registered, first.rejected, first.suspected, first.remarks) == (
        second.registered,
        second.rejected,
        second.suspected,
        second.remarks,
    )
    assert first.rejected > 0 and first.suspected > 0
    assert without_sealed(ahead) == without_sealed(alone)


def test_a_second_process_that_dies_loses_no_row(
    office: Office, tmp_path: Path, answers: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    total = write_work_orders(tmp_path / "orders.xlsx")
    order = reading_ahead._Helper.order

    def killed(self: reading_ahead._Helper, portions: Iterable[reading_ahead._Portion]) -> None:
        order(self, portions)
        if len(answers) == 3:
            os.kill(self._process._process.pid, signal.SIGKILL)

    monkeypatch.setattr(reading_ahead._Helper, "order", killed)

    result = imported(office, tmp_path / "orders.xlsx")

    assert result.registered + result.rejected == total
    assert answers[:3] == [False, True, True]
    assert len(answers) > 5 and not any(answers[5:])


@pytest.fixture
def comparisons(monkeypatch: pytest.MonkeyPatch, answers: list[bool]) -> list[bool]:
    """Whether the process that compares told what it found of each portion."""
    seen: list[bool] = []
    found = comparing._Beside.found

    def noted(self: comparing._Beside, mine: Mine) -> Compared | None:
        told = found(self, mine)
        seen.append(told is not None)
        return told

    monkeypatch.setattr(comparing._Beside, "found", noted)
    return seen


def test_what_is_compared_beside_is_suspected_as_if_it_were_not(
    any_office: Office, tmp_path: Path, comparisons: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_work_orders(tmp_path / "orders.xlsx")
    alone = build_office(tmp_path / "alone")

    first = imported(any_office, tmp_path / "orders.xlsx")
    assert len(comparisons) > 3 and all(comparisons)
    monkeypatch.setattr(beside, "ENOUGH", 10_000)
    second = imported(alone, tmp_path / "orders.xlsx")

    assert first.suspected == second.suspected > 0
    assert suspected(any_office) == suspected(alone)


def test_who_compares_reaches_a_database_that_the_environment_names(
    pg_url: str, tmp_path: Path, comparisons: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As libpq reads it: a site may keep the server and the password out of the address."""
    named = make_url(pg_url)
    told = {"host": named.host, "port": named.port, "user": named.username, **named.query}
    for name, value in told.items():
        if value:
            monkeypatch.setenv(f"PG{name.upper()}", str(value))
    write_work_orders(tmp_path / "orders.xlsx")
    office = build_office(tmp_path, f"postgresql:///{named.database}")

    imported(office, tmp_path / "orders.xlsx")
    office.engine.dispose()

    assert len(comparisons) > 3 and all(comparisons)


def test_a_clue_that_somebody_registers_meanwhile_is_found_beside(
    office: Office, tmp_path: Path, comparisons: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, alone = tmp_path / "orders.xlsx", build_office(tmp_path / "alone")
    write_work_orders(path)
    imported(alone, path)
    with reading(alone.engine) as session:
        last = session.exec(select(Clue).order_by(col(Clue.id).desc())).first()
    assert last
    form = {name: getattr(last, name) for name in ("channel", "title", "content", "place")}
    comparisons.clear()
    import_rows = order_import.import_rows

    def meanwhile(clerk: Clerk, rows: Sequence[ReadRow], comparer: Comparer | None) -> Portion:
        if len(comparisons) == 2:
            told = {**form, "received_at": last.received_at.isoformat()}
            perform(office, Command("register", form=told), actor("desk"), clerk.now)
        return import_rows(clerk, rows, comparer)

    monkeypatch.setattr(order_import, "import_rows", meanwhile)
    imported(office, path)

    with reading(office.engine) as session:
        other = session.exec(select(Clue.no).where(col(Clue.outside_no).is_(None))).one()
        mine = session.exec(select(Clue.no).where(Clue.outside_no == last.outside_no)).one()
    assert len(comparisons) > 3 and all(comparisons)
    assert (mine, other) in {pair[:2] for pair in suspected(office)}


def test_a_process_that_hangs_is_not_waited_for_long(
    office: Office, tmp_path: Path, comparisons: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    total = write_work_orders(tmp_path / "orders.xlsx")
    monkeypatch.setattr(comparing, "PATIENCE", 0.5)
    begin = comparing._Beside.begin

    def stopped(self: comparing._Beside, marks: Marks, rarity: Rarity, counts: bool) -> bool:
        if len(comparisons) == 2:
            os.kill(self._process._process.pid, signal.SIGSTOP)
        return begin(self, marks, rarity, counts)

    monkeypatch.setattr(comparing._Beside, "begin", stopped)
    alone = build_office(tmp_path / "alone")

    result = imported(office, tmp_path / "orders.xlsx")
    monkeypatch.setattr(beside, "ENOUGH", 10_000)
    imported(alone, tmp_path / "orders.xlsx")

    assert result.registered + result.rejected == total
    assert comparisons == [True, True, False]
    assert suspected(office) == suspected(alone)


@pytest.fixture
def pieces(
    office: Office, tmp_path: Path, answers: list[bool], monkeypatch: pytest.MonkeyPatch
) -> tuple[Marks, Found]:
    """Twenty new clues like earlier ones, and what this process finds of them; two to a piece."""
    monkeypatch.setattr(beside, "ENOUGH", 10_000)
    monkeypatch.setattr(comparing, "PIECE", 2)
    write_work_orders(tmp_path / "orders.xlsx")
    imported(office, tmp_path / "orders.xlsx")
    with reading(office.engine) as session:
        known = [one for one in session.exec(select(Clue.id).order_by(col(Clue.id))) if one]
        marks = {
            10_000 + clue_id: replace(mark, outside_no="", bands=keys(*mark.parts, UNKNOWN))
            for clue_id, mark in kept_marks(session, known[-20:])
        }
        return marks, suspicions(session, Arrivals.of(marks), UNKNOWN)


@pytest.mark.parametrize("is_quick", [True, False])
def test_a_portion_compared_by_two_is_compared_as_by_one(
    office: Office,
    pieces: tuple[Marks, Found],
    monkeypatch: pytest.MonkeyPatch,
    is_quick: bool,
) -> None:
    """Whether the other process answers before anybody waits, or always a little later."""
    marks, alone = pieces
    monkeypatch.setattr(OtherProcess, "has_answer", lambda self: is_quick)
    own: list[int] = []
    assert any(alone.values())

    with comparing.comparing_beside(office.engine) as other, reading(office.engine) as session:

        def mine(some: Sequence[int]) -> Found:
            own.extend(some)
            return suspicions(session, Arrivals.of(marks), UNKNOWN, some)

        assert other is not None
        for _ in range(2):
            assert other.begin(marks, UNKNOWN, counts=False)
            together = other.found(mine)
            assert together is not None
            assert together.found == alone

    assert own == ([] if is_quick else [*reversed_pairs(list(marks)[2:])] * 2)


def reversed_pairs(ids: list[int]) -> list[int]:
    return [one for at in range(len(ids) - 2, -1, -2) for one in ids[at : at + 2]]


def test_what_was_found_of_clues_that_were_taken_back_is_not_told_of_the_next(
    office: Office, pieces: tuple[Marks, Found]
) -> None:
    marks, alone = pieces
    half = dict(list(marks.items())[10:])

    with comparing.comparing_beside(office.engine) as other, reading(office.engine) as session:
        assert other is not None
        assert other.begin(half, UNKNOWN, counts=False)
        assert other.begin(marks, UNKNOWN, counts=True)
        told = other.found(partial(suspicions, session, Arrivals.of(marks), UNKNOWN))

    assert told is not None
    assert told.found == alone
    assert told.counted is not None


def test_a_file_that_is_large_and_holds_few_rows_is_imported_by_one_process(
    office: Office, tmp_path: Path, answers: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its size spoke for more; what was begun while it was opened has ended then."""
    total = write_work_orders(tmp_path / "orders.xlsx")
    monkeypatch.setattr(beside, "ENOUGH", total + 1)
    monkeypatch.setattr(beside, "A_ROW", 1)
    begun: list[OtherProcess] = []
    begin = OtherProcess.__init__

    def noted(self: OtherProcess, *told: Any) -> None:
        begin(self, *told)
        begun.append(self)

    monkeypatch.setattr(OtherProcess, "__init__", noted)

    result = imported(office, tmp_path / "orders.xlsx")

    assert result.registered + result.rejected == total
    assert not any(answers)
    assert [one._process.poll() for one in begun] == [-signal.SIGKILL] * 2


def test_what_a_process_has_frozen_stays_frozen_after_an_import(
    office: Office, tmp_path: Path
) -> None:
    """As those of the web have what they have loaded: no page stops to look through it."""
    write_work_orders(tmp_path / "orders.xlsx")

    gc.freeze()
    try:
        imported(office, tmp_path / "orders.xlsx")
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()
    imported(office, tmp_path / "orders.xlsx")
    assert not gc.get_freeze_count()


ECHO = """
from flows.imports.other_process import answer, orders

def main():
    for order in orders():
        answer(order)
"""


def test_what_fills_the_pipes_both_ways_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each end holds a megabyte, and the other process answers before it reads on."""
    (tmp_path / "echoing_orders.py").write_text(ECHO, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(other_process, "BEGINS_WITHIN", 30)
    process = OtherProcess("echoing_orders", patience=20)
    told = [bytes([number]) * 1_500_000 for number in range(5)]

    try:
        assert process.has_begun()
        assert all(process.tell(one) for one in told)
        assert [process.hear() for _ in told] == told
    finally:
        process.end()


def test_a_portion_leaves_next_to_nothing_that_only_holds_itself(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else its rows would stay, with all their texts, until Python looks for circles."""
    write_work_orders(tmp_path / "orders.xlsx")
    monkeypatch.setattr(order_import, "PORTION", 8)
    left: list[int] = []
    collect = gc.collect
    monkeypatch.setattr(gc, "collect", lambda old: left.append(collect(old)))

    imported(office, tmp_path / "orders.xlsx")

    assert len(left) > 5
    assert max(left) < 50
