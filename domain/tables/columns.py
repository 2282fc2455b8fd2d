"""Columns and indexes that mean the same on SQLite and PostgreSQL, JSON and hashes."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from pydantic_core import from_json
from sqlalchemy import (
    DDL,
    ColumnElement,
    DateTime,
    Index,
    SQLColumnExpression,
    Table,
    event,
    func,
    literal_column,
    text,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

Way = Callable[[Any], Any]


def partial_index(
    name: str, *columns: str | ColumnElement[Any], where: str, unique: bool = False
) -> Index:
    """An index of the rows alone for which a condition holds."""
    said = text(where)
    return Index(name, *columns, unique=unique, sqlite_where=said, postgresql_where=said)


def expected_together(table: Table, *columns: str) -> None:
    """PostgreSQL counts these columns together, and knows which of their values go with which.

    Taken one by one, it expects a twentieth of the clues that a desk has registered.
    """
    made = f"CREATE STATISTICS st_{table.name}_together ON {', '.join(columns)} FROM {table.name}"
    ddl = DDL(made).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]
    event.listen(table, "after_create", ddl)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored as UTC; a naive one is an error (ValueError).

    SQLite keeps no offset: what it returns without one is UTC.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Way | None:
        """As SQLAlchemy writes a moment for SQLite, in one go."""
        return _as_text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, without its offset where the database keeps none."""
        if value is None:
            return None
        moment = _in_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def result_processor(self, dialect: Dialect, coltype: object) -> Way | None:
        """SQLite's text is read in one go: a page reads thousands of moments."""
        return (
            _from_text if dialect.name == "sqlite" else super().result_processor(dialect, coltype)
        )

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The stored moment, aware."""
        if value is None or not isinstance(value, datetime):
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _in_utc(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError(f"naive datetime for a {UTCDateTime.__name__} column: {value}")
    return value.astimezone(UTC)


def _as_text(value: datetime | None) -> str | None:
    """A moment as SQLite keeps it, in UTC without saying so."""
    if value is None:
        return None
    return _in_utc(value).replace(tzinfo=None).isoformat(" ", "microseconds")


def _from_text(told: str | None) -> datetime | None:
    return None if told is None else datetime.fromisoformat(f"{told}+00:00")


# A circle is no JSON; it ends in an error all the same, without every list being noted.
_plain_text = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, separators=(",", ":")
).encode


def json_text(value: object) -> str:
    """Plain data as a row keeps them: Chinese as it is written, and no blanks between members.

    A TypeError for what is none (a date, a Decimal). Half a character, which no database takes as
    text, is written as an escape.
    """
    text = _plain_text(value)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def json_value(text: str | bytes) -> object:
    """The data of such a text, whichever version wrote it; much faster than the standard reader.

    That one reads what is rare: half a character, lists within lists within lists.
    """
    try:
        return from_json(text)
    except ValueError:
        return json.loads(text)


def kept_members(name: str, value: str) -> list[str]:
    """How a member may stand in a row: tight, as it is written now; with a blank; and escaped.

    The last two are of earlier versions, whose rows are never written again.
    """
    plain, escaped = (json_text(name), json_text(value)), (json.dumps(name), json.dumps(value))
    return list(dict.fromkeys((":".join(plain), ": ".join(plain), ": ".join(escaped))))


def kept_beginnings(name: str, value: str = "") -> list[str]:
    """How a member may stand there whose value begins so."""
    return [one[:-1] for one in kept_members(name, value)]


SIGNS = 7
"""By so many PostgreSQL's index finds a hash: with its length a key of eight bytes, and of ten
million hashes four in a hundred share theirs. Of all sixty-four the index is four times as large.
"""


class FirstSigns(FunctionElement[str]):
    """What an index holds of a column of hashes: on PostgreSQL its first signs, on SQLite all.

    What SQLite's indexes of expressions say cannot be read back, so none could be compared.
    """

    inherit_cache = True


@compiles(FirstSigns, "postgresql")
def _first(element: FirstSigns, compiler: SQLCompiler, **options: Any) -> str:
    [column] = element.clauses
    return f"substr({compiler.process(column, **options)}, 1, {SIGNS})"


@compiles(FirstSigns, "sqlite")
def _all(element: FirstSigns, compiler: SQLCompiler, **options: Any) -> str:
    [column] = element.clauses
    return compiler.process(column, **options)


def first_signs(hashes: SQLColumnExpression[str]) -> ColumnElement[str]:
    """The first signs of a hash, as a question has to say them beside the hash itself."""
    # Word for word as the index says it, or it is not used.
    return func.substr(hashes, literal_column("1"), literal_column(str(SIGNS)))
