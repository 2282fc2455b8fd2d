"""Facts of a case held against the criminal thresholds."""

from domain.crime.recorded_facts import facts_with_entry, findings_of, screening_facts
from domain.crime.screening import Finding, screen
from domain.effects.change import Change, effect, facts_recorded
from domain.situation.situation import Situation


@effect
def screened_for_crime(s: Situation) -> Change:
    """All facts on record, with this entry, were measured against the criminal thresholds."""
    recorded = facts_with_entry(s, s.process.facts, s.form)
    facts = screening_facts(s, {**s.form, **recorded})
    findings = screen(facts, s.law.offences, s.today, s.law.quantities)
    rows = [_row(one) for one in findings if _is_told(one, everything=facts.offences is None)]
    return facts_recorded(**recorded, screening=rows, threshold_met=any(one["met"] for one in rows))


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
        "questions": list(found.questions),
        "grounds": list(found.grounds),
    }


def _is_told(found: Finding, *, everything: bool) -> bool:
    """A question is asked of an offence that was named, or whose figures are reached."""
    if everything and found.outcome == "ask":
        return found.threshold is not None
    return found.outcome != "not_met"
