"""What may be corrected in a decision without changing it: slips, never whom or what it punishes.

行政处罚法第四十条、第四十四条、第六十二条: the party, kinds, sums, term, licence and ground of a
penalty were told and heard; another one is an amendment or a new decision.
"""

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from domain.guards.registry import guard
from domain.penalties.imposed_words import imposed_by
from domain.situation.penalty import DECIDED, Penalty, penalty_of
from domain.situation.situation import Situation

_FIGURE = re.compile(r"\d[\d,，]*(?:\.\d+)?")
_CAPITALS = re.compile("[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*")
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条")
_LAW = re.compile(r"[一-鿿]{2,}?(?:法|条例|规定|办法)")
_CODE = re.compile(r"[A-Za-z0-9]{8,}")


@guard
def correction_changes_no_penalty(s: Situation) -> str | None:
    """A correction leaves the party, kinds, sums, term, licence and ground as they were decided."""
    touched = list(dict.fromkeys(_touched(s)))
    if not touched:
        return None
    lighter, anew = ways_to_change(s)
    return (
        f"更正涉及{'、'.join(touched)}，不是笔误、计算错误，不能补正：改轻的请办理{lighter}，"
        f"其他的请办理{anew}，重新告知并听取陈述申辩后再作决定"
    )


def ways_to_change(s: Situation) -> tuple[str, str]:
    """What the acts are called by which this decision is made lighter, and by which made anew."""
    actions = s.law.lifecycles[s.process.kind].actions
    anew = actions.get("revoke_and_remake") or actions["revoke_decision"]
    return f"「{actions['amend_decision'].label}」", f"「{anew.label}」"


_SUM = re.compile(
    r"\d[\d,，.]*\s*[万亿]?元|[壹贰叁肆伍陆柒捌玖拾][零壹贰叁肆伍陆柒捌玖拾佰仟万亿]*元"
)
_PERIOD = re.compile(
    r"\d+(?:个)?(?:工作)?(?:日|天|小时|月|年)(?:内|以内|之内|以上|以下)|\d+日(?:前|之前|以前)"
)
_PARTS = {"金额": _SUM, "期限": _PERIOD, "法律依据": _ARTICLE, "所引法律": _LAW}


@guard
def slip_changes_no_right(s: Situation) -> str | None:
    """A correction of any paper that left leaves parties, kinds, sums, periods and law as sent."""
    wrong, right = s.text("wrong_text"), s.text("right_text")
    touched = [
        name
        for name, pattern in _PARTS.items()
        if set(pattern.findall(wrong)) != set(pattern.findall(right))
    ]
    kinds = {kind for kind, _ in imposed_by(wrong)}, {kind for kind, _ in imposed_by(right)}
    touched += ["处罚种类"] if kinds[0] != kinds[1] else []
    party = s.clue.subject_name if s.clue else ""
    touched += ["当事人"] if _goes(party, wrong, right) else []
    if not touched:
        return None
    return (
        f"更正涉及{'、'.join(touched)}，不是笔误，不能补正：请办理「提请更换文书」，"
        "由签发原文书的岗位批准撤销原件、重新制发并送达"
    )


@guard
def wrong_words_stand_in_the_paper(s: Situation) -> str | None:
    """A correction quotes what its paper says, so that whoever holds the paper finds the place.

    A paper that cannot be read, or that names a reporter, is compared by the person himself.
    """
    wrong = s.text("wrong_text")
    if s.quoted is None or not wrong or _bare(wrong) in _bare(s.quoted):
        return None
    return (
        f"原文书没有「{wrong}」这段文字：请照录原文书的原文（遗漏的照录前后文字），不用描述位置的说法；"
        "文字在别的文书里的，请对那份文书办理"
    )


def _bare(text: str) -> str:
    """Words without blanks, marks in either width alike, as two people type them."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _touched(s: Situation) -> Iterator[str]:
    wrong, right = s.text("wrong_text"), s.text("right_text")
    decided = penalty_of(s.process.facts, DECIDED)
    if _party_goes(s, wrong, right):
        yield "当事人"
    kinds = {kind for kind, _ in imposed_by(wrong)}, {kind for kind, _ in imposed_by(right)}
    if _differs(*kinds, set(decided.kinds)):
        yield "处罚种类"
    if _sums_differ(wrong, right, decided):
        yield "处罚数额"
    if _goes(decided.term, wrong, right):
        yield "处罚期限"
    licence = {decided.licence, *_CODE.findall(decided.licence)}
    if any(_goes(one, wrong, right) for one in licence):
        yield "许可证件"
    ground = str(s.process.facts.get("penalty_ground") or "")
    cited = {*_ARTICLE.findall(ground), *_LAW.findall(ground.replace("中华人民共和国", ""))}
    if any(_goes(one, wrong, right) for one in cited):
        yield "处罚依据"


def _goes(part: str, wrong: str, right: str) -> bool:
    """A part of what was decided stands in the text and not in what takes its place."""
    return bool(part) and part in wrong and part not in right


def _party_goes(s: Situation, wrong: str, right: str) -> bool:
    """Another name in the party's place; one wrong character is a slip where that is shown."""
    if not _goes(s.subject.subject_name or "", wrong, right):
        return False
    slips = sum(one != other for one, other in zip(wrong, right, strict=False))
    return len(wrong) != len(right) or slips > 1 or not s.text("same_party_ground")


def _differs(wrong: set[str], right: set[str], decided: set[str]) -> bool:
    """Something decided is gone, or something is there that was not decided."""
    return bool((wrong - right) & decided) or bool(right - wrong - decided)


def _sums_differ(wrong: str, right: str, decided: Penalty) -> bool:
    sums = {decided.fine, decided.confiscated, decided.goods} - {Decimal(0)}
    before, after = _figures(wrong), _figures(right)
    if (before - after) & sums:
        return True
    spelt = set(_CAPITALS.findall(wrong)), set(_CAPITALS.findall(right))
    if spelt[0] != spelt[1] and not after & sums:
        return True
    speaks = any(
        kind in {"fine", "illegal_gains", "illegal_goods"} for kind, _ in imposed_by(right)
    )
    return speaks and bool(after - before - sums)


def _figures(text: str) -> set[Decimal]:
    plain = (one.replace(",", "").replace("，", "") for one in _FIGURE.findall(text))
    return {Decimal(one) for one in plain}
