"""What an imported row, and the look for duplicates of a new clue, cost with many clues behind."""

import json
import multiprocessing
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from statistics import median

import psycopg
from sqlmodel import Session, col, func, select

from benchmarks.candidates import mark_of_a_place
from benchmarks.intake import NOW
from benchmarks.orders import write_orders
from benchmarks.report import figure, rows
from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.rarity import UNKNOWN
from domain.tables import matching as tables
from domain.tables.columns import json_text
from domain.tables.process import Clue
from flows.door.duplicates import keep_fingerprints
from flows.imports.clerk import Clerk
from flows.imports.order_import import import_file
from flows.matching.candidates import Arrivals
from flows.matching.comparison import suspicions
from flows.site.office import Office
from flows.site.store import reading, transaction
from tests.helpers.office import build_office, open_test_office
from tests.helpers.people import actor

NEW = 100
"""So many new clues are looked up."""
REMEMBERED = 100_000
"""Of so many of the newest clues there are fingerprints, where there are so many."""
PORTION = 2_000
SEED = 20260604
FINGERPRINT = "COPY fingerprint (clue_id, channel, outside_no, text, topics, words, day) FROM STDIN"
BAND = "COPY fingerprint_band (band, clue_id) FROM STDIN"


@dataclass(frozen=True)
class Taken:
    """What an import took, in milliseconds a row."""

    registered: int
    wall: float
    cpu: float


def intake_at_size(great: Office, empty_url: str, more: int, folder: Path) -> str:
    """The part on intake: among all clues of the office, and in an empty database of its kind.

    `more`: so many orders are imported, enough that the start of an import is little of it.
    """
    remembered, clues = _remember(great), _count(great)
    looked = _looked_up(great)
    great.engine.dispose()
    orders = folder / "more.xlsx"
    # Not the orders of an earlier run into the same database: none would be registered.
    write_orders(orders, more, first=random.SystemRandom().randrange(10**8))
    empty = build_office(folder / "empty", empty_url)
    empty.engine.dispose()
    found = {"an empty database": _import(empty, orders, folder)}
    found[f"{clues:,} clues"] = _import(great, orders, folder)
    lines = [
        (title, f"{one.registered}", figure(one.cpu), figure(one.wall))
        for title, one in found.items()
    ]
    first, last = found.values()
    ratios = figure(last.cpu / first.cpu), figure(last.wall / first.wall)
    head = ("rows of the 12345 format into", "registered", "CPU ms a row", "ms a row")
    return (
        f"\n### Intake\n\n{rows(head, lines)}\n"
        f"- The ratio is {ratios[0]} of the writing process's CPU, {ratios[1]} by the clock.\n"
        f"- The look for duplicates of a new clue, {remembered:,} of the clues having "
        f"fingerprints: {figure(median(looked))} ms, p95 {figure(_p95(looked))} ms.\n"
    )


def _count(office: Office) -> int:
    with reading(office.engine) as session:
        return session.exec(select(func.count()).select_from(Clue)).one()


def _remember(office: Office) -> int:
    """Fingerprints for the newest clues; how many there are."""
    kept = select(func.count()).select_from(tables.Fingerprint)
    newest = select(col(Clue.id)).order_by(col(Clue.id).desc()).limit(REMEMBERED)
    with reading(office.engine) as session:
        there = session.exec(kept).one()
        if there >= REMEMBERED:
            return there
        known = set(session.exec(select(col(tables.Fingerprint.clue_id))))
        wanted = [one for one in session.exec(newest) if one and one not in known]
    chance = random.Random(SEED)
    for at in range(0, len(wanted), PORTION):
        some = sorted(wanted[at : at + PORTION])
        _keep(office, {one: mark_of_a_place(one, chance) for one in some})
    return there + len(wanted)


def _keep(office: Office, marks: dict[int, Fingerprint]) -> None:
    if office.engine.dialect.name == "sqlite":
        with transaction(office.engine) as session:
            keep_fingerprints(session, marks)
        return
    address = office.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection:
        cursor = connection.cursor()
        with cursor.copy(FINGERPRINT) as copy:
            for clue_id, one in marks.items():
                topics, words = json_text(dict(one.topics)), json_text(sorted(one.words))
                number = f"copy-{clue_id}"
                copy.write_row((clue_id, one.channel, number, one.text, topics, words, one.day))
        with cursor.copy(BAND) as copy:
            for clue_id, one in marks.items():
                for band in one.bands:
                    copy.write_row((band, clue_id))


def _looked_up(office: Office) -> list[float]:
    """Milliseconds that each look took."""
    chance, took = random.Random(SEED + 1), []
    with reading(office.engine) as session:
        for mark in _fresh(chance):
            begun = time.perf_counter()
            _look(session, mark)
            took.append((time.perf_counter() - begun) * 1000)
    return took


def _fresh(chance: random.Random) -> Iterator[Fingerprint]:
    return (mark_of_a_place(10**8 + number, chance) for number in range(NEW))


def _look(session: Session, mark: Fingerprint) -> None:
    suspicions(session, Arrivals.of({0: mark}), UNKNOWN)


def _import(office: Office, orders: Path, folder: Path) -> Taken:
    """Imports the orders in a process of its own, which tells what it took."""
    told = folder / "taken.json"
    url = office.engine.url.set(drivername=office.engine.dialect.name)
    address = url.render_as_string(hide_password=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_watched, args=(office.settings.home, address, orders, told)
    )
    process.start()
    process.join()
    if process.exitcode:
        raise RuntimeError(f"the import ended with {process.exitcode}")
    return Taken(**json.loads(told.read_text(encoding="utf-8")))


def _watched(home: Path, address: str, orders: Path, told: Path) -> None:
    office = open_test_office(home, address)
    wall, cpu = time.perf_counter(), time.process_time()
    result = import_file(Clerk(office, actor("desk"), NOW), orders)
    each = 1000 / result.registered
    taken = Taken(
        result.registered,
        (time.perf_counter() - wall) * each,
        (time.process_time() - cpu) * each,
    )
    told.write_text(json.dumps(taken.__dict__), encoding="utf-8")


def _p95(took: list[float]) -> float:
    return sorted(took)[ceil(len(took) * 0.95) - 1]
