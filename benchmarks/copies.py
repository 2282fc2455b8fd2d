"""True clues copied by the database itself: the statements, in the words of SQLite and PostgreSQL.

Every copy has the rows that steps write, under its own number, name, department and time; the
temporary table `plan` says which.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import Column, Table
from sqlmodel import SQLModel

from domain.tables.columns import UTCDateTime

WIDTH = 64
"""More rows than any specimen has in one table: ids of copies never meet."""
CHILDREN = ("process", "clock", "event", "document", "inbox_message", "follow_up")
COPIED = ("dossier", "clue", *CHILDREN)
FILLED = (*COPIED, "reminder_firing", "suspicion", "search_gram")
HASH_BEGINS = (
    "CAST(1000000 + (CAST(plan.id AS BIGINT) * 6700417 + source.id * 31) % 9000000 AS TEXT)"
)
"""Seven signs that differ from paper to paper, as those of true hashes do."""
MOVED = ("department_id", "counterpart_id", "owner_id", "organ")
PLAN = """CREATE TEMP TABLE plan (
    id INTEGER PRIMARY KEY, source INTEGER, open INTEGER, no TEXT, outside_no TEXT, title TEXT,
    subject_name TEXT, subject_key TEXT, place TEXT, minutes TEXT, department TEXT, handler TEXT)"""
COLUMNS = 12


HEAD = "UPDATE chain_head SET seq = (SELECT max(seq) FROM event)"
"""What is registered after the copies goes on behind them."""


@dataclass(frozen=True)
class Words:
    """How a database says it: a column's moment moved by the plan, facts with another handler."""

    moved: Callable[[str], str]
    handled: Callable[[str], str]


SQLITE = Words(
    moved=lambda name: f"strftime('%Y-%m-%d %H:%M:%f', source.{name}, plan.minutes) || '000'",
    handled=lambda name: f"json_replace(source.{name}, '$.handler_user', plan.handler)",
)
POSTGRESQL = Words(
    moved=lambda name: f"source.{name} + CAST(plan.minutes AS INTERVAL)",
    handled=lambda name: (
        f'CAST(replace(CAST(source.{name} AS TEXT), \'"handler_user":"handler"\', '
        "'\"handler_user\":\"' || plan.handler || '\"') AS JSON)"
    ),
)


