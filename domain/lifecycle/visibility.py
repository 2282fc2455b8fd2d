"""Rights to see: how far a person's chairs see, and what of a clue is theirs to see."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.shapes.entries import Department, Role
from domain.situation.situation import SYSTEM, Actor

NOT_DELIVERED = ("proposed", "approved", "declined")
"""The states of a referral in which it has not left its organ."""
OUTSIDE_KINDS = frozenset({"referral", "request"})
"""The processes of a clue that police and procuratorate are parties to."""
KEPT_KINDS = frozenset({"duty_crime"})
"""Processes seen by the organ that sends, by whom it sends to, and by supervision alone: a clue of
an offence of office is no matter of the other departments party to the clue it was found in."""
NOT_SENT = ("proposed", "declined")
"""The states of such a process in which nothing has left its organ."""
OVERSEERS = frozenset({"supervisor", "auditor", SYSTEM})
"""The chairs that see those too; the hotline's desk and the arbiters do not."""
WITHIN = "本机关"
"""Whom an internal paper (审批表) is addressed to."""
REACHES = ("nothing", "referrals", "department", "all")
MAY_REVEAL = {"intake_clerk": "desk", "handler": "holder", "department_head": "holder"}
"""The chairs that may see a reporter in clear, and of which department they must be."""


@dataclass(frozen=True)
class Sight:
    """How far somebody sees: everything, what a department is party to, referrals, or nothing.

    `prosecutes`: for a procuratorate, every delivered referral of the organs in these departments.
    `delivered`: whether police or procuratorate were delivered a referral of the clue at hand.
    `oversees`: whether the chair supervises; `keeps`: whether the department is party to what is
    kept from others in the clue at hand (`KEPT_KINDS`).
    """

    reach: str
    department: str
    prosecutes: tuple[str, ...] = ()
    delivered: bool = True
    oversees: bool = False
    keeps: bool = False

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden."""
        return self.reach == "all"

    def shows(self, kind: str) -> bool:
        """Whether processes of a kind, with their history, are shown."""
        if kind in KEPT_KINDS:
            return self.oversees or self.keeps
        if self.reach in {"all", "department"}:
            return True
        return kind in OUTSIDE_KINDS and (self.delivered or kind != "referral")

    def shows_paper(self, process: str, addressee: str) -> bool:
        """Whether papers of a process are shown; those an organ writes to itself stay inside."""
        if process in KEPT_KINDS:
            return self.shows(process)
        return self.shows("clue") or (self.shows(process) and addressee != WITHIN)

    def offers(self, kind: str, process: int) -> bool:
        """Whether an action of a process is offered; what is kept may be begun by anybody."""
        begins = process == 0 and kind in KEPT_KINDS
        return self.shows(kind) or (begins and self.shows("clue"))


def sight_of(
    actor: Actor, roles: Mapping[str, Role], departments: Mapping[str, Department]
) -> Sight:
    """The farthest sight that one of the actor's chairs gives him; nothing for unknown chairs."""
    reaches = [roles[one].sees for one in actor.roles if one in roles]
    reach = max(reaches, key=REACHES.index, default="nothing")
    prosecuted = _prosecuted(actor, departments)
    return Sight(reach, actor.department, prosecuted, oversees=bool(actor.roles & OVERSEERS))


def oversight_of(actor: Actor, departments: Mapping[str, Department]) -> frozenset[str] | None:
    """The areas whose undertakings the actor oversees, of whichever department; None: all areas.

    An auditor looks into everything, a supervisor into what is of his own area.
    """
    if "auditor" in actor.roles or SYSTEM in actor.roles:
        return None
    own = departments.get(actor.department)
    return frozenset({own.area} if own and "supervisor" in actor.roles else ())


def _prosecuted(actor: Actor, departments: Mapping[str, Department]) -> tuple[str, ...]:
    own = departments.get(actor.department)
    if own is None or own.kind != "procuratorate":
        return ()
    return tuple(key for key, one in departments.items() if one.area == own.area)


def may_reveal(actor: Actor, desk: str, holder: str) -> bool:
    """Whether the actor may see a clue's reporter in clear, for a reason he gives.

    `desk` and `holder` are the ids of the department that registered the clue and of the one that
    holds it; each chair may only in its own of the two. Nobody else unmasks a reporter.
    """
    places = {"desk": desk, "holder": holder}
    return any(actor.department == places[MAY_REVEAL[one]] for one in actor.roles & set(MAY_REVEAL))
