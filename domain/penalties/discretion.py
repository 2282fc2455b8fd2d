"""Guards of discretion: a fine fits its degree, or a reason and a discussion stand behind it."""

from domain.guards.registry import guard
from domain.penalties.hearing_right import penalty_at_hand
from domain.situation.discretion import DEGREE, REASON, Offered, chosen, offered
from domain.situation.situation import Situation


@guard
def degree_is_chosen(s: Situation) -> str | None:
    """Where the organ has a standard for the matter, a fine names its degree or a reason."""
    found = offered(s)
    fine = penalty_at_hand(s).fine
    named = s.text(DEGREE)
    if named and named not in {one.name for one in found}:
        return f"裁量档次「{named}」不是本监管事项现行的裁量基准，请重新选择"
    if not found or not fine or named or s.text(REASON):
        return None
    conducts = "、".join(dict.fromkeys(one.conduct for one in found))
    return (
        f"本监管事项有裁量基准（{conducts}），请选择裁量档次；"
        "不适用的，填写超出或者不适用裁量档次的理由"
    )


@guard
def fine_fits_its_degree(s: Situation) -> str | None:
    """A fine outside of its degree states why."""
    degree, fine = chosen(s), penalty_at_hand(s).fine
    if degree is None or not fine or _reason(s):
        return None
    if degree.allows(fine) is None:
        multiplied = degree.degree.fine.times_of if degree.degree.fine else None
        label = s.law.quantities[multiplied].label if multiplied else ""
        return (
            f"「{degree.degree.label}」按{label}的倍数计算，本案没有登记{label}，请先登记违法事实"
        )
    if degree.allows(fine):
        return None
    return (
        f"罚款{fine:,.2f}元不在「{degree.degree.label}」的幅度内（{range_in_words(degree)}），"
        "请改正数额、另选档次，或者填写超出裁量档次的理由并集体讨论"
    )


@guard
def fine_off_its_degree_was_discussed(s: Situation) -> str | None:
    """A fine outside of its degree, or of a standard, is decided after a collective discussion.

    A case whose notice was given before there was a standard goes on as it began.
    """
    facts, degree = s.process.facts, chosen(s)
    fine = penalty_at_hand(s).fine
    is_old = not facts.get(DEGREE) and not _reason(s)
    if not offered(s) or not fine or is_old or facts.get("discussed_on"):
        return None
    if degree is not None and degree.allows(fine) is not False:
        return None
    return "罚款数额超出或者没有适用裁量基准，须先经负责人集体讨论（请办理「集体讨论」）"


def range_in_words(degree: Offered) -> str:
    """What a degree allows, as an official reads it."""
    if degree.degree.fine is None:
        return "不予罚款"
    if degree.least is None or degree.most is None:
        return "倍数的基数没有登记"
    return f"{degree.least:,.2f}元以上{degree.most:,.2f}元以下"


def _reason(s: Situation) -> str:
    return s.text(REASON) or str(s.process.facts.get(REASON) or "")
