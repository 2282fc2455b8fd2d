"""No action opens a limit that may be running already: it begins anew, or what runs stays."""

from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import Lifecycle, Transition

LOOKS = {
    "lead_is_market_without_limit",
    "lead_is_not_market_without_limit",
    "market_case_lacks_its_limit",
    "case_of_others_lacks_its_limit",
    "closing_limit_is_not_open",
    "platform_entry_begins",
    "reply_gives_way",
    "nothing_is_preserved",
    "nothing_is_seized",
    "is_not_a_complaint_yet",
}
"""Conditions and guards that ask whether the limit, or what it watches, is there already."""


def _leaves_running(running: set[str], action: Transition) -> set[str]:
    return running - set(action.stops) | {start.clock for start in action.opens}


def _may_run(lifecycle: Lifecycle) -> dict[str, set[str]]:
    """By state, the limits of the process that may be running there; at its end none is."""
    found: dict[str, set[str]] = {state: set() for state in ("none", *lifecycle.states)}
    grows = True
    while grows:
        grows = False
        for action in lifecycle.actions.values():
            for state in action.from_:
                to = state if action.to == "same" else action.to
                if to not in found or (to in lifecycle.states and lifecycle.states[to].ended):
                    continue
                left = _leaves_running(found[state], action)
                grows = grows or not left <= found[to]
                found[to] |= left
    return found


def _opened_twice(lifecycle: Lifecycle) -> list[str]:
    may_run = _may_run(lifecycle)
    return [
        f"{lifecycle.process}.{name}: {start.clock} from {state}"
        for name, action in lifecycle.actions.items()
        for start in action.opens
        if not start.restart and start.clock not in action.stops
        if not LOOKS & {start.when, *(one.guard for one in action.requires)}
        for state in action.from_
        if start.clock in may_run[state]
    ]


def test_no_limit_is_opened_where_it_may_run_already(rules: Rulebook) -> None:
    assert [one for table in rules.lifecycles.values() for one in _opened_twice(table)] == []
