"""An office with years of clues behind it: true clues, copied by the database a thousandfold.

Every copy has the rows that steps write, under its own number, name, department and time. What no
page reads is left out: fingerprints for the next import, and the bytes of the documents.
"""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from benchmarks.orders import GIVEN, SURNAMES, TOWNS, TRADES
from benchmarks.specimens import Specimen, bring
from domain.situation.situation import CHINA
from domain.tables.columns import UTCDateTime
from flows.site.office import Office
from flows.site.word_search import grams

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
WIDTH = 64
"""More rows than any specimen has in one table: ids of copies never meet."""
CHILDREN = ("process", "clock", "event", "document", "inbox_message", "follow_up")
MOVED = ("department_id", "counterpart_id", "owner_id", "organ")
PLAN = """CREATE TEMP TABLE plan (
    id INTEGER PRIMARY KEY, source INTEGER, open INTEGER, no TEXT, outside_no TEXT, title TEXT,
    subject_name TEXT, subject_key TEXT, place TEXT, minutes TEXT, department TEXT, handler TEXT)"""


@dataclass(frozen=True)
class Years:
    """How many clues go on, and how many have ended."""

    open: int
    closed: int

    def fill(self, office: Office) -> None:
        """The office's database, full. SQLite only."""
        specimens = bring(office, MOMENT)
        office.engine.dispose()
        file = Path(str(office.engine.url.database))
        connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-400000"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        self._copy(connection, specimens)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()

    def _copy(self, connection: sqlite3.Connection, specimens: Sequence[Specimen]) -> None:
        tables = SQLModel.metadata.tables
        _plan(connection, list(self._plans(specimens)))
        for name in ("dossier", "clue"):
            connection.execute(_copies(tables[name], "source.id = plan.source"))
        for name in CHILDREN:
            _rank(connection, tables[name])
        for name in CHILDREN:
            connection.execute(_copies(tables[name], "source.clue_id = plan.source"))
        _finish(connection)
        _index(connection)

    def _plans(self, specimens: Sequence[Specimen]) -> Iterator[tuple[object, ...]]:
        chance = random.Random(20260603)
        number = max(one.clue for one in specimens)
        for count, is_open in ((self.closed, False), (self.open, True)):
            group = [one for one in specimens if one.open is is_open]
            like = chance.choices(group, [one.share for one in group], k=count)
            for specimen in like:
                number += 1
                yield _one_plan(number, specimen, chance)


def _one_plan(number: int, specimen: Specimen, chance: random.Random) -> tuple[object, ...]:
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
        specimen.open,
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


def _plan(connection: sqlite3.Connection, plans: Sequence[tuple[object, ...]]) -> None:
    connection.execute(PLAN)
    connection.executemany(f"INSERT INTO plan VALUES ({','.join('?' * 12)})", plans)


def _rank(connection: sqlite3.Connection, table: Table) -> None:
    """The place of each row of a specimen among its own."""
    key = "seq" if table.name == "event" else "id"
    connection.execute(
        f"CREATE TEMP TABLE rank_{table.name} AS SELECT {key} AS id, row_number() "
        f"OVER (PARTITION BY clue_id ORDER BY {key}) AS place FROM {table.name}"
    )
    connection.execute(f"CREATE UNIQUE INDEX temp.ux_{table.name} ON rank_{table.name} (id)")


def _copies(table: Table, source: str) -> str:
    columns = list(table.columns)
    names = ", ".join(f'"{one.name}"' for one in columns)
    values = ", ".join(_value(table.name, one) for one in columns)
    return (
        f'INSERT INTO "{table.name}" ({names}) SELECT {values} '
        f'FROM plan JOIN "{table.name}" AS source ON {source} ORDER BY plan.id'
    )


def _value(table: str, column: "Column[object]") -> str:
    """What a copy bears in a column."""
    name = column.name
    own = _own(table).get(name)
    if own is not None:
        return own
    if isinstance(column.type, UTCDateTime):
        return f"strftime('%Y-%m-%d %H:%M:%f', source.{name}, plan.minutes) || '000'"
    if name in MOVED:
        return f"replace(source.{name}, '{HOME}', plan.department)"
    if name == "facts" and table in {"clue", "process"}:
        return "json_replace(source.facts, '$.handler_user', plan.handler)"
    return f'source."{name}"'


def _own(table: str) -> dict[str, str]:
    if table == "dossier":
        return {"id": "plan.id", "no": "plan.no"}
    if table == "clue":
        told = ("no", "outside_no", "title", "subject_name", "subject_key", "place")
        return {"id": "plan.id", "merged_into_id": "NULL"} | {one: f"plan.{one}" for one in told}
    key = _mapped(table, "source.seq" if table == "event" else "source.id")
    found = {"id": key, "seq": key, "clue_id": "plan.id", "clue_no": "plan.no"}
    process = _mapped("process", "source.process_id")
    found["process_id"] = (
        "CASE WHEN source.process_kind = 'clue' AND source.process_id <> 0 THEN plan.id "
        f"WHEN source.process_id = 0 THEN 0 ELSE {process} END"
    )
    if table == "process":
        found["parent_id"] = _mapped("process", "source.parent_id")
    return found | {
        "serial": f"source.serial + plan.id * {WIDTH}",
        "key": "plan.id || source.key",
        "replaces_id": "NULL",
    }


def _mapped(table: str, source: str) -> str:
    rank = f"SELECT place FROM rank_{table} AS ranked WHERE ranked.id = {source}"
    return f"plan.id * {WIDTH} + ({rank})"


def _finish(connection: sqlite3.Connection) -> None:
    """Messages read but for the newest, work done, reminders sent for what is late."""
    yesterday = _stored(MOMENT - timedelta(days=1))
    statements = (
        f"UPDATE inbox_message SET read_at = created_at WHERE created_at < '{yesterday}'",
        "UPDATE inbox_message SET mailed_at = created_at",
        "UPDATE follow_up SET done_at = created_at",
        "INSERT INTO reminder_firing (clock_id, due_at, rung, fired_at, outcome, reason) "
        "SELECT id, due_at, rung, breach_at, 'sent', '' FROM clock, "
        "(SELECT 'near' AS rung UNION SELECT 'due' UNION SELECT 'late') "
        f"WHERE ended_at IS NULL AND breach_at < '{_stored(MOMENT)}'",
        "INSERT INTO suspicion (clue_id, other_id, score, reason, raised_at) "
        "SELECT id, id - 1, 0.8, '同一单位', opened_at FROM clue WHERE id % 20 = 0 AND id > 20",
    )
    for one in statements:
        connection.execute(one)


def _stored(moment: datetime) -> str:
    return f"{moment - timedelta(hours=8):%Y-%m-%d %H:%M:%S.000000}"


def _index(connection: sqlite3.Connection) -> None:
    """The words that clues are found by."""
    connection.execute("CREATE TEMP TABLE gram (gram TEXT, clue_id INTEGER)")
    rows = connection.execute("SELECT id, no, outside_no, title, subject_name, place FROM plan")
    told = ((gram, key) for key, *texts in rows.fetchall() for gram in grams(texts))
    connection.executemany("INSERT INTO gram VALUES (?, ?)", told)
    connection.execute("INSERT INTO search_gram SELECT * FROM gram ORDER BY gram, clue_id")
