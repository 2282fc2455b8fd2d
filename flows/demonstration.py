"""The demonstration office: made on the first start where no data are, and marked as one."""

from datetime import datetime

import yaml
from sqlmodel import Session, select

from domain.rulebook import CONFIG
from domain.tables.people import User
from domain.tables.session import Password
from flows.moment import Mark, read_mark, write_mark
from flows.office import Office
from flows.passwords import hashed
from flows.store import reading, transaction

DEMO_PASSWORD = "yisong-demo-2026"
"""Public on purpose: it opens fictitious data only, and is shown beside the sign-in form."""
SHOWN_PEOPLE = (
    "hotline-1",
    "market-handler-1",
    "market-head",
    "market-principal",
    "market-legal",
    "justice-supervisor",
    "justice-arbiter",
    "police-liaison",
    "procuratorate-liaison",
    "administrator",
    "auditor",
)


def is_demonstration(office: Office) -> bool:
    """Whether this office was made for trying out."""
    return read_mark(office) is not None


def is_empty(office: Office) -> bool:
    """Whether nobody works here yet."""
    with reading(office.engine) as session:
        return session.exec(select(User.id).limit(1)).first() is None


def make_demonstration(office: Office, now: datetime, *, ready: bool = True) -> None:
    """An office for trying out: its people, all with the one public password.

    Until it is `ready` nobody may sign in: its story is still being told.
    """
    people = _people()
    write_mark(office, Mark(ready=ready))
    one_hash = hashed(DEMO_PASSWORD, "")
    with transaction(office.engine) as session:
        session.add_all(people)
        session.flush()
        _give_passwords(session, people, one_hash, now)


def _people() -> list[User]:
    rows = yaml.safe_load((CONFIG / "demo" / "users.yaml").read_text(encoding="utf-8"))
    return [
        User(
            id=one["id"],
            name=one["name"],
            department_id=one["department"],
            roles=[one["role"]],
            certificate_no=one.get("certificate_no", ""),
            phone=one.get("phone", ""),
        )
        for one in rows
    ]


def _give_passwords(session: Session, people: list[User], one_hash: str, now: datetime) -> None:
    session.add_all(Password(user_id=one.id, hash=one_hash, set_at=now) for one in people)
