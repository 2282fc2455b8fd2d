"""New clues compared with earlier ones: by this process, or by another beside it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Protocol

from sqlmodel import Session

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.matching import Suspicion, suspects
from domain.duplicates.rarity import Rarity
from flows.matching.candidates import Arrivals, candidates_of
from flows.matching.word_rarity import Counted, is_due

BESIDE = "yisong_compared_beside"
Marks = Mapping[int, Fingerprint]
"""What new clues are compared by, by their ids, in their order."""
Found = dict[int, tuple[Suspicion, ...]]
"""The likeliest duplicates of each, the best first, then what is related."""


Mine = Callable[[Sequence[int]], Found]
"""Compares some of the clues, by their ids, as whoever compares them all."""


@dataclass(frozen=True)
class Compared:
    """What was found; and where they were to be counted anew, the words of the latest clues."""

    found: Found = field(default_factory=dict)
    counted: Counted | None = None


class Comparer(Protocol):
    """Who compares while this process does something else, one set of clues at a time."""

    def begin(self, marks: Marks, rarity: Rarity, counts: bool) -> bool:
        """Begins to compare them, each with those before it and what is committed; or False.

        `counts`: and counts the words of the latest clues, with them.
        """

    def found(self, mine: Mine) -> Compared | None:
        """What it found; None where it is gone.

        `mine`: with which this process compares some of them, while it would have to wait.
        """


def compare_beside(session: Session, comparer: Comparer | None) -> None:
    """Has the first clues of a transaction that are compared together compared by another.

    Only the first: it does not see what the transaction itself has written since.
    """
    if comparer is not None:
        session.info[BESIDE] = comparer


def begin_comparing(session: Session, marks: Marks, rarity: Rarity) -> Callable[[], Compared]:
    """Begins to compare new clues; the answer tells what another found, once it is asked for.

    It is empty where none did, and whoever asks has to compare.
    Called after the transaction has locked the numbers of clues: whoever registered one before has
    committed it, whoever comes after sees these.
    """
    comparer: Comparer | None = session.info.pop(BESIDE, None)
    if comparer is None or not comparer.begin(marks, rarity, is_due(session, marks)):
        return Compared
    new = cache(partial(Arrivals.of, marks))  # only where this process compares some, too

    def mine(some: Sequence[int]) -> Found:
        return suspicions(session, new(), rarity, some)

    return lambda: comparer.found(mine) or Compared()


def suspicions(
    session: Session, new: Arrivals, rarity: Rarity, some: Sequence[int] | None = None
) -> Found:
    """What new clues are suspected to be, among those remembered and those before them.

    `some`: of which of them it is asked, by their ids.
    """
    return {
        clue_id: likeliest(new.marks[clue_id], others, rarity)
        for clue_id, others in candidates_of(session, new, some).items()
    }


def likeliest(
    mark: Fingerprint, candidates: Iterable[Fingerprint], rarity: Rarity
) -> tuple[Suspicion, ...]:
    """The likeliest duplicates among candidates, then what is related; the order itself is none."""
    others = [one for one in candidates if not _same(one, mark)]
    return suspects(mark, others, rarity=rarity) if others else ()


def _same(one: Fingerprint, mark: Fingerprint) -> bool:
    named = bool(mark.outside_no)
    return named and (one.channel, one.outside_no) == (mark.channel, mark.outside_no)
