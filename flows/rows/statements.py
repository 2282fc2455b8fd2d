"""Statements put together once for each kind of database, and handed to its driver.

SQLAlchemy writes them. What it does for each statement besides – finding the compiled text, making
contexts and results – costs several times what the driver takes, and a step asks twenty.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Executable, Insert
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

Way = Callable[[Any], Any]
Values = Mapping[str, Any]
Told = Values | Sequence[Values]
"""The values of a statement, or those of many rows."""
Order = tuple["Statement", Told]


@dataclass(frozen=True)
class Ready:
    """A statement as one kind of database takes it.

    `given`: its values by name, each with the way in which it is written; `fixed`: what is always
    the same; `order`: of the values, where the text has no names. `columns` of what comes back,
    `read`: by place, those that have to be put into shape.
    """

    text: str
    given: tuple[tuple[str, Way | None], ...]
    fixed: Values
    order: tuple[str, ...] | None
    columns: Any
    read: tuple[tuple[int, Way], ...]

    def values(self, told: Values) -> Any:
        """The values as the driver takes them; KeyError where one is not told."""
        found = dict(self.fixed)
        for name, way in self.given:
            value = told[name]
            found[name] = way(value) if way is not None else value
        return found if self.order is None else tuple([found[name] for name in self.order])

    def rows(self, cursor: DBAPICursor) -> list[Any]:
        """What came back, each row by the names of its columns."""
        found, make = cursor.fetchall(), self.columns._make
        if not self.read:
            return [make(one) for one in found]
        shaped: list[Any] = []
        for one in found:
            row = list(one)
            for place, way in self.read:
                row[place] = way(row[place])
            shaped.append(make(row))
        return shaped


class Statement:
    """A statement, compiled when a kind of database first needs it.

    An INSERT names its columns here; those it leaves out have the defaults of their table. Lists of
    values (`in_`) are written out: as literals, or as parameters each.
    """

    def __init__(self, clause: Executable, *columns: str) -> None:
        self.clause = clause
        self._columns = columns
        self._ready: dict[str, Ready] = {}

    def ready(self, dialect: Dialect) -> Ready:
        """As this kind of database takes it."""
        known = self._ready.get(dialect.name)
        if known is None:
            known = self._ready[dialect.name] = _made_ready(self.clause, self._columns, dialect)
        return known


def ask(connection: Connection, *orders: Order) -> list[Any]:
    """Carries out the orders one after another, in one go where the database can.

    The answer to each: its rows where it returns any, else how many it reached.
    """
    ready = [(statement.ready(connection.dialect), told) for statement, told in orders]
    if len(ready) < 2 or connection.dialect.name != "postgresql":
        return [_answer(one, _carried_out(connection, one, told)) for one, told in ready]
    driver: Any = connection.connection.driver_connection
    try:
        with driver.pipeline():
            cursors = [_carried_out(connection, one, told) for one, told in ready]
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_told(connection, ready[0][0].text, error) from error
    # Only now all answers are there.
    return [_answer(one, cursor) for (one, _), cursor in zip(ready, cursors, strict=True)]


def _answer(one: Ready, cursor: DBAPICursor) -> Any:
    return one.rows(cursor) if one.columns else cursor.rowcount


def _carried_out(connection: Connection, one: Ready, told: Told) -> DBAPICursor:
    if isinstance(told, Mapping):
        return _run(connection, one.text, one.values(told))
    if len(told) == 1:
        return _run(connection, one.text, one.values(told[0]))
    return _run(connection, one.text, [one.values(row) for row in told], many=True)


def _run(connection: Connection, text: str, values: Any, *, many: bool = False) -> DBAPICursor:
    """The statement carried out, told to whoever listens to the engine."""
    cursor: Any = connection.connection.cursor()
    heard = connection.engine.dispatch
    for before in heard.before_cursor_execute:
        text, values = before(connection, cursor, text, values, None, many)
    try:
        (cursor.executemany if many else cursor.execute)(text, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_told(connection, text, error) from error
    for after in heard.after_cursor_execute:
        after(connection, cursor, text, values, None, many)
    return cursor  # type: ignore[no-any-return]


def _as_told(connection: Connection, text: str, error: Exception) -> Exception:
    """A failure of the driver as SQLAlchemy tells it; what rows say stands in no traceback."""
    base, dialect = connection.dialect.loaded_dbapi.Error, connection.dialect
    told: Exception = DBAPIError.instance(
        text, None, error, base, hide_parameters=True, dialect=dialect
    )
    return told


def _made_ready(clause: Executable, columns: tuple[str, ...], dialect: Dialect) -> Ready:
    fixed = _defaults(clause, columns)
    names = [*columns, *fixed]
    compiled: Any = clause.compile(  # type: ignore[attr-defined]
        dialect=dialect, column_keys=names or None
    )
    known = compiled.construct_params(fixed, _check=False)
    given: list[tuple[str, Way | None]] = []
    always: dict[str, Any] = {}
    for name, value in known.items():
        bind = compiled.binds.get(name)
        way = bind.type.dialect_impl(dialect).bind_processor(dialect) if bind is not None else None
        if name not in fixed and bind is not None and (bind.required or name in columns):
            given.append((name, way))
        else:
            always[name] = way(value) if way is not None else value
    told = list(getattr(clause, "exported_columns", ()))
    read = [one.type.dialect_impl(dialect).result_processor(dialect, None) for one in told]
    order = tuple(compiled.positiontup) if compiled.positional else None
    return Ready(
        text=compiled.string,
        given=tuple(given),
        fixed=always,
        order=order,
        columns=namedtuple("Columns", [one.key for one in told]) if told else None,
        read=tuple((place, way) for place, way in enumerate(read) if way is not None),
    )


def _defaults(clause: Executable, columns: tuple[str, ...]) -> dict[str, Any]:
    """What an INSERT writes into the columns it is not told, where their table says it."""
    if not isinstance(clause, Insert) or not columns:
        return {}
    left: Any = [one for one in clause.table.c if one.name not in columns]
    return {
        one.name: one.default.arg
        for one in left
        if one.default is not None and one.default.is_scalar
    }
