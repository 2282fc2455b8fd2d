"""Rows whose ids are known: however many, they go to the database as one value."""

from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import Boolean, ColumnElement, SQLColumnExpression, String, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType

from flows.rows.statements import told

Key = SQLColumnExpression[Any]
"""The column that holds the id."""


class Among(FunctionElement[bool]):
    """That an id is among some that are known, written as one text."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        """As it stands: `= 1` behind it, as SQLite's truth is written, would hide the index."""
        return self


def among(key: Key, ids: Iterable[int]) -> ColumnElement[bool]:
    """The condition that a row is one of these."""
    return Among(key, literal(as_text(ids), String()))


def among_told(key: Key, name: str) -> ColumnElement[bool]:
    """The same in a statement made once: its value of this name is what `as_text` makes of them."""
    return Among(key, told(name, String()))


def as_text(ids: Iterable[int]) -> str:
    """Ids as one value."""
    return ",".join(map(str, ids))


@compiles(Among, "sqlite")
def _in_json(element: Among, compiler: SQLCompiler, **options: object) -> str:
    key, ids = (compiler.process(one, **options) for one in element.clauses)
    return f"{key} IN (SELECT value FROM json_each('[' || {ids} || ']'))"


@compiles(Among, "postgresql")
def _in_array(element: Among, compiler: SQLCompiler, **options: object) -> str:
    key, ids = (compiler.process(one, **options) for one in element.clauses)
    return f"{key} = ANY (CAST(string_to_array({ids}, ',') AS integer[]))"
