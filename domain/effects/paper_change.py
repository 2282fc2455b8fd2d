"""Effects of changing a paper that left the house: which one, how, and who asked."""

from domain.effects.change import Change, effect, facts_recorded
from domain.guards.paper_change import paper_meant
from domain.situation.situation import Situation


@effect
def correction_asked(s: Situation) -> Change:
    """The words of a paper are to be corrected."""
    return _asked(s, "correction")


@effect
def replacement_asked(s: Situation) -> Change:
    """A paper is to be revoked and issued again."""
    return _asked(s, "replacement")


def _asked(s: Situation, way: str) -> Change:
    found = paper_meant(s)
    return facts_recorded(
        paper_way=way, paper_kind=found.kind if found else None, asked_by=s.actor.id
    )
