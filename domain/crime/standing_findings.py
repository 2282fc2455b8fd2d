"""Which findings of crime stand, which stood once, and which an entry at hand would leave.

What met a threshold once is settled by a decision on its referral (310号令第三条、第五条), and not
by figures that were lowered afterwards.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from domain.crime.recorded_facts import (
    Facts,
    amounts_of,
    entered,
    findings_of,
    screening_facts,
)
from domain.crime.screening import Finding, screen
from domain.crime.standards import standards_in
from domain.situation.situation import Situation

MET_ONCE = "met_once"
"""The fact of a case that keeps, by offence, why it met a threshold and when it last did."""
Met = Mapping[str, Mapping[str, object]]


def stands_against(row: Facts) -> bool:
    """Whether a finding is sure enough to refuse; an older record does not tell its sources."""
    return bool(row.get("refuses", row.get("met")))


def met_once(facts: Facts) -> Met:
    """The offences whose threshold a case ever met: what stands now, and what stood before."""
    before = facts.get(MET_ONCE)
    known = dict(before) if isinstance(before, dict) else {}
    for row in findings_of(facts):
        if stands_against(row):
            known.setdefault(str(row.get("offence")), {"reason": row.get("reason"), "on": ""})
    return known


def met_after(before: Facts, rows: Iterable[Facts], on: str) -> dict[str, Mapping[str, object]]:
    """The same after an entry that found `rows` at the moment `on`."""
    now = {
        str(row.get("offence")): {"reason": row.get("reason"), "on": on}
        for row in rows
        if stands_against(row)
    }
    return {**met_once(before), **now}


def findings_with_entry(s: Situation) -> tuple[Finding, ...]:
    """What screening finds with the form at hand added to what is on record."""
    facts, form = s.process.facts, s.form
    recorded = screening_facts(s, {**facts, **form, **entered(s, facts, form)})
    return screen(recorded, standards_in(s.law, s.region), s.today)


def findings_with_sums(s: Situation, sums: Mapping[str, Decimal]) -> tuple[Finding, ...]:
    """What screening finds with the larger of these sums and those on record."""
    facts = s.process.facts
    known = amounts_of(facts.get("quantities"))
    larger = {key: max(sum_, known.get(key, sum_)) for key, sum_ in sums.items()}
    quantities = {key: str(sum_) for key, sum_ in {**known, **larger}.items()}
    recorded = screening_facts(s, {**facts, "quantities": quantities})
    return screen(recorded, standards_in(s.law, s.region), s.today)


def is_sure(found: Finding) -> bool:
    """Whether a finding of this moment refuses."""
    return found.outcome in {"met", "suspicion"} and found.refuses


def lost_by_entry(s: Situation) -> tuple[str, ...]:
    """Why what stands now was met, for each offence that the form at hand would no longer meet."""
    standing = {
        str(row.get("offence")): str(row.get("reason"))
        for row in findings_of(s.process.facts)
        if stands_against(row)
    }
    if not standing:
        return ()
    after = {one.offence for one in findings_with_entry(s) if is_sure(one)}
    return tuple(reason for offence, reason in standing.items() if offence not in after)
