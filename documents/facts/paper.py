"""The paper: all that is known when a document is written, handed over as one value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Officer, Situation

HANDING_OVER = frozenset(
    {"dispatch_slip", "transfer_letter", "jurisdiction_designation", "jurisdiction_decision"}
)
"""Papers with which a clue comes to a department."""


@dataclass(frozen=True)
class Issued:
    """A document of the clue that was issued before this one.

    `process`: of which, kind and id; `id`: its own, None while its step is under way; `by`: the id
    of the organ; `left_at`: when it was sent or served; `replaces`: the voided one it stands for;
    `serves`: of a 送达回证, the one whose service it tells; `pages`: how many it has,
    where they were counted.
    """

    kind: str
    title: str
    number: str | None
    organ: str
    issued_at: datetime
    process: tuple[str, int] = ("", 0)
    id: int | None = None
    by: str = ""
    left_at: datetime | None = None
    replaces: int | None = None
    serves: int | None = None
    pages: int | None = None


@dataclass
class Told:
    """What all papers of a step say alike, once a paper has asked.

    `common`: of the clue and the organ; `facts`: what the forms of the step and of all before say.
    """

    common: Mapping[str, object] | None = None
    facts: dict[str, object] | None = None


@dataclass(frozen=True)
class Paper:
    """A document about to be written: its kind and number, and the situation it comes from.

    `situation` is as it stands after the step; `form` is the step's; `clocks` are the due moments
    of running limits, by rule; `issued` are the clue's documents so far, oldest first; `files` the
    uploaded evidence as rows of a catalogue. `number` is None for kinds without a number, and while
    it is a draft. Papers of one step share what is `told`.
    """

    kind: str
    number: str | None
    action: str
    situation: Situation
    rules: Rulebook
    form: Mapping[str, object]
    clocks: Mapping[str, datetime] = field(default_factory=dict)
    issued: tuple[Issued, ...] = ()
    files: tuple[Mapping[str, object], ...] = ()
    told: Told = field(default_factory=Told, repr=False, compare=False)

    def handed_over_with(self) -> Issued | None:
        """The paper that brought the clue to who has it now; None where none came with it."""
        main = self.situation.latest("clue")
        at = main.facts.get("dispatched_at") if main else None
        moment = datetime.fromisoformat(at) if isinstance(at, str) else None
        found = [one for one in self.issued if one.kind in HANDING_OVER]
        return next((one for one in reversed(found) if one.issued_at == moment), None)

    @property
    def people(self) -> Mapping[str, Officer]:
        """The people that forms and facts name."""
        return self.situation.people
