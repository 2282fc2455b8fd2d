"""Effects on a criminal referral."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def addressed_to_police(s: Situation) -> Change:
    """The referral goes to these police."""
    return Change(counterpart=s.text("police"))


@effect
def approved_now(s: Situation) -> Change:
    """When the principal approved."""
    return facts_recorded(approved_at=moment(s))


@effect
def referral_reviewed_by_actor(s: Situation) -> Change:
    """Who of the legal staff reviewed the report before the principal decides."""
    return facts_recorded(referral_reviewer=s.actor.name, referral_reviewed_at=moment(s))


@effect
def supervision_asked_now(s: Situation) -> Change:
    """When the procuratorate was asked to supervise."""
    return facts_recorded(supervision_asked_at=moment(s))


@effect
def supplemented(s: Situation) -> Change:
    """The materials are complete now."""
    return facts_recorded(complete="complete")
