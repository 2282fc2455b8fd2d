"""Statements put together once for each kind of database, and handed to its driver.

SQLAlchemy writes them. What it does for each statement besides – finding the compiled text, making
contexts and results – costs several times what the driver takes, and a step asks twenty.
"""

from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Executable, Float, Insert, Integer, String
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

Way = Callable[[Any], Any]
DOUBLE = 701
"""How PostgreSQL calls a column of fractions, which SQLAlchemy wants to know."""
ONE_PLAN = "SET LOCAL plan_cache_mode = force_generic_plan"
USUAL_PLANS = "SET LOCAL plan_cache_mode = auto"
"""PostgreSQL makes a plan of its own for each value as long as it thinks that cheaper; what it
thinks leaves out that to plan a list takes longer than to read it.
"""
Values = Mapping[str, Any]
Given = Values | Sequence[Values]
"""The values of a statement, or those of many rows."""
Order = tuple["Statement", Given]


@dataclass(frozen=True)
class Ready:
    """A statement as one kind of database takes it.

    `given`: its values by name, each with the way in which it is written; `fixed`: what is always
    the same; `places`: both in their order, where the text has no names: the name and the way of a
    value, or no name and what is always the same. `columns` of what comes back, `read`: by place,
    those that have to be put into shape. `by_lists`: the text that takes many rows as one list for
    each value, where there is one. `is_fixed`: it has no values, so that one plan does for all.
    `is_steady`: it has, and one plan does for all of them.
    """

    text: str
    given: tuple[tuple[str, Way | None], ...]
    fixed: Values
    places: tuple[tuple[str, Way | None] | tuple[None, Any], ...] | None
    columns: Any
    read: tuple[tuple[int, Way], ...]
    by_lists: str = ""
    is_fixed: bool = False
    is_steady: bool = False

    def values(self, told: Values) -> Any:
        """The values as the driver takes them; KeyError where one is not told."""
        if self.places is not None:
            return tuple(
                [
                    way if name is None else told[name] if way is None else way(told[name])
                    for name, way in self.places
                ]
            )
        found = dict(self.fixed)
        for name, way in self.given:
            value = told[name]
            found[name] = way(value) if way is not None else value
        return found

    def taken(self, told: Given) -> tuple[str, Any, bool]:
        """Its text with the values, and whether these are those of many rows."""
        if type(told) is dict or isinstance(told, Mapping):
            return self.text, self.values(told), False
        if len(told) == 1:
            return self.text, self.values(told[0]), False
        if self.by_lists:
            lists = {name: [row[name] for row in told] for name, _ in self.given}
            return self.by_lists, lists, False
        return self.text, [self.values(row) for row in told], True

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


class Told(BindParameter[Any]):
    """A value that each asking tells, also of a statement whose other values stand in its text."""

    inherit_cache = True


def told(name: str, kind: TypeEngine[Any]) -> Told:
    """The value of that name, of a kind."""
    return Told(name, type_=kind, required=True)


@compiles(Told)
def _left_open(element: Told, compiler: Any, **options: Any) -> Any:
    return compiler.visit_bindparam(element, **{**options, "literal_binds": False})


class Statement:
    """A statement, compiled when a kind of database first needs it.

    An INSERT names its columns here; those it leaves out have the defaults of their table. Lists of
    values (`in_`) are known when it is compiled, or written out as parameters each.

    `spelled`: all its values but those that are `told` stand in its text. PostgreSQL then plans it
    once for each connection and not each time it is asked; for what many ask in the same words.

    `steady`: it does so although values are told, for none of them asks for a plan of its own:
    moments that every asker tells alike, or ids that are looked up one by one.
    """

    def __init__(
        self, clause: Executable, *columns: str, spelled: bool = False, steady: bool = False
    ) -> None:
        self.clause = clause
        self._columns = columns
        self._steady = steady
        self._spelled = {"literal_binds": True} if spelled else {}
        self._ready: dict[str, Ready] = {}

    def ready(self, dialect: Dialect) -> Ready:
        """As this kind of database takes it."""
        known = self._ready.get(dialect.name)
        if known is None:
            known = self._ready[dialect.name] = _made_ready(
                self.clause, self._columns, dialect, self._spelled, self._steady
            )
        return known


@dataclass(slots=True)
class _Line:
    """A connection's driver, and whoever listens to the engine: looked up once for all orders."""

    connection: Connection
    driver: Any
    before: tuple[Callable[..., Any], ...]
    after: tuple[Callable[..., Any], ...]

    @classmethod
    def of(cls, connection: Connection) -> "_Line":
        """That of an open connection."""
        heard = connection.engine.dispatch
        before, after = heard.before_cursor_execute, heard.after_cursor_execute
        driver = connection.connection.driver_connection
        return cls(connection, driver, tuple(before), tuple(after))

    def carry_out(
        self, ready: Sequence[Ready], given: Sequence[tuple[str, Any, bool]]
    ) -> Iterator[DBAPICursor]:
        """The statements carried out; of those that are fixed or steady PostgreSQL keeps plans."""
        is_general = False
        for one, told in zip(ready, given, strict=True):
            # A statement without values has but one plan, however it is asked for.
            if is_general != one.is_steady and not one.is_fixed:
                is_general = one.is_steady
                self.driver.execute(ONE_PLAN if is_general else USUAL_PLANS)
            yield self.run(*told, is_kept=one.is_fixed or one.is_steady)
        if is_general:
            self.driver.execute(USUAL_PLANS)

    def run(self, text: str, values: Any, many: bool, is_kept: bool = False) -> DBAPICursor:
        """A text carried out, told to whoever listens; `many`: with the values of many rows.

        `is_kept`: PostgreSQL keeps its plan as long as the connection.
        """
        cursor: Any = self.driver.cursor()
        for before in self.before:
            text, values = before(self.connection, cursor, text, values, None, many)
        try:
            if is_kept:
                cursor.execute(text, values, prepare=True)
            else:
                (cursor.executemany if many else cursor.execute)(text, values)
        except self.connection.dialect.loaded_dbapi.Error as error:
            raise _as_told(self.connection, text, error) from error
        for after in self.after:
            after(self.connection, cursor, text, values, None, many)
        return cursor  # type: ignore[no-any-return]


