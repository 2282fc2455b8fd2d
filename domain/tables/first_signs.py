"""The first signs of a hash: by so few of them PostgreSQL's index finds it, among ten millions.

Of all sixty-four signs the index would be four times as large, and it is the one in which no two
rows that come after another lie beside each other.
"""

from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, func, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

SIGNS = 7
"""With its length a key of eight bytes; of ten million hashes four in a hundred share theirs."""


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
