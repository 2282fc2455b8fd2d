"""Recusal: who may do nothing more on a clue because it was decided that he avoids it."""

from domain.situation.situation import Situation

GRANTED = "granted"


def avoiding(s: Situation) -> frozenset[str]:
    """The ids of those who have to avoid the clue at hand (行政处罚法第四十三条)."""
    return frozenset(
        str(one.facts.get("avoids")) for one in s.of_kind("recusal") if one.state == GRANTED
    )
