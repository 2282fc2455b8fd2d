"""Fines of the same party over another matter, or of its branches: shown, and a reason asked.

行政处罚法第二十九条: one act is not fined twice, whichever organ or provision it falls under.
Whether two clues tell of one act no program knows; what is surely the same is refused by
`not_fined_before_for_the_same_act`.
"""

from domain.guards.registry import day_of, guard
from domain.penalties.hearing_right import penalty_at_hand
from domain.situation.situation import Fined, Situation

REASON = "earlier_fines"
"""The field in which officers say why it is another act."""
WEIGHED = "fines_weighed"
"""The fact with the clues whose fines were told apart in the last notice."""


@guard
def earlier_fines_are_weighed(s: Situation) -> str | None:
    """Who fines a party that was fined elsewhere says why this is another act."""
    weighed = s.process.facts.get(WEIGHED)
    known = weighed if isinstance(weighed, list | tuple) else ()
    left = [one for one in fined_elsewhere(s) if one.clue_no not in known]
    if penalty_at_hand(s).fine <= 0 or not left or s.text(REASON):
        return None
    named = "；".join(f"{one.clue_no}，{one.told}" for one in left)
    return (
        f"同一当事人（含总机构、分支机构）另有罚款决定（{named}），对同一个违法行为不得给予两次以上罚款："
        "是同一违法行为的，不再罚款，可以给予其他处罚；不是的，请在「与其他罚款决定的关系」"
        "写明两案的行为、时间、地点有何不同"
    )


def fined_elsewhere(s: Situation) -> tuple[Fined, ...]:
    """Fines decided while the act at hand went on or later; an act begun after them is another."""
    ended = day_of(s.form.get("offence_ended_on") or s.process.facts.get("offence_ended_on"))
    return tuple(one for one in s.elsewhere.related if ended is None or ended <= one.on)
