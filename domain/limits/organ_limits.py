"""Which limit a name of a table means: what the region sets, and what an organ's own rules set."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.shapes.deadlines import DeadlineRule
from domain.shapes.entries import Evidence, Region
from domain.shapes.once_a_table import once_a_table

Rules = Mapping[str, DeadlineRule]
"""The limits of a rulebook by id."""


REGIONAL: Mapping[str, str] = {
    "@reply": "热线答复期限",
    "@return": "退回期限",
    "@yielding_reply": "热线答复期限（改按法定期限）",
}
"""Names that a table uses for what the region sets, each with its Chinese."""


def regional_limits(names: Iterable[str], region: Region) -> tuple[str, ...]:
    """Limits by id; a regional name stands for what the region sets, if anything."""
    own = {
        "@reply": region.reply_clock,
        "@return": region.return_clock,
        "@yielding_reply": region.reply_clock if region.reply_yields else None,
    }
    return tuple(found for name in names if (found := own.get(name, name)))


@once_a_table
def _in_place_of(rules: Rules) -> Mapping[str, tuple[str, ...]]:
    """The limits that run in another's place for single organs, by that other's id."""
    found: dict[str, tuple[str, ...]] = {}
    for key, rule in rules.items():
        if rule.instead_of:
            found[rule.instead_of] = (*found.get(rule.instead_of, ()), key)
    return found


def limits_meant(names: Iterable[str], rules: Rules) -> tuple[str, ...]:
    """The limits named and those that run in their place for single organs (`instead_of`)."""
    own = _in_place_of(rules)
    return tuple(dict.fromkeys(one for name in names for one in (name, *own.get(name, ()))))


def limit_for(name: str, rules: Rules, function: str, day: date) -> str | None:
    """The limit that runs for an organ of that function on a day: its own, else the one named.

    None where the one named binds other organs only.
    """
    own = (
        key
        for key in _in_place_of(rules).get(name, ())
        if function in rules[key].binds and rules[key].in_force(day)
    )
    general = rules.get(name)
    elsewhere = general is not None and general.binds and function not in general.binds
    return next(own, None if elsewhere else name)


def general_limit(rule_id: str, rules: Rules) -> str:
    """The limit in whose place a limit runs; itself where it is nobody's own."""
    rule = rules.get(rule_id)
    return (rule.instead_of if rule else None) or rule_id


def is_unsure(rule: DeadlineRule, evidence: Mapping[str, Evidence]) -> bool:
    """Whether an organ's own figure rests on a second-hand account or on memory: 待法制核对."""
    marks = {evidence[value.basis] for value in rule.values.values()}
    return rule.instead_of is not None and bool(marks & {"secondary", "memory"})


def is_seen(rule: DeadlineRule, evidence: Mapping[str, Evidence]) -> bool:
    """Whether somebody read the text of every figure of a limit, so that it may refuse a step."""
    return not {evidence[value.basis] for value in rule.values.values()} & {"secondary", "memory"}
