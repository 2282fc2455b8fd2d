"""An office with years of clues behind it: true clues, copied by the database a thousandfold.

Every copy has the rows that steps write, under its own number, name, department and time. What no
page reads is left out: fingerprints for the next import, and the bytes of the documents.
"""

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine

from benchmarks.copies import COLUMNS, FILLED, PLAN, POSTGRESQL, SQLITE, Copying
from benchmarks.orders import GIVEN, SURNAMES, TOWNS, TRADES
from benchmarks.postgresql_fill import without_indexes
from benchmarks.specimens import Specimen, bring
from domain.situation.situation import CHINA
from flows.site.office import Office
from flows.site.word_search import grams

Plan = tuple[object, ...]
TOLD = "SELECT id, no, outside_no, title, subject_name, place FROM plan"
MOMENT = datetime(2026, 6, 3, 9, 30, tzinfo=CHINA)
"""A Wednesday morning at the office."""
HOME, HANDLER = "shili-market", "handler"
OTHERS = (
    "drug", "urban", "emergency", "fire", "transport", "ecology", "commerce", "finance", "human",
    "medical", "education", "culture", "agriculture", "resources", "energy", "science", "water",
)  # fmt: skip
AT_HOME = 0.3
"""Which share of the clues lies with the department that is looked at; the rest is spread."""
COLLEAGUES = 10
OPEN_DAYS, CLOSED_DAYS = 45, 3 * 365
PORTION = 20_000
"""Clues copied by one statement on PostgreSQL, so that work that was broken off tells how far."""


@dataclass(frozen=True)
class Years:
    """How many clues go on, and how many have ended."""

    open: int
    closed: int

    def fill(self, office: Office) -> None:
        """The office's database, full."""
        specimens = bring(office, MOMENT)
        plans = self._plans(specimens)
        office.engine.dispose()
        if office.engine.dialect.name == "postgresql":
            _fill_server(office.engine, plans)
        else:
            _fill_file(Path(str(office.engine.url.database)), plans)

    def _plans(self, specimens: Sequence[Specimen]) -> Iterator[Plan]:
        chance = random.Random(20260603)
        number = max(one.clue for one in specimens)
        for count, is_open in ((self.closed, False), (self.open, True)):
            group = [one for one in specimens if one.open is is_open]
            like = chance.choices(group, [one.share for one in group], k=count)
            for specimen in like:
                number += 1
                yield _one_plan(number, specimen, chance)


def _one_plan(number: int, specimen: Specimen, chance: random.Random) -> Plan:
    days = OPEN_DAYS * chance.random() ** 2 if specimen.open else CLOSED_DAYS * chance.random()
    at_home = chance.random() < AT_HOME
    department = HOME if at_home else f"shili-{chance.choice(OTHERS)}"
    colleague = chance.randrange(COLLEAGUES)
    company = (
        f"示例市{chance.choice(TOWNS)}{chance.choice(SURNAMES)}{_given(chance)}"
        f"{chance.choice(TRADES)}有限公司"
    )
    street = f"{_given(chance)}路{chance.randrange(1, 400)}号"
    return (
        number,
        specimen.clue,
        int(specimen.open),
        f"XS{number:010d}",
        f"DH{number:08d}",
        f"反映{company}涉嫌违法经营的问题",
        company,
        company,
        f"示例市{chance.choice(TOWNS)}街道{street}",
        f"-{int(days * 1440)} minutes",
        department,
        HANDLER if colleague == 0 else f"{HANDLER}-{colleague}",
    )


def _given(chance: random.Random) -> str:
    return "".join(chance.choice(GIVEN) for _ in range(2))


def _fill_file(file: Path, plans: Iterator[Plan]) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    connection.execute(PLAN)
    connection.executemany(f"INSERT INTO plan VALUES ({','.join('?' * COLUMNS)})", plans)
    first, last = connection.execute("SELECT min(id), max(id) FROM plan").fetchone()
    copying = Copying(SQLITE, HOME, _stored(MOMENT - timedelta(days=1)))
    for one in copying.statements((first, last), last - first + 1, _stored(MOMENT)):
        connection.execute(one)
    connection.execute("CREATE TEMP TABLE gram (gram TEXT, clue_id INTEGER)")
    rows = connection.execute(TOLD).fetchall()
    connection.executemany("INSERT INTO gram VALUES (?, ?)", _grams(rows))
    connection.execute("INSERT INTO search_gram SELECT * FROM gram ORDER BY gram, clue_id")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


def _fill_server(engine: Engine, plans: Iterator[Plan]) -> None:
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as connection, without_indexes(connection, FILLED):
        cursor = connection.cursor()
        cursor.execute(PLAN)
        with cursor.copy("COPY plan FROM STDIN") as copy:
            for plan in plans:
                copy.write_row(plan)
        first, last = cursor.execute("SELECT min(id), max(id) FROM plan").fetchone() or (0, 0)
        copying = Copying(POSTGRESQL, HOME, f"{MOMENT - timedelta(days=1)}")
        for one in copying.statements((first, last), PORTION, f"{MOMENT}"):
            cursor.execute(one.encode())
            connection.commit()
        for start in range(first, last + 1, PORTION):
            within = f" WHERE id BETWEEN {start} AND {start + PORTION - 1} ORDER BY id"
            rows = cursor.execute((TOLD + within).encode()).fetchall()
            with cursor.copy("COPY search_gram (gram, clue_id) FROM STDIN") as copy:
                for pair in _grams(rows):
                    copy.write_row(pair)
            connection.commit()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _grams(rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, int]]:
    """The words that clues are found by."""
    return ((gram, key) for key, *texts in rows for gram in sorted(grams(texts)))


def _stored(moment: datetime) -> str:
    return f"{moment - timedelta(hours=8):%Y-%m-%d %H:%M:%S.000000}"
