"""A second process reads a large file ahead: nothing is different, and nothing hangs on it."""

import select
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from domain.files.rows import RawRow
from flows.imports import order_import, reading_ahead
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult
from flows.imports.order_import import import_file
from flows.imports.reading_ahead import ReadRow
from flows.rehearsal.work_orders import write_work_orders
from flows.site.office import Office
from tests.helpers.moments import at
from tests.helpers.office import build_office, snapshot
from tests.helpers.people import actor

SEALED = {"clue", "event", "chain_head"}
"""Reporters are sealed with chance, and marks and hashes bind them."""


def imported(office: Office, path: Path) -> ImportResult:
    return import_file(Clerk(office, actor("desk"), at("2026-11-20T10:00")), path)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether the second process saw each portion; it is waited for, and small files have one."""
    seen: list[bool] = []
    answer = reading_ahead._Helper.answer

    def noted(self: reading_ahead._Helper, rows: Sequence[RawRow]) -> list[ReadRow] | None:
        found = answer(self, rows)
        seen.append(found is not None)
        return found

    def patient(*ends: list[object]) -> object:
        return select.select(*ends[:3], 30)

    monkeypatch.setattr(order_import, "PORTION", 8)
    monkeypatch.setattr(reading_ahead, "ENOUGH", 1)
    monkeypatch.setattr(reading_ahead, "select", SimpleNamespace(select=patient))
    monkeypatch.setattr(reading_ahead._Helper, "answer", noted)
    return seen


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
    monkeypatch.setattr(reading_ahead, "ENOUGH", 10_000)
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

    def killed(self: reading_ahead._Helper, rows: Sequence[RawRow]) -> None:
        order(self, rows)
        if len(answers) == 3:
            self._process.kill()
            self._process.wait()

    monkeypatch.setattr(reading_ahead._Helper, "order", killed)

    result = imported(office, tmp_path / "orders.xlsx")

    assert result.registered + result.rejected == total
    assert answers[:3] == [False, True, True]
    assert not any(answers[4:])