def ask(connection: Connection, *orders: Order) -> list[Any]:
    """Carries out the orders one after another, in one go where the database can.

    The answer to each: its rows where it returns any, else how many it reached.
    """
    dialect, line = connection.dialect, _Line.of(connection)
    ready = [statement.ready(dialect) for statement, _ in orders]
    # All values first, then the driver alone: what each needs stays at hand in the processor.
    given = [one.taken(told) for one, (_, told) in zip(ready, orders, strict=True)]
    is_one = len(ready) < 2 and not (ready and ready[0].is_steady)
    if is_one or dialect.name != "postgresql":
        # Each answer is read at once: a statement that comes again is free, and not made anew.
        answers = zip(ready, line.carry_out(ready, given), strict=True)
        return [_answer(one, cursor) for one, cursor in answers]
    try:
        with line.driver.pipeline():
            cursors = list(line.carry_out(ready, given))
    except dialect.loaded_dbapi.Error as error:
        raise _as_told(connection, given[0][0], error) from error
    # Only now all answers are there.
    return [_answer(one, cursor) for one, cursor in zip(ready, cursors, strict=True)]


def numbers(connection: Connection, *orders: Order) -> list[int]:
    """What each of the orders counts: the only value that it finds."""
    return [int(rows[0][0]) for rows in ask(connection, *orders)]


def tell(connection: Connection, text: str) -> None:
    """Has the driver carry out a text that has no values and no answer."""
    _Line.of(connection).run(text, (), many=False)


def _answer(one: Ready, cursor: DBAPICursor) -> Any:
    return one.rows(cursor) if one.columns else cursor.rowcount


def _as_told(connection: Connection, text: str, error: Exception) -> Exception:
    """A failure of the driver as SQLAlchemy tells it; what rows say stands in no traceback."""
    base, dialect = connection.dialect.loaded_dbapi.Error, connection.dialect
    told: Exception = DBAPIError.instance(
        text, None, error, base, hide_parameters=True, dialect=dialect
    )
    return told


def _made_ready(
    clause: Executable,
    columns: tuple[str, ...],
    dialect: Dialect,
    spelled: Mapping[str, bool],
    steady: bool,
) -> Ready:
    fixed = _defaults(clause, columns)
    names = [*columns, *fixed]
    compiled: Any = clause.compile(  # type: ignore[attr-defined]
        dialect=dialect, column_keys=names or None, compile_kwargs=spelled
    )
    asked = {key: None for key, one in compiled.binds.items() if one.required}
    whole = compiled.construct_expanded_state({**asked, **fixed})
    given: list[tuple[str, Way | None]] = []
    always: dict[str, Any] = {}
    for name, value in whole.parameters.items():
        bind, way = compiled.binds.get(name), whole.processors.get(name)
        if bind is not None:
            way = bind.type.dialect_impl(dialect).bind_processor(dialect)
        if name not in fixed and bind is not None and (bind.required or name in columns):
            given.append((name, way))
        else:
            always[name] = way(value) if way is not None else value
    told = list(getattr(clause, "exported_columns", ()))
    called = [one.key or f"value_{place}" for place, one in enumerate(told)]
    read = [_reader(one.type, dialect) for one in told]
    ways: dict[str, tuple[str, Way | None]] = {one[0]: one for one in given}
    order = whole.positiontup if compiled.positional else None
    is_served, has_values = dialect.name == "postgresql", bool(whole.parameters)
    return Ready(
        text=whole.statement,
        given=tuple(given),
        fixed=always,
        places=None if order is None else tuple(ways.get(n) or (None, always[n]) for n in order),
        columns=namedtuple("Columns", called) if told else None,
        read=tuple((place, way) for place, way in enumerate(read) if way is not None),
        by_lists="" if told or always else _by_lists(clause, columns, dialect),
        is_fixed=is_served and bool(spelled) and not has_values,
        is_steady=is_served and steady and has_values,
    )


def _reader(kind: Any, dialect: Dialect) -> Way | None:
    """What puts a column into shape that comes back."""
    told = DOUBLE if isinstance(kind, Float) else None
    way: Way | None = kind.dialect_impl(dialect).result_processor(dialect, told)
    return way


def _by_lists(clause: Executable, columns: tuple[str, ...], dialect: Dialect) -> str:
    """An INSERT of numbers and short texts as PostgreSQL carries it out once for many rows."""
    if dialect.name != "postgresql" or not isinstance(clause, Insert) or not columns:
        return ""
    made: Any = clause
    kinds = {name: _plain_kind(made.table.c[name].type, dialect) for name in columns}
    if not all(kinds.values()) or made._post_values_clause is not None:
        return ""
    lists = (f"CAST(%({name})s AS {kind}[])" for name, kind in kinds.items())
    named = ", ".join(columns)
    return f"INSERT INTO {made.table.name} ({named}) SELECT * FROM unnest({', '.join(lists)})"


def _plain_kind(column: Any, dialect: Dialect) -> str:
    kind = getattr(column, "impl", column)
    if isinstance(kind, String):
        return "text"  # as which nothing is cut off
    return str(kind.compile(dialect)) if isinstance(kind, Integer) else ""


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
