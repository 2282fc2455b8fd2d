"""What every row is: a SQLModel whose values go straight to SQLAlchemy.

A table's model validates nothing, yet passes each value through Pydantic and back; a step that
writes a hundred values felt it.
"""

from collections.abc import Callable
from copy import copy
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlmodel import SQLModel

Defaults = dict[str, Any]


class Row(SQLModel):
    """A row as it was made or read; a field that is told nothing has its default."""

    def __init__(self, **told: Any) -> None:
        """The row with what it is told; what it has no field for is passed over."""
        names, given, made = _defaults(type(self))
        # A row that is in no session yet has no history to be told of.
        held = self.__dict__
        held.update(given)
        for name, make in made.items():
            if name not in told:
                held[name] = make()
        held.update(told if names.issuperset(told) else {n: told[n] for n in names & set(told)})

    # Past Pydantic, which would keep the value a second time.
    __setattr__ = object.__setattr__  # type: ignore[assignment]

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Nothing: SQLAlchemy asks each new row for what it cannot have yet.

            Pydantic would look for private fields, of which no row has any.
            """
            raise AttributeError(name)


@cache
def _defaults(kind: type[Row]) -> tuple[frozenset[str], Defaults, dict[str, Callable[[], Any]]]:
    """The names of the fields, the defaults that never change, and what makes the others anew."""
    fields = kind.model_fields
    plain: Defaults = {}
    made: dict[str, Callable[[], Any]] = {}
    for name, field in fields.items():
        if field.is_required():
            continue
        if field.default_factory is not None or isinstance(field.default, dict | list):
            made[name] = _maker(field.default, field.default_factory)
        else:
            plain[name] = field.default
    return frozenset(fields), plain, made


def _maker(default: object, factory: Any) -> Callable[[], Any]:
    return factory if factory is not None else lambda: copy(default)
