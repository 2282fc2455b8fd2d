"""Guards of what is entered for screening: nothing counts for nothing because it was misspelt."""

import re
from collections.abc import Iterator
from datetime import date

from domain.crime.recorded_facts import (
    CONDUCT,
    DATE,
    KNOWN,
    ORGAN,
    OTHER_CONDUCT,
    Facts,
    answer_rows,
    candidates,
    conduct_named,
    findings_of,
    matters_of,
    rows_of,
)
from domain.crime.screening import STANDARD_THEN
from domain.crime.standing_findings import (
    findings_with_entry,
    findings_with_sums,
    is_sure,
    lost_by_entry,
    stands_against,
)
from domain.guards.crime import dropped
from domain.guards.registry import condition, guard
from domain.shapes.offences import Offence
from domain.situation.penalty import DECIDED, PLANNED, penalty_of
from domain.situation.situation import Situation

LOWERING = {
    "lowering_reason": "更正后不再达到涉嫌犯罪标准的理由",
    "lowering_evidence": "更正依据的证据",
}
"""What an entry tells that takes a case below a threshold again."""


@condition
def no_case_was_measured(s: Situation) -> bool:
    """No case has figures that were held against the thresholds: the report tells its own."""
    case = s.latest("case")
    return case is None or case.facts.get("screening") is None


@guard
def amounts_are_told(s: Situation) -> str | None:
    """Figures are entered, or it is said that nothing can be measured."""
    if s.form.get("quantities") is not None or s.form.get("nothing_measured"):
        return None
    if s.process.facts.get("quantities"):
        return None
    return "请填写「涉案数额」；没有可以计量的数额的，请在「没有可以计量的数额」选“是”"


@guard
def offences_are_chosen(s: Situation) -> str | None:
    """What the facts are held against is known, or a person says that no offence applies."""
    known = {**s.process.facts, **s.form}
    if matters_of(s, known) or candidates(s, known):
        return None
    if s.text("no_offence_reason") or s.process.facts.get("no_offence"):
        return None
    return (
        "本线索没有选定监管事项，不知道应当对照哪些罪名；请选择「监管事项」，"
        "或者在「对照罪名」中填写罪名；确无对应罪名的，请在「无对应罪名的理由」中写明，由办理人具名记录"
    )


@guard
def answers_fit_their_questions(s: Situation) -> str | None:
    """Every answer names an offence and a question that there are, and says yes or no."""
    wrong = list(dict.fromkeys(_wrong_answers(s)))
    return "「定性问题」有误：" + "；".join(wrong) if wrong else None


@guard
def penalties_are_told_in_full(s: Situation) -> str | None:
    """Every earlier penalty has its day, its organ and a kind of conduct that there is."""
    wrong = [
        f"第{place}行{complaint}"
        for place, row in enumerate(rows_of(s.form, "penalties"), start=1)
        for complaint in _wrong_penalty(s, row)
    ]
    return "「曾受行政处罚」有误：" + "；".join(wrong) if wrong else None


@guard
def lowering_is_grounded(s: Situation) -> str | None:
    """What met a threshold is corrected below it for a reason, on evidence that is named."""
    missing = [f"「{label}」" for name, label in LOWERING.items() if not s.text(name)]
    lost = lost_by_entry(s) if missing else ()
    if not lost:
        return None
    return (
        f"原登记已达涉嫌犯罪标准（{'；'.join(lost)}），本次更正之后不再达到：请填写{'、'.join(missing)}；"
        "登记之后仍须由主要负责人决定是否移送，或者办理「撤销涉嫌犯罪认定」"
    )


@guard
def a_finding_was_dropped(s: Situation) -> str | None:
    """There is a finding of crime that no longer stands and of which nothing was decided."""
    if dropped(s):
        return None
    return (
        "没有需要撤销的涉嫌犯罪认定：现在的核查结论仍为涉嫌犯罪、违法事实仍达标准的，请提出移送，"
        "由主要负责人批准或者不批准；认定有误的，先由承办人更正（「登记违法事实」、重新作出核查结论）"
    )


TAKEN = {"illegal_income": "confiscated", "goods_value": "goods", "unsold_value": "goods"}
"""By the quantity of screening, the sum of a penalty that tells at least as much of it."""


