"""Every benchmark runs, on sizes at which its figures mean nothing."""

import importlib
import shutil
from pathlib import Path

import pytest

from benchmarks import (
    candidates,
    caps,
    documents,
    draws,
    dues,
    frames,
    intake,
    million,
    people,
    report,
    routing,
    sweep,
    warnings,
    web,
)
from benchmarks.effort import Effort
from benchmarks.orders import write_orders
from benchmarks.rounds import Contest, Spread, Stopwatch, race
from domain.files.spreadsheet import read_table

TINY = Effort(
    rounds=2,
    steps=1,
    copies=1,
    dates=5,
    sweeps=1,
    due=2,
    few=6,
    many=50,
    rows=12,
    clues=50,
    postgresql=False,
    open=40,
    closed_few=40,
    closed_many=80,
    web_rounds=1,
    seconds=1,
    objects=160,
    draw_rounds=2,
    crowd_clues=1,
    crowd_pages=1,
    crowd_rounds=1,
    crowd_clicks=2,
    crowd_rows=3,
    great_open=40,
    great_closed=60,
    reads=1,
    more=12,
)


@pytest.fixture(autouse=True)
def nothing_shared(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(intake.SHARED, str(tmp_path))


def test_steps_are_measured_beside_their_bare_rows_and_other_engines(tmp_path: Path) -> None:
    pytest.importorskip("dbos")
    pytest.importorskip("SpiffWorkflow")
    steps = importlib.import_module("benchmarks.steps")

    body = steps.measure(TINY, tmp_path)

    assert "### SQLite" in body
    assert body.count("bare transaction") == 3
    assert "DBOS" in body and "SpiffWorkflow" in body
    assert "step with five documents / with one, at most 1.6: **" in body
    assert "four more documents rendered and deflated) / step with one document: " in body


def test_documents_are_measured_beside_docxtpl_and_the_floor(tmp_path: Path) -> None:
    body = documents.measure(TINY, tmp_path)

    assert body.count("docxtpl, same template") == 2
    assert body.count("floor: render and deflate") == 2


def test_draws_are_measured_beside_a_sort_and_the_file_alone(tmp_path: Path) -> None:
    body = draws.measure(TINY, tmp_path)

    assert "### 160 objects" in body
    assert "verify_draw.py" in body


def test_frames_are_gathered_from_the_roster_and_caps_looked_up_among_many(tmp_path: Path) -> None:
    assert "### 160 objects" in frames.measure(TINY, tmp_path)
    body = caps.measure(TINY, tmp_path)

    assert "among 6 entries" in body and "among 50 entries" in body


def test_due_dates_are_measured_beside_walks_that_agree_with_them(tmp_path: Path) -> None:
    body = dues.measure(TINY, tmp_path)

    assert body.count("day by day over chinesecalendar") == len(dues.RULES)


def test_a_sweep_is_measured_among_few_and_many_open_clocks(tmp_path: Path) -> None:
    body = sweep.measure(TINY, tmp_path)

    assert "among 6 open" in body and "among 50 open" in body


def test_warnings_are_measured_on_a_short_and_on_a_long_record(tmp_path: Path) -> None:
    body = warnings.measure(TINY, tmp_path)

    assert "on record: 6 clues" in body and "on record: 50 clues" in body


def test_pages_before_many_clues_are_read_by_eight_people(tmp_path: Path) -> None:
    body = million.measure(TINY, tmp_path)

    assert "115 clues on SQLite" in body
    assert "answers that were no page: 0" in body
    assert "| an empty database | 12 |" in body and "| 115 clues | 12 |" in body


def test_routing_is_measured_beside_a_plain_search(tmp_path: Path) -> None:
    body = routing.measure(TINY, tmp_path)

    assert body.count("every word looked for in turn") == 2
    assert "2,000 characters" in body


def test_an_import_tells_its_pace_and_its_memory(tmp_path: Path) -> None:
    body = intake.measure(TINY, tmp_path)

    assert "12 rows in" in body and "kB a row" in body


@pytest.mark.slow
def test_many_people_are_measured_beside_one_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "CROWDS", (people.Crowd("four people", 4, 1, 0.0),))

    body = people.measure(TINY, tmp_path)

    assert "| four people | 4 | 0 |" in body


@pytest.mark.skipif(shutil.which("wrk") is None, reason="wrk is not installed")
def test_pages_are_measured_among_few_and_many_closed_clues(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "PAGES", (web.PAGES[0], web.PAGES[-3]))

    body = web.measure(TINY, tmp_path)

    assert "handler: my worklist" in body and "page of an archived clue" in body
    assert "growth over all pages" in body


def test_generated_orders_are_the_same_for_the_same_seed_and_differ_among_themselves(
    tmp_path: Path,
) -> None:
    for name in ("one", "two"):
        write_orders(tmp_path / f"{name}.xlsx", 150)

    one, two = (
        [row.cells for row in read_table(tmp_path / f"{name}.xlsx", ()).rows]
        for name in ("one", "two")
    )
    assert one == two
    assert len({row["诉求内容"] for row in one}) == 150


def test_a_round_counts_only_what_lies_in_a_lap() -> None:
    def run(watch: Stopwatch) -> None:
        sum(range(200_000))
        with watch.lap(units=2):
            pass

    contest = race({"nothing": run}, rounds=3)

    assert len(contest.wall["nothing"]) == 3
    assert max(contest.cpu["nothing"]) < 0.001


def test_ratios_are_taken_round_by_round() -> None:
    contest = Contest({"slow": [2.0, 30.0, 4.0], "fast": [1.0, 10.0, 4.0]}, {})

    assert contest.ratio("slow", "fast") == Spread(1.5, 2.0, 2.5)


def test_a_section_replaces_its_predecessor_and_leaves_the_others(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"

    report.write_section("dues", "Due dates", "old", readme)
    report.write_section("steps", "One step", "steps", readme)
    report.write_section("dues", "Due dates", "new", readme)

    text = readme.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.index("new") < text.index("steps")
    assert text.count("## Due dates") == 1


def test_candidates_are_counted_among_few_and_many_clues(tmp_path: Path) -> None:
    told = candidates.measure(TINY, tmp_path)

    assert "### SQLite" in told
    assert "| 6 |" in told
    assert "| 50 |" in told
