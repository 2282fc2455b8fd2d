"""Effects of an opinion by the head of the section, which stands on the approval that follows."""

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.situation.situation import Situation

ANY = "any"
"""The matter of an opinion where the process has only one to be approved."""


@effect
def endorsed_by_actor(s: Situation) -> Change:
    """What the head of the section thinks of a matter, the newest opinion on it."""
    before = s.process.facts.get("endorsements")
    known = dict(before) if isinstance(before, dict) else {}
    told = {"by": s.actor.name, "at": moment(s), "text": s.text("endorsement")}
    return facts_recorded(endorsements={**known, s.text("for_action") or ANY: told})
