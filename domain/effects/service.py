"""Effects of service: from which moment a paper is served, whichever way it went."""

from domain.effects.change import Change, effect, facts_recorded
from domain.penalties.court import court_opens_at
from domain.penalties.service import DECISION, DEMAND, NOTICE, OTHER, Served, effect_of
from domain.situation.situation import CHINA, Situation


def effective_at(s: Situation, served: Served) -> str | None:
    """When the service of the form at hand takes effect, as facts keep it; None without one."""
    effect_at = effect_of(s, s.form, served)
    return effect_at.astimezone(CHINA).isoformat() if effect_at else None


@effect
def notice_served(s: Situation) -> Change:
    """The notice before a penalty is served: the party's days count from its effect."""
    return facts_recorded(notice_effective_at=effective_at(s, NOTICE))


@effect
def decision_served(s: Situation) -> Change:
    """The decision is served: payment, remedies and the court's months count from its effect."""
    effect_at = effect_of(s, s.form, DECISION)
    opens = court_opens_at(s, effect_at, None, None) if effect_at else None
    return facts_recorded(
        decision_effective_at=effective_at(s, DECISION),
        court_from=opens.astimezone(CHINA).isoformat() if opens else None,
    )


@effect
def demand_served(s: Situation) -> Change:
    """The demand is served: its days count from its effect."""
    return facts_recorded(demand_effective_at=effective_at(s, DEMAND))


@effect
def other_served(s: Situation) -> Change:
    """Any other paper is served; its latest service is kept by its kind."""
    before = s.process.facts.get("services")
    known = dict(before) if isinstance(before, dict) else {}
    return facts_recorded(services={**known, s.text("other_document"): effective_at(s, OTHER)})


@effect
def address_confirmed(s: Situation) -> Change:
    """The latest confirmation says whether electronic service is agreed to."""
    return facts_recorded(electronic_consent=bool(s.form.get("electronic_consent")))
