"""Facts of a case held against the criminal thresholds, and findings that were revoked."""

from domain.crime.recorded_facts import entered, findings_of, screening_facts
from domain.crime.screening import Finding, screen
from domain.crime.standards import standards_in
from domain.crime.standing_findings import MET_ONCE, met_after
from domain.effects.change import Change, effect, facts_recorded, moment
from domain.guards.crime import dropped
from domain.guards.crime_form import no_case_was_measured
from domain.situation.situation import Situation


@effect
def screened_for_crime(s: Situation) -> Change:
    """All facts on record, with this entry, were measured against the criminal thresholds."""
    recorded = entered(s, s.process.facts, s.form)
    facts = screening_facts(s, {**s.process.facts, **s.form, **recorded})
    findings = screen(facts, standards_in(s.law, s.region), s.today)
    rows = [_row(one) for one in findings if one.outcome != "not_met"]
    once = met_after(s.process.facts, rows, moment(s))
    # What was met once stays before its organ and the supervisor when the figures were lowered.
    met = bool(once) or any(one["met"] for one in rows)
    return facts_recorded(**recorded, screening=rows, threshold_met=met, **{MET_ONCE: once})


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
    """What the screening of the case, or else the report, had found when the principal decided."""
    case = s.latest("case")
    if case is None or no_case_was_measured(s):
        return _decided_on_the_report(s)
    grounds = {str(one.get("offence")): one.get("grounds") for one in findings_of(case.facts)}
    return facts_recorded(
        decided_on={"quantities": case.facts.get("quantities"), "grounds": grounds}
    )


def _decided_on_the_report(s: Situation) -> Change:
    told = s.process.facts.get("referred_quantities")
    if not told:
        return facts_recorded()
    known = {"quantities": told, "screened": s.process.facts.get("offences")}
    found = screen(screening_facts(s, known), standards_in(s.law, s.region), s.today)
    grounds = {one.offence: list(one.grounds) for one in found}
    return facts_recorded(decided_on={"quantities": told, "grounds": grounds})


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


@effect
def crime_findings_revoked(s: Situation) -> Change:
    """Which findings of crime the principal revoked, as they were worded."""
    return facts_recorded(revoked_findings=list(dropped(s)))
