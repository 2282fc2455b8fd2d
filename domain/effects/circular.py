"""What happens to a circular: drafted, addressed, issued, signed for."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def drafted_by_actor(s: Situation) -> Change:
    """A draft lies with the department of who drafted it; he is the one to ask."""
    return Change(department=s.actor.department, facts={"handler_user": s.actor.id})


@effect
def draft_revised(s: Situation) -> Change:
    """The draft as it was written last: what is left blank now is no longer asked."""
    return facts_recorded(
        answer_asked=bool(s.form.get("answer_asked")), answer_due=s.text("answer_due")
    )


@effect
def issued_now(s: Situation) -> Change:
    """When the circular was issued."""
    return facts_recorded(issued_at=moment(s))


@effect
def addressed_by_circular(s: Situation) -> Change:
    """The receipt lies with the addressee, the sender on its other side, with the day asked for."""
    [circular] = s.of_kind("circular")
    return Change(
        department=str(s.item),
        counterpart=circular.department,
        facts={"answer_due": circular.facts.get("answer_due") or ""},
    )


@effect
def signed_now(s: Situation) -> Change:
    """When the addressee signed, and who did."""
    return facts_recorded(signed_at=moment(s), signed_by=s.actor.name)
