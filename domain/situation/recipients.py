"""The recipients of an action's messages: the words of the tables become desks and chairs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from domain.shapes.entries import Department
from domain.shapes.once_a_table import once_a_table
from domain.shapes.registry import Registry
from domain.situation.jurisdiction import (
    common_superior,
    coordinators,
    governments,
    staffing_offices,
)
from domain.situation.situation import Situation


@dataclass(frozen=True)
class Recipient:
    """A department's desk, the holders of one chair of it (`role`), or one person of it."""

    department: str
    role: str | None = None
    user: str | None = None


Finder = Callable[[Situation, Situation], tuple[Recipient, ...]]
recipients: Registry[Finder] = Registry()
"""Each finder gets the situation before and after the step."""


def find_recipients(
    names: tuple[str, ...], before: Situation, after: Situation
) -> tuple[Recipient, ...]:
    """Everybody the names stand for, each once, in order; who has no department is left out.

    `before` and `after` are the situations around the step: who held the clue, and who holds it.
    Raises KeyError for a name that no finder bears.
    """
    found = [one for name in names for one in recipients[name](before, after) if one.department]
    return tuple(dict.fromkeys(found))


def _of_kind(s: Situation, kind: str, role: str | None) -> tuple[Recipient, ...]:
    found = _serving(s.law.departments).get((kind, _area(s)), ())
    return tuple(Recipient(key, role) for key in found)


@once_a_table
def _serving(departments: Mapping[str, Department]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """By kind and area, the departments that are not closed."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for key, one in departments.items():
        if not one.closed:
            place = (one.kind, one.area)
            found[place] = (*found.get(place, ()), key)
    return found


def _area(s: Situation) -> str:
    holder = s.department(s.process.department)
    return holder.area if holder else s.subject.area


@recipients
def holder(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The handlers where the process now lies."""
    return (Recipient(after.process.department, "handler"),)


@recipients
def handler_named(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The person who handles the clue now, by name."""
    named = str(after.process.facts.get("handler_user") or "")
    return (Recipient(after.process.department, user=named),) if named else ()


@recipients
def handler_before(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The person who handled the clue until now, by name."""
    named = str(before.process.facts.get("handler_user") or "")
    return (Recipient(before.process.department, user=named),) if named else ()


@recipients
def desk_of_holder(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """Everybody of the department where the process now lies, whichever chairs it has."""
    return (Recipient(after.process.department),)


@recipients
def previous_holder(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The handlers where the process lay before."""
    return (Recipient(before.process.department, "handler"),)


@recipients
def department_head(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The head of the department where the process lies."""
    return (Recipient(after.process.department, "department_head"),)


@recipients
def principal(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The principal of the organ."""
    return (Recipient(after.process.department, "principal"),)


@recipients
def legal_reviewer(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The legal staff of the organ."""
    return (Recipient(after.process.department, "legal_reviewer"),)


@recipients
def legal_reviewer_when_met(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """Legal staff, principal and supervisor once the criminal threshold is met."""
    if not after.process.facts.get("threshold_met"):
        return ()
    organ = after.process.department
    return (
        Recipient(organ, "legal_reviewer"),
        Recipient(organ, "principal"),
        *supervisor(before, after),
    )


@recipients
def sender(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The desk that sent the clue."""
    return (Recipient(before.subject.sender or before.subject.desk),)


@recipients
def supervisor(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The supervising organ of the area."""
    return _of_kind(after, "justice", "supervisor")


@recipients
def supervisor_when_late(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The supervising organ, of a spot measure approved, or a case decided, after its time."""
    facts = after.process.facts
    late = facts.get("approved_late") or facts.get("decided_late")
    return supervisor(before, after) if late else ()


@recipients
def supervisor_when_fined_again(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The supervising organ, of a fine beside another over the same matter and time."""
    return supervisor(before, after) if after.process.facts.get("fined_again") else ()


@recipients
def supervisor_when_noteworthy(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The supervising organ, of an inspection that something on record makes worth its notice."""
    return supervisor(before, after) if after.process.facts.get("noteworthy") else ()


@recipients
def finding_departments(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The handlers of every department that takes part in an inspection."""
    return tuple(
        Recipient(one.department, "handler")
        for one in after.of_kind("finding")
        if one.state != "called_off"
    )


@recipients
def police(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The police the referral is addressed to."""
    return (Recipient(after.process.counterpart or "", "police_liaison"),)


@recipients
def procuratorate(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The procuratorate of the same level."""
    return _of_kind(after, "procuratorate", "procuratorate_liaison")


@recipients
def counterpart(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The other side: who asked for help, or leads a joint verification."""
    return (Recipient(after.process.counterpart or "", "handler"),)


@recipients
def opponent(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The other side of a dispute that is being raised."""
    return (Recipient(before.text("opponent"), "department_head"),)


@recipients
def arbiter(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The common superior of both sides of a dispute, which alone designates."""
    return (Recipient(common_superior(after) or "", "arbiter"),)


@recipients
def coordinator(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The organ that coordinates this kind of dispute."""
    return tuple(Recipient(one, "arbiter") for one in coordinators(after)[:1])


@recipients
def government(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The government of the area, which decides on a proposal."""
    return tuple(Recipient(one, "arbiter") for one in governments(after)[:1])


@recipients
def supervisory(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The desk of the 监察机关 that a clue goes to."""
    return (Recipient(after.process.counterpart or ""),)


@recipients
def parties(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The heads of both sides of a dispute."""
    sides = (after.process.department, after.process.counterpart or "")
    return tuple(Recipient(one, "department_head") for one in sides)


@recipients
def staffing(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """The 编办 of the area, which gives its opinion on duties and keeps agreements on file."""
    return tuple(Recipient(one, "arbiter") for one in staffing_offices(after))


@recipients
def silent_parts(before: Situation, after: Situation) -> tuple[Recipient, ...]:
    """Every department that has not answered."""
    return tuple(
        Recipient(part.department, "handler") for part in after.parts() if part.state == "asked"
    )
