"""The actions that an actor may take on a clue or undertaking, and why others are refused."""

from dataclasses import replace

from domain.lifecycle.plan import NEW, Allowed, standing
from domain.rulebook.rulebook import Rulebook
from domain.situation.access import objections
from domain.situation.situation import CONSEQUENCE, SYSTEM, ProcessView, Situation


def possible_actions(situation: Situation, rules: Rulebook) -> list[Allowed]:
    """Every action that fits the state of a process of the clue, with the reasons against it.

    Actions that begin a process of their own are listed while the clue is open, and afterwards
    where the table says so.
    """
    found = [
        allowed
        for process in situation.processes
        for allowed in _of_process(situation, process, rules)
    ]
    ended = situation.is_ended(situation.process)
    root = rules.lifecycles[situation.process.kind].root
    beside = [
        one.process
        for one in rules.lifecycles.values()
        if one.root == root and (one.after_end or not ended)
    ]
    return found + [one for kind in beside for one in _beginning(situation, kind, rules)]


def _of_process(situation: Situation, process: ProcessView, rules: Rulebook) -> list[Allowed]:
    actions = rules.lifecycles[process.kind].actions
    seen = replace(situation, process=process)
    return [
        _judged(seen, name, rules)
        for name, one in actions.items()
        if process.state in one.from_ and not _by_nobody(one.by)
    ]


def _beginning(situation: Situation, kind: str, rules: Rulebook) -> list[Allowed]:
    lifecycle = rules.lifecycles[kind]
    begins = [
        name
        for name, one in lifecycle.actions.items()
        if not lifecycle.is_root and "none" in one.from_ and not _by_nobody(one.by)
    ]
    if not begins:
        return []
    fresh = ProcessView(
        kind=kind,
        id=NEW,
        state="none",
        department=situation.process.department,
        counterpart=situation.actor.department,
    )
    seen = replace(situation, process=fresh)
    return [_judged(seen, name, rules) for name in begins]


def _by_nobody(chairs: tuple[str, ...]) -> bool:
    return set(chairs) <= {CONSEQUENCE, SYSTEM}


def _judged(situation: Situation, action: str, rules: Rulebook) -> Allowed:
    transition = rules.lifecycles[situation.process.kind].actions[action]
    reasons = standing(situation, action, rules)
    is_his = not reasons or not objections(situation, transition, rules.roles, caused=False)
    return Allowed(situation.process, action, transition.label, reasons, is_his)
