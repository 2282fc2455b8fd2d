"""Effects of a penalty on the spot, and of the case that makes one anew."""

from domain.effects.change import Change, effect, facts_recorded
from domain.penalties.spot_remake import remake_of
from domain.situation.situation import Situation


@effect
def punished_on_spot(s: Situation) -> Change:
    """Decided and served at once; what was taken in cash is paid."""
    fine, when = s.text("fine") or "0", s.text("punished_at")
    paid = fine if s.text("pay_by") == "cash" else "0"
    return facts_recorded(
        decided_at=when,
        served_on=when,
        decision="penalty",
        fine=fine,
        confiscated="0",
        paid_total=paid,
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
