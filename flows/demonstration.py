"""The demonstration office: made on the first start where no data are, and marked as one."""

from datetime import datetime
from pathlib import Path

import yaml
from sqlmodel import Session, col, select

from domain.rulebook import CONFIG
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.session import Password
from flows.demo_orders import write_work_orders
from flows.importing import Clerk, import_file
from flows.office import Office
from flows.passwords import hashed
from flows.people import actor_of
from flows.store import reading, transaction

DEMO_PASSWORD = "yisong-demo-2026"
"""Public on purpose: it opens fictitious data only, and is shown beside the sign-in form."""
MARK = "demonstration"
CLERK = "hotline-1"
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
    return _mark(office).exists()


def is_empty(office: Office) -> bool:
    """Whether nobody works here yet."""
    with reading(office.engine) as session:
        return session.exec(select(User.id).limit(1)).first() is None


def make_demonstration(office: Office, now: datetime) -> None:
    """An office for trying out: its people, all with the one public password."""
    people = _people()
    _mark(office).touch()
    one_hash = hashed(DEMO_PASSWORD, "")
    with transaction(office.engine) as session:
        session.add_all(people)
        session.flush()
        _give_passwords(session, people, one_hash, now)


def fill_demonstration(office: Office, now: datetime) -> None:
    """The rehearsal's work orders, where a demonstration has no clue yet."""
    if not is_demonstration(office):
        return
    with reading(office.engine) as session:
        if session.exec(select(col(Clue.id)).limit(1)).first() is not None:
            return
        clerk = Clerk(office, actor_of(session, CLERK), now)
    path = office.settings.home / "work-orders.xlsx"
    write_work_orders(path)
    import_file(clerk, path, "hotline")


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


def _mark(office: Office) -> Path:
    return office.settings.home / MARK
