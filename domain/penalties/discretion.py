"""Guards of discretion: a penalty fits its degree, or a reason and a discussion stand behind it.

A standard whose text nobody saw refuses nothing; its degrees are shown beside the form as well.
"""

from domain.guards.registry import guard
from domain.penalties.hearing_right import penalty_at_hand
from domain.penalties.remedy import SPOT
from domain.situation.discretion import DEGREE, REASON, Offered, binding, chosen, offered
from domain.situation.penalty import Penalty
from domain.situation.situation import Situation

FINE = "fine"
"""The kind of penalty whose sum a degree sets."""
CHECK = "off_degree_check"
"""What the head found of a penalty on the spot outside of its standard."""


@guard
def degree_is_chosen(s: Situation) -> str | None:
    """Where the organ has a standard for the matter, a fine names its degree or a reason."""
    named = s.text(DEGREE)
    if named and named not in {one.name for one in offered(s)}:
        return f"裁量档次「{named}」不是本监管事项现行的裁量基准，请重新选择"
    found = binding(s)
    if not found or not penalty_at_hand(s).fine or named or s.text(REASON):
        return None
    conducts = "、".join(dict.fromkeys(one.conduct for one in found))
    return (
        f"本监管事项有裁量基准（{conducts}），请选择裁量档次；"
        "不适用的，填写超出或者不适用裁量档次的理由"
    )


@guard
def fine_fits_its_degree(s: Situation) -> str | None:
    """A fine outside of its degree, or a kind that the degree does not allow, states why."""
    degree, penalty = chosen(s), penalty_at_hand(s)
    if degree is None or not degree.binds or _reason(s):
        return None
    label = degree.degree.label
    if penalty.fine and degree.allows(penalty.fine) is None:
        multiplied = degree.degree.fine.times_of if degree.degree.fine else None
        sum_ = s.law.quantities[multiplied].label if multiplied else ""
        told = "请填写「涉案数额」" if _is_on_spot(s) else "请先登记违法事实"
        return f"「{label}」按{sum_}的倍数计算，本案没有登记{sum_}，{told}"
    remedy = "请改正、另选档次，或者填写超出裁量档次的理由"
    remedy += "，由机关负责人在结案前核对" if _is_on_spot(s) else "并集体讨论"
    faults = _off(s, degree, penalty)
    return f"{'；'.join(faults)}，{remedy}" if faults else None


@guard
def fine_off_its_degree_was_discussed(s: Situation) -> str | None:
    """A penalty outside of its degree, or of a standard, is decided after a collective discussion.

    A case whose notice was given before there was a standard goes on as it began.
    """
    facts, degree, penalty = s.process.facts, chosen(s), penalty_at_hand(s)
    is_old = not facts.get(DEGREE) and not _reason(s)
    if is_old or facts.get("discussed_on"):
        return None
    if degree is None and not (binding(s) and penalty.fine):
        return None
    if degree is not None and not (degree.binds and _off(s, degree, penalty)):
        return None
    return "处罚超出或者没有适用裁量基准，须先经负责人集体讨论（请办理「集体讨论」）"


@guard
def amendment_off_its_degree_was_discussed(s: Situation) -> str | None:
    """What no head decides alone, a penalty off its degree, none amends a decision to either."""
    degree, penalty = chosen(s), penalty_at_hand(s)
    if s.text("amend_discussion"):
        return None
    if degree is None and not (binding(s) and penalty.fine and s.text(REASON)):
        return None
    if degree is not None and not (degree.binds and _off(s, degree, penalty)):
        return None
    return (
        "变更后的处罚超出或者没有适用裁量基准，须经负责人集体讨论：请在「变更的集体讨论情况」"
        "写明讨论的时间、出席人员、讨论情况和意见"
    )


@guard
def off_degree_awaits_check(s: Situation) -> str | None:
    """The head looks once at a penalty on the spot that lies outside of its standard.

    行政处罚法57(2) has a collective discussion of what is complex or grave, and in the ordinary
    procedure; what 51 allows on the spot is neither. Its reason goes with the decision that 52 has
    filed with the organ, whose head finds it right, or revokes it (75).
    """
    if not _reason(s):
        return "当场处罚在裁量基准的幅度内，不需要核对"
    return "已经核对" if s.process.facts.get(CHECK) else None


@guard
def off_degree_was_checked(s: Situation) -> str | None:
    """A penalty on the spot outside of its standard ends once the head has found it right."""
    facts = s.process.facts
    if not _reason(s) or facts.get(CHECK) or facts.get("decision") is None:
        return None
    return (
        "处罚超出或者没有适用裁量基准，请机关负责人先办理「核对超出裁量基准的当场处罚」，"
        "理由不成立的办理「自行撤销当场处罚决定」"
    )


def _off(s: Situation, degree: Offered, penalty: Penalty) -> list[str]:
    """In what a penalty lies outside of its degree; nothing where it fits."""
    found, label = [], degree.degree.label
    if penalty.fine and degree.allows(penalty.fine) is False:
        found.append(
            f"罚款{penalty.fine:,.2f}元不在「{label}」的幅度内（{range_in_words(degree)}）"
        )
    allowed = degree.degree.kinds
    more = [one for one in penalty.kinds if one != FINE and one not in allowed]
    if allowed and more:
        told = "、".join(s.law.penalties[one].label for one in more)
        may = "、".join(s.law.penalties[one].label for one in allowed)
        found.append(f"「{label}」没有列{told}（所列为{may}）")
    return found


def range_in_words(degree: Offered) -> str:
    """What a degree allows, as an official reads it."""
    if degree.degree.fine is None:
        return "不予罚款"
    if degree.least is None or degree.most is None:
        return "倍数的基数没有登记"
    return f"{degree.least:,.2f}元以上{degree.most:,.2f}元以下"


def _is_on_spot(s: Situation) -> bool:
    return "punished_at" in s.form or s.process.kind == SPOT


def _reason(s: Situation) -> str:
    return s.text(REASON) or str(s.process.facts.get(REASON) or "")
