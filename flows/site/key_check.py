"""The check that keys belong to the database: new ones are made only where there is no record."""

from pathlib import Path

from sqlalchemy import Connection, Engine, Row, UnaryExpression, inspect, select
from sqlmodel import col

from domain.tables.record import Event
from flows.site.event_chain import BOUND, link
from flows.site.keys import Keys, WrongKeys, load_keys, wrong_keys_text

COLUMNS = [getattr(Event, name) for name in (*BOUND, "at", "previous", "hash")]


def keys_of(engine: Engine, path: Path) -> Keys:
    """The keys the record was written with; absent or others' are refused by the file's name.

    One event tells. Where the first does not fit and the last does, the keys are right and the
    first was altered: whoever verifies the record finds it.
    """
    with engine.connect() as connection:
        # The record first: who begins one has made its key file before.
        first = _event(connection, col(Event.seq).asc())
        keys = load_keys(path, in_use=first is not None)
        if first is not None and not _fits(first, keys):
            last = _event(connection, col(Event.seq).desc())
            if last is None or not _fits(last, keys):
                raise WrongKeys(wrong_keys_text(path))
    return keys


def _event(connection: Connection, order: UnaryExpression[int]) -> Row[tuple[object, ...]] | None:
    if not inspect(connection).has_table(Event.__tablename__):
        return None
    return connection.execute(select(*COLUMNS).order_by(order).limit(1)).one_or_none()


def _fits(event: Row[tuple[object, ...]], keys: Keys) -> bool:
    return bool(event.hash == link(event, keys.chain))  # type: ignore[arg-type]
