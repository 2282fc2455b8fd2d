"""The least a step could cost: its own rows, written by a bare transaction and nothing else."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, event

from flows.site.store import WRITES

Write = tuple[str, Any]


class Shadow:
    """Notes what an engine writes, and writes the same into a second, equal database.

    The statements go to the driver as they are: no mapper, no compiler, no reading, no deciding.
    """

    def __init__(self, engine: Engine, bare: Engine) -> None:
        self._bare = bare
        self._noted: list[Write] = []
        event.listen(engine, "before_cursor_execute", self._note)

    def take(self) -> list[Write]:
        """What was written since the last time."""
        noted, self._noted = self._noted, []
        return noted

    def write(self, writes: Sequence[Write]) -> None:
        """One transaction of the same statements."""
        connecting = self._bare.connect().execution_options(**{WRITES: True})
        with connecting as connection, connection.begin():
            for statement, parameters in writes:
                connection.exec_driver_sql(statement, parameters)

    def follow(self) -> None:
        """Catches up with what was written since the last time."""
        self.write(self.take())

    def _note(self, *told: Any) -> None:
        _, _, statement, parameters, _, _ = told  # as SQLAlchemy's before_cursor_execute tells
        if statement.lstrip()[:6] in {"INSERT", "UPDATE", "DELETE"}:
            self._noted.append((statement, parameters))
