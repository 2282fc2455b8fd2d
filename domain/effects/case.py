"""Effects on a penalty case: goods, review, discussion, decision."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def goods_preserved(s: Situation) -> Change:
    """Goods are registered for preservation."""
    return facts_recorded(preserved=True)


@effect
def preserved_goods_released(s: Situation) -> Change:
    """Preserved goods were dealt with."""
    return facts_recorded(preserved=False)


@effect
def goods_seized(s: Situation) -> Change:
    """Goods are seized."""
    return facts_recorded(seized=True)


@effect
def seized_goods_released(s: Situation) -> Change:
    """Seized goods were released."""
    return facts_recorded(seized=False)


@effect
def review_is_due(s: Situation) -> Change:
    """A new report is reviewed anew."""
    return facts_recorded(reviewed_by=None)


@effect
def sent_for_review_now(s: Situation) -> Change:
    """When the file went to review."""
    return facts_recorded(sent_for_review_at=moment(s))


@effect
def reviewed_by_actor(s: Situation) -> Change:
    """Who passed the review."""
    return facts_recorded(reviewed_by=s.actor.id)


@effect
def discussed(s: Situation) -> Change:
    """The heads discussed the case."""
    return facts_recorded(discussed=True)


@effect
def noticed_anew(s: Situation) -> Change:
    """A new notice begins the party's days anew: what it said to the last one ended nothing."""
    return facts_recorded(statement=None, hearing_waived=None)


@effect
def hearing_set_anew(s: Situation) -> Change:
    """A new day for the hearing needs a notice of its own: the last one served nothing."""
    return facts_recorded(hearing_set_at=moment(s), hearing_notice_served_on=None)


@effect
def decided_now(s: Situation) -> Change:
    """When the decision was made."""
    return facts_recorded(decided_at=moment(s))


@effect
def published(s: Situation) -> Change:
    """The decision was published."""
    return facts_recorded(published=True)


@effect
def remember_state(s: Situation) -> Change:
    """Where the case stood when it went to the police."""
    return facts_recorded(state_before_police=s.process.state)
