"""A PostgreSQL filled with very many rows: without indexes and looks at keys while it is done."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from psycopg import Connection

INDEXES = """
SELECT format('DROP INDEX %%I', made.relname), pg_get_indexdef(made.oid)
FROM pg_index JOIN pg_class AS made ON made.oid = indexrelid
JOIN pg_class AS told ON told.oid = indrelid
WHERE told.relname = ANY(%s) AND NOT indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = made.oid)"""
UNIQUE = """
SELECT format('ALTER TABLE %%I DROP CONSTRAINT %%I', told.relname, conname),
format(
'ALTER TABLE %%I ADD CONSTRAINT %%I %%s', told.relname, conname, pg_get_constraintdef(made.oid))
FROM pg_constraint AS made JOIN pg_class AS told ON told.oid = conrelid
WHERE told.relname = ANY(%s)
AND (contype = 'u' OR contype = 'p' AND told.relname = 'search_gram')"""
SEQUENCES = """
SELECT format('SELECT setval(%%L, (SELECT max(%%I) FROM %%I))',
series.oid::regclass, attname, told.relname)
FROM pg_class AS series JOIN pg_depend AS made ON made.objid = series.oid AND deptype IN ('a', 'i')
JOIN pg_class AS told ON told.oid = refobjid
JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
WHERE series.relkind = 'S' AND told.relname = ANY(%s)"""


@contextmanager
def without_indexes(connection: Connection, tables: Sequence[str]) -> Iterator[None]:
    """Within the block the tables have no index but their key; at its end all are made again.

    The sequences go on behind the highest row then.
    """
    _run(connection, ("SET session_replication_role = replica", "SET synchronous_commit = off"))
    found = [
        row
        for query in (UNIQUE, INDEXES)
        for row in connection.execute(query, (list(tables),)).fetchall()
    ]
    _run(connection, (drop for drop, _ in found))
    connection.commit()
    yield
    _run(connection, ("SET maintenance_work_mem = '1GB'",))
    for _, make in found:
        _run(connection, (make,))
        connection.commit()
    _run(connection, (one for (one,) in connection.execute(SEQUENCES, (list(tables),)).fetchall()))
    connection.commit()


def _run(connection: Connection, statements: Iterable[str]) -> None:
    for one in statements:
        connection.execute(one.encode())
