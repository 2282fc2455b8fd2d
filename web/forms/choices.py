"""Choices that a form offers, grouped as people look for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from domain.penalties.case_review import ANSWERS, VERDICT, VERDICTS
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import FormField
from domain.tables.people import User
from domain.tables.roster import RosterOfficer
from domain.undertakings.publication import arbiters_of

LEVELS = {"province": "省级", "city": "市级", "county": "县级"}


@dataclass(frozen=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    group: str = ""


OF_KIND = {"police": "police"}
"""Fields that name one kind of department only."""
ARBITER = "arbiters"
"""The field that names who settles what is disputed in a draft."""
ROW_WORDS = {ANSWERS: (VERDICT, VERDICTS)}
"""By field of rows: the column that takes one of a few words, and the words."""
Choices = Mapping[str, tuple[tuple[str, tuple[Choice, ...]], ...]]


def choices_for(
    session: Session, rules: Rulebook, fields: Mapping[str, FormField], department: str
) -> Choices:
    """For every field that offers choices: the groups in order, each with what it offers.

    Officers of the roster depend on the day and are offered by `officers`.
    """
    found: dict[str, tuple[tuple[str, tuple[Choice, ...]], ...]] = {}
    for name, field in fields.items():
        offered = _offered(session, rules, field, department)
        if offered is not None and name in OF_KIND:
            wanted = OF_KIND[name]
            offered = [one for one in offered if rules.departments[one.value].kind == wanted]
        if offered is not None and name == ARBITER and field.grouped_by:
            questions = fields[field.grouped_by].options
            offered = list(_arbiters(rules, department, questions))
        if offered is not None:
            found[name] = by_group(offered)
        if name in ROW_WORDS:
            column, words = ROW_WORDS[name]
            found[name] = ((column, tuple(Choice(one, one) for one in words)),)
    return found


def by_group(offered: Iterable[Choice]) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Choices by the name of their group, groups in the order of their first choice."""
    groups: dict[str, list[Choice]] = {}
    for one in offered:
        groups.setdefault(one.group, []).append(one)
    return tuple((group, tuple(found)) for group, found in groups.items())


def departments(rules: Rulebook, home: str, *, closed_too: bool = True) -> list[Choice]:
    """Every department, those of the home area first; a closed one says so or is left out."""
    own = rules.departments[home].area
    ordered = sorted(rules.departments.items(), key=lambda one: (one[1].area != own, one[1].level))
    return [
        Choice(key, f"{one.name}（已停用）" if one.closed else one.name, _area(rules, one.area))
        for key, one in ordered
        if closed_too or not one.closed
    ]


def matters(rules: Rulebook) -> list[Choice]:
    """Every matter by its field."""
    return [Choice(key, one.name, one.field) for key, one in rules.matters.items()]


def _arbiters(rules: Rulebook, department: str, questions: Iterable[str]) -> Iterator[Choice]:
    """Who may settle each question, with the question as its group."""
    named = departments(rules, department, closed_too=False)
    for question in questions:
        fit = arbiters_of(rules, department, question)
        yield from (replace(one, group=question) for one in named if one.value in fit)


def users(session: Session, rules: Rulebook, department: str) -> list[Choice]:
    """Who serves in a department and may handle cases, with his certificate."""
    query = select(User).where(col(User.department_id) == department, col(User.active))
    return [
        Choice(one.id, f"{one.name}（{_chairs(rules, one)}）", "")
        for one in session.exec(query.order_by(col(User.id)))
    ]


def officers(
    session: Session, rules: Rulebook, departments: Iterable[str], day: date
) -> list[Choice]:
    """Who may go to inspect on a day: on the roster, not left, the certificate valid."""
    wanted = list(dict.fromkeys(departments))
    query = select(RosterOfficer).where(
        col(RosterOfficer.department_id).in_(wanted),
        col(RosterOfficer.valid_until) >= day,
        or_(col(RosterOfficer.left_on).is_(None), col(RosterOfficer.left_on) > day),
    )
    found = session.exec(query.order_by(col(RosterOfficer.name), col(RosterOfficer.id)))
    return [
        Choice(
            one.certificate_no,
            f"{one.name}（{one.certificate_no}，有效期至{one.valid_until}）",
            rules.departments[one.department_id].name if len(wanted) > 1 else "",
        )
        for one in found
    ]


def _offered(
    session: Session, rules: Rulebook, field: FormField, department: str
) -> list[Choice] | None:
    offers: dict[str, Callable[[], list[Choice]]] = {
        "department": lambda: departments(rules, department, closed_too=field.closed_too),
        "matter": lambda: matters(rules),
        "user": lambda: users(session, rules, department),
        "offence": lambda: [Choice(k, one.name, one.field) for k, one in rules.offences.items()],
        "penaltie": lambda: [Choice(key, one.label) for key, one in rules.penalties.items()],
        "quantitie": lambda: [
            Choice(key, f"{one.label}（{one.unit}）") for key, one in rules.quantities.items()
        ],
        "choice": lambda: [Choice(key, label) for key, label in field.options.items()],
    }
    offer = offers.get(field.type.removesuffix("s"))
    return offer() if offer else None


def _area(rules: Rulebook, area: str) -> str:
    level = next(one.level for one in rules.departments.values() if one.area == area)
    return LEVELS[level]


def _chairs(rules: Rulebook, user: User) -> str:
    chairs = "、".join(rules.roles[one].label for one in user.roles)
    return f"{chairs}，执法证{user.certificate_no}" if user.certificate_no else chairs
