"""The demonstration office: made on the first start where no data are, and marked as one."""

from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from sqlite3 import Connection

from sqlalchemy import delete, event, inspect, table, text
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, select

from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.record import Event
from domain.tables.session import Password
from flows.people.passwords import hash_password
from flows.rehearsal.people import read_users
from flows.site.event_chain import NOTES
from flows.site.moment import Mark, read_mark, write_mark
from flows.site.office import Office
from flows.site.store import reading, transaction

DEMO_PASSWORD = "yisong-demo-2026"
"""Public on purpose: it opens fictitious data only, and is shown beside the sign-in form."""
REVISIONS = "alembic_version"
PAGES_AHEAD = 10_000
"""So many pages SQLite's log may have before they are carried over, which waits for the disk."""
FOREIGN = (
    "演示没有建完，其间又存入了别的数据，所以没有重新建立，也没有改动任何数据。"
    "请用 --home 另外指定一个数据目录"
)
SHOWN_PEOPLE = (
    "hotline-1",
    "market-handler-1",
    "market-head",
    "market-principal",
    "market-legal",
    "justice-supervisor",
    "justice-arbiter",
    "government-arbiter",
    "police-liaison",
    "procuratorate-liaison",
    "administrator",
    "auditor",
)


class NotEmpty(Exception):
    """Data are here that are not a demonstration's: it is not made, and nothing is touched."""


def is_demonstration(office: Office) -> bool:
    """Whether this office was made for trying out."""
    return read_mark(office) is not None


def has_users(office: Office) -> bool:
    """Whether anybody can sign in here."""
    with reading(office.engine) as session:
        return session.exec(select(User.id).limit(1)).first() is not None


def is_empty(office: Office) -> bool:
    """Whether nothing is here yet: nobody's name, no clue, and nothing that ever happened."""
    with reading(office.engine) as session:
        has_clues = session.exec(select(Clue.id).limit(1)).first() is not None
        has_past = session.exec(select(Event.seq).limit(1)).first() is not None
    return not (has_users(office) or has_clues or has_past)


def make_demonstration(office: Office, now: datetime, *, ready: bool = True) -> None:
    """An office for trying out: its people, all with the one public password.

    One that holds anything never becomes a demonstration. Until it is `ready` nobody may sign in:
    its story is still being told.
    """
    if not is_empty(office):
        raise NotEmpty("这里已有数据，不能建立演示")
    people = _people()
    write_mark(office, Mark(ready=ready))
    one_hash = hash_password(DEMO_PASSWORD, "")
    with transaction(office.engine) as session:
        session.add_all(people)
        session.flush()
        _give_passwords(session, people, one_hash, now)


@contextmanager
def written_at_the_end(office: Office) -> Iterator[None]:
    """Within the block no commit waits for SQLite's disk; when it ends, the disk has all of them.

    For a story that is told: one that is broken off is never used. Were the machine switched off
    meanwhile, the database would be whole and lack its last commits.
    """
    engine = office.engine
    if engine.dialect.name != "sqlite":
        yield
        return
    event.listen(engine, "connect", _without_waiting)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", _without_waiting)
        engine.dispose()
        with closing(engine.raw_connection()) as connection:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _without_waiting(connection: Connection, entry: ConnectionPoolEntry) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint={PAGES_AHEAD}")


def make_anew(office: Office, now: datetime, numbers: Collection[str]) -> None:
    """A demonstration whose story was broken off, as on its first day: its tables are emptied.

    Only where they hold nothing but its own people and orders of those `numbers`.
    """
    if not _is_all_its_own(office, numbers):
        raise NotEmpty(FOREIGN)
    with transaction(office.engine) as session:
        _empty(session)
    (office.settings.home / NOTES).unlink(missing_ok=True)
    make_demonstration(office, now, ready=False)


def _is_all_its_own(office: Office, numbers: Collection[str]) -> bool:
    own = {one.id for one in _people()}
    with reading(office.engine) as session:
        orders = {one or "" for one in session.exec(select(Clue.outside_no))}
        people = set(session.exec(select(User.id)))
    return people <= own and orders <= {*numbers, ""}


def _empty(session: Session) -> None:
    """Every row of every table goes, and numbers begin at one again."""
    connection = session.connection()
    tables = [one for one in inspect(connection).get_table_names() if one != REVISIONS]
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{one}"' for one in tables)
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        return
    connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    for one in tables:
        connection.execute(delete(table(one)))


def _people() -> list[User]:
    return [
        User(
            id=one.id,
            name=one.name,
            department_id=one.department,
            roles=[one.role],
            certificate_no=one.certificate_no,
            phone=one.phone,
        )
        for one in read_users()
    ]


def _give_passwords(session: Session, people: list[User], one_hash: str, now: datetime) -> None:
    session.add_all(Password(user_id=one.id, hash=one_hash, set_at=now) for one in people)
