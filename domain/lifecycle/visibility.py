"""Rights to see: how far a person's chairs see, and what of a clue is theirs to see."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.shapes.entries import WITHIN, Department, DocumentKind, Role
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
REACHES = ("nothing", "referrals", "department", "clues", "all")
"""`clues`: every clue, and of the files only one's own department's."""
OPEN_KINDS = frozenset({"clue", "transfer", "verification", "part", "dispute", "complaint"})
"""What every party to a clue sees; any other process belongs to the file of its organ."""
LEADS_INTO_THE_FILE = frozenset(
    {"endorse", "file_case", "file_remade", "refer", "penalise_on_spot"}
)
"""Steps of the main line whose forms already say what the file says."""
ORGANS_OUTSIDE = frozenset({"police", "procuratorate"})
"""The kinds of organ that cases are sent to."""
MAY_REVEAL = {"intake_clerk": "desk", "handler": "holder", "department_head": "holder"}
"""The chairs that may see a reporter in clear, and of which department they must be."""


@dataclass(frozen=True)
class Sight:
    """How far somebody sees: everything, all clues, what a department is party to, or referrals.

    `prosecutes`: for a procuratorate, every delivered referral of the organs in these departments.
    `within`: all that is seen is of these departments; None where the site has no others.
    `organ_outside`: the organ is sent cases; whatever the chair, of a clue that it knows only by
    them no more is seen than was sent.
    """

    reach: str
    department: str
    prosecutes: tuple[str, ...] = ()
    within: tuple[str, ...] | None = None
    organ_outside: bool = False

    @property
    def sees_all(self) -> bool:
        """Whether every clue may be opened, of one's own area and below."""
        return self.reach in {"clues", "all"}

    @property
    def sees_files(self) -> bool:
        """Whether the files of all organs may be read: supervision and audit."""
        return self.reach == "all"

    @property
    def is_outside(self) -> bool:
        """Whether only what was sent to them is seen: police and procuratorate."""
        return self.reach == "referrals"


@dataclass(frozen=True)
class ClueSight:
    """How far somebody sees into one clue that he may open.

    `keeps`: his organ holds the clue, and with it the file. `own`: the processes his organ is a
    party to, those of a referral only once it was delivered. `reveals`: he may see the reporter in
    clear; `serves`: he sits in a chair that may, and opens what his own organ wrote to a reporter.
    """

    sight: Sight
    keeps: bool = False
    own: frozenset[int] = frozenset()
    reveals: bool = False
    serves: bool = False

    @property
    def whole(self) -> bool:
        """Whether the clue itself is shown, with its content and its main line."""
        return not self.sight.is_outside and self.sight.reach != "nothing"

    @property
    def file(self) -> bool:
        """Whether the whole file may be read and taken."""
        return self.sight.sees_files or (self.whole and self.keeps)

    def shows(self, kind: str, process_id: int) -> bool:
        """Whether a process with its history and limits is shown; number 0 is one to begin."""
        if kind in KEPT_KINDS and not self.sight.sees_files:
            return self.whole and (not process_id or process_id in self.own)
        if self.file:
            return True
        if self.sight.is_outside:
            is_begun = bool(process_id)
            return kind in OUTSIDE_KINDS and (process_id in self.own if is_begun else True)
        return self.whole and (kind in OPEN_KINDS or process_id in self.own)

    def shows_paper(self, process: tuple[str, int], organ: str, kind: DocumentKind) -> bool:
        """Whether a paper of a process is shown.

        What an organ writes to itself stays inside; what names a reporter is for those who may
        reveal him.
        """
        inside = self.file or (self.whole and organ == self.sight.department)
        kept = kind.to == WITHIN and not inside
        may_open = self.reveals or (self.serves and organ == self.sight.department)
        closed = bool(kind.reporter_fact) and not may_open
        return self.shows(*process) and not kept and not closed

    def tells(self, kind: str, process_id: int, action: str) -> bool:
        """Whether what a step's form said is told with it."""
        leads_in = kind == "clue" and action in LEADS_INTO_THE_FILE
        return self.shows(kind, process_id) and (self.file or not leads_in)


def sight_of(
    actor: Actor, roles: Mapping[str, Role], departments: Mapping[str, Department], site: str = ""
) -> Sight:
    """The farthest sight that one of the actor's chairs gives him; nothing for unknown chairs.

    Who sees everything sees what is of his area and of those below it. `site` is the area of the
    site: whoever is of it, or of one above, sees all there is.
    """
    chairs = [roles[one] for one in actor.roles if one in roles]
    own = departments.get(actor.department)
    reaches = [one.sees for one in chairs]
    reach = max(reaches, key=REACHES.index, default="nothing")
    within = None if SYSTEM in actor.roles else _within(own, departments, site)
    outside = own is not None and own.kind in ORGANS_OUTSIDE
    return Sight(reach, actor.department, _prosecuted(actor, departments), within, outside)


def areas_below(area: str, departments: Mapping[str, Department]) -> frozenset[str]:
    """The area itself and all below it, as the superiors of its departments tell."""
    found = {area}
    above = {
        one.area: upper.area
        for one in departments.values()
        if (upper := departments.get(one.superior or "")) is not None and upper.area != one.area
    }
    while more := {one for one, upper in above.items() if upper in found} - found:
        found |= more
    return frozenset(found)


def _within(
    own: Department | None, departments: Mapping[str, Department], site: str
) -> tuple[str, ...] | None:
    if own is None:
        return ()
    areas = areas_below(own.area, departments)
    if not site or site in areas:
        return None
    return tuple(key for key, one in departments.items() if one.area in areas)


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


def serves_reporters(actor: Actor) -> bool:
    """Whether the actor's chairs are among those that may see a reporter in clear."""
    return bool(actor.roles & set(MAY_REVEAL))


def may_reveal(actor: Actor, desk: str, holder: str) -> bool:
    """Whether the actor may see a clue's reporter in clear, for a reason he gives.

    `desk` and `holder` are the ids of the department that registered the clue and of the one that
    holds it; each chair may only in its own of the two. Nobody else unmasks a reporter.
    """
    places = {"desk": desk, "holder": holder}
    return any(actor.department == places[MAY_REVEAL[one]] for one in actor.roles & set(MAY_REVEAL))
