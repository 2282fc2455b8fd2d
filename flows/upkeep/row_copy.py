"""All rows of a database copied into another, be either SQLite or PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Engine,
    Integer,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    select,
    update,
)

from flows.site.schema import all_tables, newest_revision, other_version, revision_of
from flows.site.store import WRITES

BATCH = 1000


class NotCopied(Exception):
    """The databases do not fit together; says why."""


def copy_rows(source: Engine, target: Engine) -> dict[str, int]:
    """Copies every row of one moment; so many rows by table.

    Both have this program's newest tables, those of the target are empty; NotCopied otherwise, and
    where the target has not as many rows afterwards: then nothing was copied.
    """
    for engine in (source, target):
        if (found := revision_of(engine)) != newest_revision():
            raise NotCopied(other_version(found) if found else "数据库里还没有表")
    # SQLite reads of one moment anyway.
    options = {"isolation_level": "REPEATABLE READ"} if source.dialect.name != "sqlite" else {}
    with (
        source.connect().execution_options(**options) as reads,
        target.connect().execution_options(**{WRITES: True}) as writes,
        writes.begin(),
    ):
        for table in all_tables():
            if _count(writes, table):
                raise NotCopied(f"目标数据库的 {table.name} 表里已经有数据，没有复制")
        copied = {table.name: _copy(reads, writes, table) for table in all_tables()}
        for table in all_tables():
            _point_back(reads, writes, table)
            _go_on_counting(writes, table)
        for table in all_tables():
            if _count(writes, table) != copied[table.name]:
                raise NotCopied(f"{table.name} 表的行数不符，没有复制")
    return copied


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _copy(reads: Connection, writes: Connection, table: Table) -> int:
    """The rows of a table but for what points to rows that may come later; so many."""
    later = {column.name for column in _pointing_back(table)}
    columns = [column for column in table.columns if column.name not in later]
    query = select(*[_as_it_lies(column) for column in columns]).order_by(*table.primary_key)
    order = insert(table).values({one.name: _parameter(writes, one) for one in columns})
    copied = 0
    for rows in _batches(reads, query):
        writes.execute(order, [dict(row) for row in rows])
        copied += len(rows)
    return copied


def _batches(reads: Connection, query: Any) -> Iterator[Sequence[Any]]:
    found = reads.execution_options(stream_results=True, yield_per=BATCH).execute(query)
    yield from found.mappings().partitions(BATCH)


def _as_it_lies(column: Column[Any]) -> Any:
    """JSON as its text: nothing of it is read and written anew, and null stays what it is."""
    return cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column


def _parameter(writes: Connection, column: Column[Any]) -> Any:
    if not isinstance(column.type, JSON):
        return bindparam(column.name, type_=column.type)
    text = bindparam(column.name, type_=Text())
    return cast(text, JSON) if writes.dialect.name == "postgresql" else text


def _pointing_back(table: Table) -> list[Column[Any]]:
    """The columns that may point to a row of the same table, or of one copied later."""
    known = all_tables()
    earlier = {one.name for one in known[: known.index(table)]}
    return [
        column
        for column in table.columns
        if column.nullable
        and any(key.column.table.name not in earlier for key in column.foreign_keys)
    ]


def _point_back(reads: Connection, writes: Connection, table: Table) -> None:
    """Fills in what the copy left out."""
    for column in _pointing_back(table):
        keys = list(table.primary_key)
        query = select(*keys, column.label("points_to")).where(column.is_not(None))
        order = update(table).values({column.name: bindparam("points_to")})
        for key in keys:
            order = order.where(key == bindparam(f"its_{key.name}"))
        for rows in _batches(reads, query):
            writes.execute(order, list(_told(rows, keys)))


def _told(rows: Iterable[Any], keys: Sequence[Column[Any]]) -> Iterator[dict[str, object]]:
    for row in rows:
        told = {f"its_{key.name}": row[key.name] for key in keys}
        yield {**told, "points_to": row["points_to"]}


def _go_on_counting(writes: Connection, table: Table) -> None:
    """PostgreSQL gives the next row the number after the highest that was copied."""
    [key, *more] = table.primary_key
    if writes.dialect.name != "postgresql" or more or not isinstance(key.type, Integer):
        return
    series = writes.execute(
        select(func.pg_get_serial_sequence(f'"{table.name}"', key.name))
    ).scalar_one_or_none()
    highest = writes.execute(select(func.max(key))).scalar_one_or_none()
    if series and highest:
        writes.execute(select(func.setval(series, highest)))
