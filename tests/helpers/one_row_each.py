"""A row in every table that has none, so that what is copied is tried for tables of later days."""

from datetime import UTC, date, datetime

from sqlalchemy import JSON, Column, Connection, Date, LargeBinary, Numeric, String, insert, select
from sqlalchemy.types import Boolean, Integer, TypeEngine
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from domain.tables.columns import UTCDateTime
from flows.site.office import Office

WORDS = "翀𬭎 ' % \\ \N{HAIR SPACE}"
"""Names beyond the basic plane, and what a statement put together from strings would stumble on."""
VALUES: dict[type[TypeEngine[object]], object] = {
    AutoString: WORDS,
    String: WORDS,
    Boolean: True,
    Integer: 7,
    Numeric: 0.1,
    LargeBinary: b"\x00\xff'\x80",
    JSON: {"词": [WORDS, None, 1.5, {"真": True}]},
    Date: date(2026, 2, 28),
    UTCDateTime: datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC),
}


def fill_empty_tables(office: Office) -> set[str]:
    """A row wherever there was none, every column told; the names of these tables."""
    filled = set()
    with office.engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                told = {one.name: _value(connection, one) for one in table.columns}
                connection.execute(insert(table).values(told))
                filled.add(table.name)
    return filled


def _value(connection: Connection, column: Column[object]) -> object:
    for key in column.foreign_keys:
        return connection.execute(
            select(key.column).limit(1)
        ).scalar()  # none: it points to its own
    return next(value for kind, value in VALUES.items() if isinstance(column.type, kind))
