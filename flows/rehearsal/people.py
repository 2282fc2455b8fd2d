"""The rehearsal's officers: fictitious people in every chair, found by department and chair."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from domain.rulebook.rulebook_reading import CONFIG
from domain.shapes.entries import Record
from domain.shapes.yaml_source import read_record
from domain.situation.situation import Actor

USERS = CONFIG / "demo" / "users.yaml"


class DemoUser(Record):
    """One officer."""

    id: str
    name: str
    department: str
    role: str
    certificate_no: str = ""
    phone: str = ""


@cache
def read_users(path: Path = USERS) -> tuple[DemoUser, ...]:
    """Every officer of the rehearsal, or BadConfig with everything that is wrong with the file."""
    return read_record(path, path.parents[1], tuple[DemoUser, ...])


def actor_of(user: DemoUser) -> Actor:
    """The officer as somebody who acts."""
    return Actor(user.id, user.name, frozenset({user.role}), user.department, user.phone)


@cache
def chairs() -> Mapping[tuple[str, str], tuple[Actor, ...]]:
    """The officers by department and role, in the order in which they are listed."""
    found: defaultdict[tuple[str, str], list[Actor]] = defaultdict(list)
    for one in read_users():
        found[one.department, one.role].append(actor_of(one))
    return {key: tuple(people) for key, people in found.items()}


def person(department: str, role: str, turn: int = 0) -> Actor:
    """Who sits in a chair; where several do, they take turns."""
    people = chairs().get((department, role))
    if not people:
        raise LookupError(f"演练人员中没有{department}的{role}")
    return people[turn % len(people)]


def officers(department: str, turn: int = 0) -> list[str]:
    """Two handlers of a department who work on a case together."""
    return [person(department, "handler", turn + one).id for one in (0, 1)]
