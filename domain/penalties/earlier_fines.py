"""Fines of the same party, or of its branches: shown, and a reason asked why this is another act.

行政处罚法第二十九条: one act is not fined twice, whichever organ or provision it falls under. It
forbids neither filing a case nor another penalty, nor a fine for another act. Whether two clues
tell of one act no program knows: the officers say so, more closely where party, matter and time
agree. What departments told apart in a joint discussion is asked no more.
"""

import re

from domain.guards.registry import day_of, guard
from domain.penalties.hearing_right import penalty_at_hand
from domain.penalties.joint import jointly_told_apart
from domain.situation.situation import Fined, Situation

REASON = "earlier_fines"
"""The field in which officers say why it is another act."""
APART = "act_apart"
"""The field in which they say whether it is the same one."""
DIFFERENCES = {"apart_act": "行为的不同", "apart_time": "时间的不同", "apart_place": "地点的不同"}
"""What is told of two acts of one party in one matter and time, by field."""
WEIGHED = "fines_weighed"
"""The fact with the clues whose fines were told apart in the last notice."""
FEWEST_WORDS = 20
"""The fewest characters in which act, time and place are told apart."""


@guard
def earlier_fines_are_weighed(s: Situation) -> str | None:
    """Who fines a party that was fined elsewhere says why this is another act."""
    left = _open(s, _fined_beside(s))
    if penalty_at_hand(s).fine <= 0 or not left or s.text(REASON):
        return None
    return (
        f"同一当事人（含总机构、分支机构）另有罚款决定（{_named(left)}），对同一个违法行为不得给予两次以上罚款："
        "是同一违法行为的，不再罚款，可以给予其他处罚；不是的，请在「与其他罚款决定的关系」"
        "写明两案的行为、时间、地点有何不同"
    )


@guard
def not_fined_before_for_the_same_act(s: Situation) -> str | None:
    """One act, one fine; in one matter and time act, time and place are told apart."""
    if penalty_at_hand(s).fine <= 0:
        return None
    close = _open(s, fined_alike(s))
    all_ = (*fined_alike(s), *_fined_beside(s))
    if s.text(APART) == "same" and all_:
        return (
            f"所选为同一违法行为，而该行为已有罚款决定（{_named(all_)}），不得再次罚款；"
            "可以依法给予警告、吊销许可证件等其他处罚，或者不予处罚"
        )
    missing = [label for name, label in DIFFERENCES.items() if not s.text(name)]
    told = "".join(re.findall(r"\w", "".join(s.text(name) for name in DIFFERENCES)))
    if not close or (s.text(APART) and not missing and len(told) >= FEWEST_WORDS):
        return None
    asked = (
        "、".join(f"「{one}」" for one in missing) or f"三项合计不少于{FEWEST_WORDS}个字的不同之处"
    )
    # The three fields are shown once it is said that this is another act.
    chosen = "" if s.text(APART) else "先在「与已罚款行为的关系」选择“不是同一违法行为”，再"
    return (
        f"同一当事人在同一监管事项、同一期间已有罚款决定（{_named(close)}），可能是同一违法行为："
        f"是同一违法行为的不得再次罚款，可以给予其他处罚；不是的，请{chosen}填写{asked}，督办员收到消息"
    )


def fines_told_apart(s: Situation) -> list[str]:
    """The clues whose fines the form at hand tells apart from the act at hand."""
    alike = fined_alike(s) if s.text(APART) else ()
    return [one.clue_no for one in (*alike, *(_fined_beside(s) if s.text(REASON) else ()))]


def fined_alike(s: Situation) -> tuple[Fined, ...]:
    """Fines of the same party over the same matter since the act at hand: they may be for it."""
    return _since_the_act(s, s.elsewhere.decided)


def _fined_beside(s: Situation) -> tuple[Fined, ...]:
    return _since_the_act(s, s.elsewhere.related)


def fined_again(s: Situation) -> list[str]:
    """Clues with a fine over the same matter and time beside which the form at hand fines."""
    if penalty_at_hand(s).fine <= 0:
        return []
    return [one.clue_no for one in fined_alike(s)]


def _since_the_act(s: Situation, fines: tuple[Fined, ...]) -> tuple[Fined, ...]:
    # What was decided before the act ended concerns an earlier one.
    ended = day_of(s.form.get("offence_ended_on") or s.process.facts.get("offence_ended_on"))
    apart = jointly_told_apart(s)
    return tuple(
        one for one in fines if (ended is None or ended <= one.on) and one.clue_no not in apart
    )


def _open(s: Situation, fines: tuple[Fined, ...]) -> list[Fined]:
    weighed = s.process.facts.get(WEIGHED)
    known = weighed if isinstance(weighed, list | tuple) else ()
    return [one for one in fines if one.clue_no not in known]


def _named(fines: list[Fined] | tuple[Fined, ...]) -> str:
    return "；".join(f"{one.clue_no}，{one.told}" for one in fines)
