"""Disputes over jurisdiction: who coordinates, who decides, and who alone may designate.

司法行政 and 编办 coordinate and propose, the government decides (行政执法监督条例第十三条); only
the common superior of both sides designates (行政处罚法第二十五条第二款).
"""

from collections.abc import Mapping

from domain.shapes.entries import Department
from domain.situation.situation import Situation

Departments = Mapping[str, Department]
COORDINATORS = {"enforcement": "justice", "duties": "staffing"}
"""By kind of dispute, the kind of organ that coordinates; within one system nobody does."""
SAME_SYSTEM = "same_system"


def coordinators(s: Situation) -> tuple[str, ...]:
    """The ids of the organs of the area that coordinate this kind of dispute."""
    return _here(s, COORDINATORS.get(route_of(s)))


def governments(s: Situation) -> tuple[str, ...]:
    """The ids of the government of the area, to which a proposal goes."""
    return _here(s, "government")


def staffing_offices(s: Situation) -> tuple[str, ...]:
    """The ids of the 编办 of the area, which may be asked about duties."""
    return _here(s, "staffing")


def common_superior(s: Situation) -> str | None:
    """The id of the organ next above both sides, or None where the directory has none.

    Within one system it is a bureau, else a government.
    """
    own, other = s.process.department, s.process.counterpart or s.text("opponent")
    return superior_of_both(s.law.departments, (own, other), route_of(s) == SAME_SYSTEM)


def superior_of_both(departments: Departments, sides: tuple[str, str], same: bool) -> str | None:
    """The lowest organ above both departments: a bureau of the `same` system, else a government."""
    if any(one not in departments for one in sides):
        return None
    first, second = (_above(departments, one, same) for one in sides)
    return next((one for one in first if one in second and not departments[one].closed), None)


def belongs_to_one_system(s: Situation, other: str) -> bool:
    """Whether the other side has the function of the department that acts."""
    own, opponent = s.department(s.process.department), s.department(other)
    return own is not None and opponent is not None and own.function == opponent.function


def route_of(s: Situation) -> str:
    """The kind of dispute: as recorded, else as the form at hand says."""
    return str(s.process.facts.get("route") or s.form.get("route") or "")


def _here(s: Situation, kind: str | None) -> tuple[str, ...]:
    own = s.department(s.process.department)
    area = own.area if own else s.subject.area
    return tuple(
        key
        for key, one in s.law.departments.items()
        if (one.area, one.kind) == (area, kind) and not one.closed
    )


def _above(departments: Departments, key: str, same: bool) -> list[str]:
    """The organs above a department, the next one first."""
    if same:
        return _chain(departments, departments[key].superior)
    area = departments[key].area
    own = [one for one, found in departments.items() if _governs(found, area)]
    return _chain(departments, own[0]) if own else []


def _governs(department: Department, area: str) -> bool:
    return (department.kind, department.area) == ("government", area) and not department.closed


def _chain(departments: Departments, start: str | None) -> list[str]:
    found: list[str] = []
    while start and start in departments and start not in found:
        found.append(start)
        start = departments[start].superior
    return found
