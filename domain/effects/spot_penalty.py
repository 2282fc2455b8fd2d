"""Effects of a penalty on the spot, and of the case that makes one anew."""

from domain.effects.change import Change, effect, facts_recorded
from domain.guards.registry import moment_of
from domain.penalties.court import court_opens_at
from domain.penalties.spot_remake import remake_of
from domain.situation.situation import CHINA, Situation


@effect
def punished_on_spot(s: Situation) -> Change:
    """Decided and served at once; what was taken in cash is paid."""
    fine, when = s.text("fine") or "0", s.text("punished_at")
    opens = court_opens_at(s, moment_of(when) or s.now, None, None)
    paid = fine if s.text("pay_by") == "cash" else "0"
    return facts_recorded(
        decided_at=when,
        served_on=when,
        decision="penalty",
        fine=fine,
        confiscated="0",
        paid_total=paid,
        court_from=opens.astimezone(CHINA).isoformat(),
        matter=s.text("matter") or s.subject.matter,
    )


@effect
def remade_from_spot(s: Situation) -> Change:
    """A case that follows a revoked penalty on the spot knows what fell, why, and its own day."""
    found = remake_of(s)
    if found is None:
        return Change()
    return facts_recorded(
        remade="procedural" if found.procedural else "merits",
        set_aside_by=found.by,
        remake_due=found.due,
        decision_round=found.decision_round,
    )
