"""The change an action makes besides its state: who holds the process, and the facts it leaves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from domain.shapes.registry import Registry
from domain.situation.situation import CHINA, Situation


@dataclass(frozen=True)
class Change:
    """New holder or counterpart, facts to record, and columns of the clue to set."""

    department: str | None = None
    counterpart: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    clue: Mapping[str, object] = field(default_factory=dict)

    def and_(self, other: "Change") -> "Change":
        """Both changes; the later one wins where they touch the same thing."""
        return Change(
            other.department or self.department,
            other.counterpart or self.counterpart,
            {**self.facts, **other.facts},
            {**self.clue, **other.clue},
        )


Effect = Callable[[Situation], Change]
effect: Registry[Effect] = Registry()


def apply_effects(names: tuple[str, ...], situation: Situation) -> Change:
    """The change that all named effects make together, each judged in the same situation."""
    return reduce(Change.and_, (effect[name](situation) for name in names), Change())


def facts_recorded(**facts: object) -> Change:
    """Facts of the process to record, and nothing else."""
    return Change(facts=facts)


def moment(s: Situation) -> str:
    """The moment of the action as facts keep it."""
    return s.now.astimezone(CHINA).isoformat()


def situation_after(process_situation: Situation, change: Change) -> Situation:
    """The situation as it is once the change was made: for clocks, documents and messages."""
    process = replace(
        process_situation.process,
        department=change.department or process_situation.process.department,
        counterpart=change.counterpart or process_situation.process.counterpart,
        facts={**process_situation.process.facts, **change.facts},
    )
    clue = process_situation.clue
    if clue is not None:
        clue = replace(
            clue,
            subject_name=str(change.clue.get("subject_name") or clue.subject_name),
            title=str(change.clue.get("title") or clue.title),
            content=str(change.clue.get("content") or clue.content),
        )
    return replace(process_situation, clue=clue, process=process)
