"""Acting for somebody absent: whose matter a step is of, and what that narrows.

A substitution gives nobody a right. Who stands in acts in his own chairs, is recorded as acting for
the other where the other could have taken the step, and is refused where either would be.
"""

from domain.situation.situation import Absent, Situation


def absent_here(s: Situation) -> Absent | None:
    """The person who handles the matter at hand and for whom the actor stands in; None otherwise.

    Only while the matter lies with their department.
    """
    main = s.processes[0] if s.processes else s.process
    if main.department != s.actor.department:
        return None
    named = main.facts.get("handler_user")
    return next((one for one in s.actor.acts_for if one.id == named), None)


def own_persons(s: Situation) -> frozenset[str]:
    """The ids of the actor and of whom he stands in for here: what bars one bars both."""
    absent = absent_here(s)
    return frozenset({s.actor.id} | ({absent.id} if absent else set()))


def acts_for(s: Situation, chairs: tuple[str, ...]) -> Absent | None:
    """For whom a step of these chairs is taken; None where the actor takes it for himself.

    It is the other's only where he and the actor both hold one of the chairs.
    """
    absent = absent_here(s)
    shared = absent.roles & s.actor.roles & set(chairs) if absent else None
    return absent if shared else None