@guard
def sums_taken_meet_no_threshold(s: Situation) -> str | None:
    """Who confiscates more than was recorded has found more, and is held to that."""
    names = PLANNED if PLANNED.kinds in s.form else DECIDED
    penalty = penalty_of(s.form, names)
    sums = {key: getattr(penalty, name) for key, name in TAKEN.items() if getattr(penalty, name)}
    if not sums:
        return None
    standing = {row.get("offence") for row in findings_of(s.process.facts) if stands_against(row)}
    found = [
        one.reason
        for one in findings_with_sums(s, sums)
        if is_sure(one) and one.offence not in standing
    ]
    if not found:
        return None
    return (
        f"没收的数额多于登记的涉案数额，按没收的数额已达涉嫌犯罪标准（{'；'.join(found)}）："
        "请先在「登记违法事实」更正涉案数额；确已达到的，先决定是否移送公安机关，不得以没收代替移送"
    )


ACT_FOUND = {"minor", "to_correct", "unlawful"}
"""Findings of an act of which no case need be filed."""
_MONEY = re.compile(r"\d[\d,，.]*\s*[十百千万亿]*\s*余?元")


@guard
def unfiled_act_was_screened(s: Situation) -> str | None:
    """An act of which nothing is filed is held against the criminal standards first (310号令3).

    Asked where its matter has offences, or where the words tell a sum of money.
    """
    if s.process.facts.get("finding") not in ACT_FOUND:
        return None
    offences = candidates(s, {**s.process.facts, **s.form})
    if not offences and not _tells_money(s):
        return None
    left = [one for one in (amounts_are_told(s), offences_are_chosen(s)) if one]
    found = findings_with_entry(s)
    if met := [one.reason for one in found if is_sure(one)]:
        left.append(
            f"违法事实已达涉嫌犯罪标准（{'；'.join(met)}），不得以不立案、联合治理代替移送；"
            "请「退回补充核查」，作出「涉嫌犯罪」的核查结论，办理「提出涉罪移送」"
        )
    asked = [f"{one.name}：{question.text}" for one in found for question in one.questions]
    if asked:
        left.append(
            f"涉嫌犯罪初筛还有问题没有回答（{'；'.join(asked)}），"
            "请在「定性问题」中逐题写明罪名、情形，是否符合填“是”或者“否”"
        )
    return "；".join(left) or None


def _tells_money(s: Situation) -> bool:
    facts, clue = s.process.facts, s.subject
    told = (clue.title, clue.content, facts.get("summary"), facts.get("evidence"))
    return any(_MONEY.search(str(one or "")) for one in told)


def _wrong_answers(s: Situation) -> Iterator[str]:
    for row in answer_rows(s.form, s.law):
        offence = s.law.offences.get(row["offence"])
        if offence is None:
            yield f"没有罪名「{row['offence']}」，{_right_offences(s)}"
        else:
            yield from _wrong_tier(offence, row["tier"])
        if row["answer"] not in {"", *KNOWN}:
            yield f"“{row['answer']}”应写作“是”或者“否”"


def _wrong_tier(offence: Offence, tier: str) -> Iterator[str]:
    asked = {key: one.question for key, one in offence.tiers.items() if one.question}
    if tier in {STANDARD_THEN, *asked}:
        return
    if not asked:
        yield f"{offence.name}只按数额计算，没有要回答的问题"
        return
    listed = "；".join(f"{key}（{text}）" for key, text in asked.items())
    said = f"没有情形「{tier}」" if tier else "有几个问题，须写明情形"
    yield f"{offence.name}{said}，可填：{listed}"


def _right_offences(s: Situation) -> str:
    """The offences of the case, or all of them where none belongs to it."""
    own = [
        one for one in candidates(s, {**s.process.facts, **s.form}) if one in s.law.offences
    ] or list(s.law.offences)
    listed = "、".join(f"{s.law.offences[one].name}（{one}）" for one in own)
    more = "；其他罪名见规则库「罪名标准」" if len(own) < len(s.law.offences) else ""
    return f"可填：{listed}{more}"


def _wrong_penalty(s: Situation, row: Facts) -> Iterator[str]:
    try:
        day = date.fromisoformat(str(row.get(DATE) or ""))
    except ValueError:
        yield f"「{DATE}」应为日期，如2026-03-01"
    else:
        if day > s.today:
            yield f"「{DATE}」不晚于今天"
    if not row.get(ORGAN):
        yield f"须填写「{ORGAN}」"
    if not conduct_named(s.law, str(row.get(CONDUCT) or "").strip()):
        labels = "、".join(one.label for one in s.law.conducts.values())
        yield f"「{CONDUCT}」应为以下之一：{labels}、{OTHER_CONDUCT}"
