"""Which limits a step starts and pauses, whichever organ's they are and wherever they are law."""

from domain.limits.organ_limits import limit_for, limits_meant, regional_limits
from domain.rulebook.named_functions import holds
from domain.rulebook.quotation import holds_here
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import ClockStart, Pause, Transition
from domain.situation.situation import Situation


def limits_here(names: tuple[str, ...], situation: Situation) -> tuple[str, ...]:
    """Every limit that the names of a table mean here, whichever organ's it is."""
    return limits_meant(regional_limits(names, situation.region), situation.law.deadlines)


def _is_law_here(rule: str, situation: Situation, rules: Rulebook) -> bool:
    value = rules.deadlines[rule].in_force(situation.today)
    return value is None or holds_here(rules, value.basis, situation.region)


def clocks_paused(
    situation: Situation, transition: Transition, rules: Rulebook
) -> tuple[Pause, ...]:
    """A limit stands still on a ground that its article names, or the organ's own rule does."""
    return tuple(
        Pause(clock=name, reason=one.reason, until_field=one.until_field)
        for one in transition.pauses
        if holds(one.when, situation)
        for name in limits_meant((one.clock,), rules.deadlines)
        if one.reason in rules.deadlines[name].excluded or situation.text("exclusion_ground")
    )


def clocks_started(
    situation: Situation, transition: Transition, rules: Rulebook
) -> tuple[ClockStart, ...]:
    """The clocks that start: those of the organ's own rules, and none of another place's law."""
    held = situation.department(situation.process.department)
    function = held.function if held else ""
    found: list[ClockStart] = []
    for start in transition.opens:
        for named in regional_limits((start.clock,), situation.region):
            if holds(start.when, situation):
                rule = limit_for(named, rules.deadlines, function, situation.today)
                if rule and _is_law_here(rule, situation, rules):
                    same = rule == start.clock
                    found.append(start if same else start.model_copy(update={"clock": rule}))
    return tuple(found)
