"""An office with very many open clocks, made by the database itself out of one true clue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, TextClause, text, update
from sqlmodel import SQLModel

from domain.situation.situation import CHINA
from domain.tables.process import Clock
from flows.site.office import Office
from flows.site.store import WRITES
from tests.helpers.story import Story

RULE = "cx18"
MORNING = datetime(2026, 6, 3, 9, 0, tzinfo=CHINA)
"""A working Wednesday on which the first of the clocks are due to remind."""
DAYS_AHEAD = 40
"""Over how many days the reminders of all other clocks are spread."""
NUMBERS = (
    "WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < :last) "
)


@dataclass(frozen=True)
class Crowd:
    """How many clocks are open, and how many of them are due at each of some minutes."""

    open: int
    due: int
    minutes: int

    def fill(self, office: Office) -> None:
        """One clue through the door, and so many copies of it that all clocks are open."""
        story = Story(office)
        story.walk("register", "dispatch", "accept", "verify")
        with office.engine.connect().execution_options(**{WRITES: True}) as connection:
            with connection.begin():
                self._multiply(connection)
                self._arm(connection)
            if connection.dialect.name == "postgresql":
                with connection.begin():
                    connection.execute(text("ANALYZE"))

    def _multiply(self, connection: Connection) -> None:
        tables = SQLModel.metadata.tables
        connection.execute(text("DELETE FROM clock WHERE rule <> :rule"), {"rule": RULE})
        connection.execute(text("UPDATE clock SET id = 1"))
        last = {"last": self.open}
        for name in ("dossier", "clue"):
            connection.execute(_copies(tables[name], {"id": "n", "no": "'C' || n"}), last)
        connection.execute(
            _copies(tables["clock"], {"id": "n", "clue_id": "n", "process_id": "n"}), last
        )

    def _arm(self, connection: Connection) -> None:
        """Some clocks remind now, minute by minute; the others on mornings to come."""
        each = -(-self.open // DAYS_AHEAD)
        for day in range(DAYS_AHEAD):
            later = MORNING + timedelta(days=day + 1)
            _set(connection, (day * each + 1, (day + 1) * each), later)
        for minute in range(self.minutes):
            span = (minute * self.due + 1, (minute + 1) * self.due)
            _set(connection, span, MORNING + timedelta(minutes=minute))


def _set(connection: Connection, span: tuple[int, int], moment: datetime) -> None:
    due = moment + timedelta(days=2, hours=14)
    connection.execute(
        update(Clock)
        .where(Clock.__table__.c.id.between(*span))  # type: ignore[attr-defined]
        .values(next_rung_at=moment, next_rung=0, due_at=due, breach_at=due)
    )


def _copies(table: Table, own: dict[str, str]) -> TextClause:
    names = [f'"{column.name}"' for column in table.columns]
    values = [own.get(column.name, f'"{table.name}"."{column.name}"') for column in table.columns]
    body = f'INSERT INTO "{table.name}" ({", ".join(names)}) '
    rest = f'SELECT {", ".join(values)} FROM "{table.name}", numbers WHERE "{table.name}".id = 1'
    return text(f"{body}{NUMBERS}{rest}")
