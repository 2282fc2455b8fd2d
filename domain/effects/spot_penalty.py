"""The effect of a penalty on the spot."""

from domain.effects.change import Change, effect, facts_recorded
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