@dataclass(frozen=True)
class Copying:
    """The statements that copy, where specimens lie at a home department.

    `yesterday`: as the database keeps it; older messages are read.
    """

    words: Words
    home: str
    yesterday: str

    def statements(self, span: tuple[int, int], portion: int, late: str) -> Iterator[str]:
        """All of them, for the ids that the plan spans, so many clues at a time.

        `late`: the moment at which what is due before is late.
        """
        tables = SQLModel.metadata.tables
        for name in COPIED:
            yield _specimens(tables[name])
        for name in CHILDREN:
            yield from _ranks(tables[name])
        for first in range(span[0], span[1] + 1, portion):
            for name in COPIED:
                yield self._rows(tables[name], first, first + portion - 1)
        yield from _rest(span[0], late)
        yield HEAD

    def _rows(self, table: Table, first: int, last: int) -> str:
        """The copies' rows of a table, for those of the plan with such ids."""
        columns = list(table.columns)
        names = ", ".join(f'"{one.name}"' for one in columns)
        values = ", ".join(self._value(table.name, one) for one in columns)
        key = _owner(table)
        return (
            f'INSERT INTO "{table.name}" ({names}) SELECT {values} '
            f"FROM plan JOIN of_{table.name} AS source ON source.{key} = plan.source "
            f"WHERE plan.id BETWEEN {first} AND {last} ORDER BY plan.id"
        )

    def _value(self, table: str, column: "Column[object]") -> str:
        """What a copy bears in a column."""
        name = column.name
        own = self._own(table).get(name)
        if own is not None:
            return own
        if isinstance(column.type, UTCDateTime):
            return self.words.moved(name)
        if name in MOVED:
            return f"replace(source.{name}, '{self.home}', plan.department)"
        if name == "facts" and table in {"clue", "process"}:
            return self.words.handled(name)
        return f'source."{name}"'

    def _own(self, table: str) -> dict[str, str]:
        if table == "dossier":
            return {"id": "plan.id", "no": "plan.no"}
        if table == "clue":
            told = ("no", "outside_no", "title", "subject_name", "subject_key", "place")
            mine = {one: f"plan.{one}" for one in told}
            handler = "CASE WHEN source.handler_id = '' THEN '' ELSE plan.handler END"
            return {"id": "plan.id", "merged_into_id": "NULL", "handler_id": handler} | mine
        key = _mapped(table, "source.seq" if table == "event" else "source.id")
        found = {"id": key, "seq": key, "clue_id": "plan.id", "clue_no": "plan.no"}
        process = _mapped("process", "source.process_id")
        found["process_id"] = (
            "CASE WHEN source.process_kind = 'clue' AND source.process_id <> 0 THEN plan.id "
            f"WHEN source.process_id = 0 THEN 0 ELSE {process} END"
        )
        found |= {"replaces_id": "NULL", "key": "plan.id || source.key"}
        return found | self._of_table(table)

    def _of_table(self, table: str) -> dict[str, str]:
        """Messages are read but for the newest, work is done, papers bear numbers of their own."""
        created = self.words.moved("created_at")
        if table == "process":
            return {"parent_id": _mapped("process", "source.parent_id")}
        if table == "inbox_message":
            read = f"CASE WHEN {created} < '{self.yesterday}' THEN {created} END"
            return {"read_at": read, "mailed_at": created}
        if table == "follow_up":
            return {"done_at": created}
        if table == "document":
            serial = f"(source.serial + plan.id * {WIDTH})"
            old, new = (f"'〕' || {one} || '号'" for one in ("source.serial", serial))
            return {
                "serial": serial,
                "number": f"replace(source.number, {old}, {new})",
                "sha256": f"{HASH_BEGINS} || substr(source.sha256, 8, 45) || substr("
                "CAST(1000000000000 + plan.id AS TEXT), 2)",
            }
        return {}


def _specimens(table: Table) -> str:
    """The specimens' own rows apart, so that each portion of copies reads none but them."""
    return (
        f'CREATE TEMP TABLE of_{table.name} AS SELECT * FROM "{table.name}" '
        f"WHERE {_owner(table)} IN (SELECT source FROM plan)"
    )


def _owner(table: Table) -> str:
    """The column that says whose the row is."""
    return "id" if table.name in {"dossier", "clue"} else "clue_id"


def _ranks(table: Table) -> tuple[str, str]:
    """The place of each row of a specimen among its own."""
    key = "seq" if table.name == "event" else "id"
    return (
        f"CREATE TEMP TABLE rank_{table.name} AS SELECT {key} AS id, row_number() "
        f"OVER (PARTITION BY clue_id ORDER BY {key}) AS place FROM of_{table.name}",
        f"CREATE UNIQUE INDEX ux_rank_{table.name} ON rank_{table.name} (id)",
    )


def _rest(first: int, late: str) -> tuple[str, str]:
    """Reminders of what is late at a moment, and suspicions of every twentieth clue."""
    return (
        "INSERT INTO reminder_firing (clock_id, due_at, rung, fired_at, outcome, reason) "
        "SELECT id, due_at, rungs.rung, breach_at, 'sent', '' FROM clock, (SELECT 'near' AS "
        "rung UNION SELECT 'due' UNION SELECT 'late') AS rungs "
        f"WHERE ended_at IS NULL AND breach_at < '{late}'",
        "INSERT INTO suspicion (clue_id, other_id, score, reason, kind, raised_at) "
        "SELECT id, id - 1, 0.8, '同一单位', 'duplicate', opened_at FROM clue "
        f"WHERE id % 20 = 0 AND id > {first}",
    )


def _mapped(table: str, source: str) -> str:
    rank = f"SELECT place FROM rank_{table} AS ranked WHERE ranked.id = {source}"
    return f"plan.id * {WIDTH} + ({rank})"
