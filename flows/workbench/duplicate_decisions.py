"""What a person says of pairs that look alike: merged, related, or two matters; pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, and_, or_, update
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Refused
from domain.rulebook.rulebook import Rulebook
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.door.steps import Command, perform
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.store import reading, transaction
from flows.workbench.duplicate_queue import Pair, PairedClue, decided_pairs, open_pairs

Decision = Literal["merge", "related", "distinct"]
DECISIONS: dict[Decision, str] = {"merge": "并入", "related": "有关联", "distinct": "不是重复"}
ACTION, REOPENING = "decide_duplicate", "reopen_duplicate"
NO_REASON = "请写明收回的理由"
STANDS = "这一对没有核对结果可以收回，或者已经转办、不归您核对；请刷新疑似重复页面"
GONE = "这一对已经核对、并入或者分办，或者不归您核对；请刷新疑似重复页面"


@dataclass(frozen=True)
class Verdict:
    """What is said of the pairs; `new_facts` and `reason` are those of the merging form.

    An empty reason is that of the suspicion.
    """

    decision: Decision
    new_facts: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Pick:
    """A pair by its suspicion's id, with the version of the later clue that the person saw."""

    id: int
    version: int | None = None


@dataclass(frozen=True)
class Fate:
    """What became of a pair: what was done, or every reason why nothing was.

    `pair` is None where it does not wait for the person.
    """

    pair: Pair | None
    done: str = ""
    reasons: tuple[str, ...] = ()


def chairs_that_merge(rules: Rulebook) -> frozenset[str]:
    """The chairs that may merge a clue into another, and so decide about pairs."""
    return frozenset(rules.lifecycles["clue"].actions["merge"].by)


def decide(viewer: Viewer, picks: Sequence[Pick], verdict: Verdict) -> list[Fate]:
    """Each pair in a transaction of its own; one that fails stops no other.

    The earlier clues come first, so that a group is merged into its earliest.
    """
    with reading(viewer.office.engine) as session:
        found = open_pairs(session, viewer, [one.id for one in picks])
    versions = {one.id: one.version for one in picks}
    pairs = sorted(found.values(), key=lambda one: (one.later.id or 0, one.master.id or 0))
    fates = [
        _merge(viewer, one, verdict, versions[one.id])
        if verdict.decision == "merge"
        else _remember(viewer, one, verdict.decision)
        for one in pairs
    ]
    return [*fates, *(Fate(None, reasons=(GONE,)) for one in versions if one not in found)]


def _merge(viewer: Viewer, pair: Pair, verdict: Verdict, version: int | None) -> Fate:
    """The merging itself goes through the one door, with its own form."""
    with reading(viewer.office.engine) as session:
        own = _last(session, pair.later)
        master = _last(session, pair.master)
        seen = select(Clue.id).where(
            col(Clue.id) == master.id, visible(viewer.office, viewer.actor)
        )
        if session.exec(seen).first() is None:
            return Fate(pair, reasons=(GONE,))
    if own.id == master.id:
        return Fate(pair, f"已经并入{master.no}")
    reason = verdict.reason.strip() or f"与{master.no}反映同一事项：{pair.reason}"
    form = {"master": master.no, "new_facts": verdict.new_facts, "reason": reason}
    command = Command("merge", clue=pair.later.id, form=form, version=version)
    try:
        perform(viewer.office, command, viewer.actor, viewer.now)
    except Refused as refused:
        return Fate(pair, reasons=tuple(map(str, refused.reasons)))
    return Fate(pair, f"已并入{master.no}")


def _last(session: Session, clue: PairedClue) -> Clue:
    """The clue into which this one has been merged by now, else the clue itself."""
    found = session.get_one(Clue, clue.id)
    while found.merged_into_id:
        found = session.get_one(Clue, found.merged_into_id)
    return found


def _remember(viewer: Viewer, pair: Pair, decision: Decision) -> Fate:
    """Kept with person and moment, whichever way round the pair was raised, and on record."""
    office, both = viewer.office, (pair.later, pair.master)
    with transaction(office.engine) as session:
        allowed = viewer.actor.roles & chairs_that_merge(office.rules)
        if not allowed or pair.id not in open_pairs(session, viewer, [pair.id]):
            return Fate(pair, reasons=(GONE,))
        keep = update(Suspicion).where(_is_of(*both), col(Suspicion.decision).is_(None))
        who = {"decided_by": viewer.actor.id, "decided_at": viewer.now}
        session.execute(keep.values(decision=decision, **who))
        told = [
            act_event(Thing("clue", one.id or 0, one.id), _act(viewer, one, other, decision))
            for one, other in (both, both[::-1])
        ]
        append(session, told, office.keys.chain)
    return Fate(pair, f"已记为{DECISIONS[decision]}，不再提示")


def take_back(viewer: Viewer, suspicion: int, reason: str) -> Fate:
    """Takes back that a pair is related or distinct: it waits again, with the reason on record.

    As long as one of the two still lies unsent with the viewer's department, as for deciding. A
    merging is undone by its own step, `unmerge`.
    """
    office, why = viewer.office, reason.strip()
    with transaction(office.engine) as session:
        found = decided_pairs(session, viewer, [suspicion])
        if not found or not viewer.actor.roles & chairs_that_merge(office.rules):
            return Fate(None, reasons=(STANDS,))
        (pair,) = found
        if not why:
            return Fate(pair, reasons=(NO_REASON,))
        both = (pair.later, pair.master)
        reopen = update(Suspicion).where(_is_of(*both), col(Suspicion.decision) == pair.decision)
        session.execute(reopen.values(decision=None, decided_by=None, decided_at=None))
        told = [
            act_event(Thing("clue", one.id or 0, one.id), _reopening(viewer, one, other, why))
            for one, other in (both, both[::-1])
        ]
        append(session, told, office.keys.chain)
    return Fate(pair, "已收回，重新等待核对")


def _reopening(viewer: Viewer, clue: PairedClue, other: PairedClue, reason: str) -> Act:
    told = {"other": other.no, "reason": reason}
    return Act(REOPENING, viewer.actor, viewer.now, told, clue.state, clue.state)


def _act(viewer: Viewer, clue: PairedClue, other: PairedClue, decision: Decision) -> Act:
    # The time line shows the reason to whoever sees this clue; the other he may not know of.
    told = {"other": other.no, "decision": decision, "reason": f"核对为{DECISIONS[decision]}"}
    return Act(ACTION, viewer.actor, viewer.now, told, clue.state, clue.state)


def _is_of(one: PairedClue, other: PairedClue) -> ColumnElement[bool]:
    """The suspicions of two clues, in both directions."""
    first, second = col(Suspicion.clue_id), col(Suspicion.other_id)
    return or_(and_(first == one.id, second == other.id), and_(first == other.id, second == one.id))
