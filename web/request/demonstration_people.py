"""The demonstration office's people, shown on its sign-in page and nowhere else."""

from dataclasses import dataclass

from sqlmodel import col, select

from domain.tables.people import User
from flows.rehearsal.demonstration import DEMO_PASSWORD, SHOWN_PEOPLE
from flows.site.moment import read_mark
from flows.site.office import Office
from flows.site.store import reading


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as."""

    id: str
    name: str
    department: str
    chair: str


@dataclass(frozen=True)
class Demonstration:
    """What the sign-in page of a demonstration tells."""

    password: str
    people: tuple[DemoPerson, ...]
    ready: bool
    told: str


def demonstration(office: Office) -> Demonstration | None:
    """The demonstration's password and people; None where an office works in earnest."""
    mark = read_mark(office)
    if mark is None:
        return None
    with reading(office.engine) as session:
        rows = {
            one.id: one for one in session.exec(select(User).where(col(User.id).in_(SHOWN_PEOPLE)))
        }
    people = [
        DemoPerson(
            id=one.id,
            name=one.name,
            department=office.rules.departments[one.department_id].name,
            chair="、".join(office.rules.roles[role].label for role in one.roles),
        )
        for one in (rows[key] for key in SHOWN_PEOPLE if key in rows)
    ]
    return Demonstration(DEMO_PASSWORD, tuple(people), mark.ready, mark.told)
