"""Facts of a case held against the criminal thresholds."""

from domain.crime.recorded_facts import entered, findings_of, screening_facts
from domain.crime.screening import Finding, screen
from domain.crime.standards import standards_in
from domain.effects.change import Change, effect, facts_recorded
from domain.situation.situation import Situation


@effect
def screened_for_crime(s: Situation) -> Change:
    """All facts on record, with this entry, were measured against the criminal thresholds."""
    recorded = entered(s, s.process.facts, s.form)
    facts = screening_facts(s, {**s.process.facts, **s.form, **recorded})
    findings = screen(facts, standards_in(s.law, s.region), s.today)
    rows = [_row(one) for one in findings if one.outcome != "not_met"]
    return facts_recorded(**recorded, screening=rows, threshold_met=any(one["met"] for one in rows))


@effect
def no_offence_stated(s: Situation) -> Change:
    """Who said on which day, and why, that no offence belongs to the facts."""
    reason = s.text("no_offence_reason")
    if not reason:
        return facts_recorded()
    return facts_recorded(
        no_offence={"by": s.actor.name, "on": s.today.isoformat(), "reason": reason}
    )


@effect
def decided_upon(s: Situation) -> Change:
    """What the screening of the case had found when the principal decided."""
    case = s.latest("case")
    if case is None or case.facts.get("screening") is None:
        return facts_recorded()
    grounds = {str(one.get("offence")): one.get("grounds") for one in findings_of(case.facts)}
    return facts_recorded(
        decided_on={"quantities": case.facts.get("quantities"), "grounds": grounds}
    )


def _row(found: Finding) -> dict[str, object]:
    return {
        "offence": found.offence,
        "outcome": found.outcome,
        "reason": found.reason,
        "met": found.outcome in {"met", "suspicion"},
        "refuses": found.refuses,
        "tiers": [one.tier for one in found.questions],
        "questions": [one.text for one in found.questions],
        "grounds": list(found.grounds),
    }
