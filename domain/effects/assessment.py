"""What happens to a yearly report: issued."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation


@effect
def figures_counted(s: Situation) -> Change:
    """When the figures were counted."""
    return facts_recorded(counted_at=moment(s))


@effect
def assessment_issued(s: Situation) -> Change:
    """When and by whom its words were settled."""
    return facts_recorded(issued_at=moment(s), issued_by=s.actor.name)
