"""案卷评查: what the record itself answers of the checklist, and what its reviewer has to say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.guards.registry import guard
from domain.shapes.case_review import ReviewItem
from domain.situation.situation import Situation

CASE, KIND, ANSWERS, RESULT = "case", "case_review", "review_answers", "review_result"
ITEM, VERDICT, GROUND = "项目", "结论", "说明"
GOOD, BAD, NOT_ASKED = "符合", "不符合", "不适用"
VERDICTS = (GOOD, BAD, NOT_ASKED)
RIPE = frozenset({"enforced", "settled", "revoked", "closed", "transferred", "archived"})
"""The states of a case whose file can be reviewed: it was carried out, or ended otherwise."""


@dataclass(frozen=True)
class ReviewAnswer:
    """What the record answers to an item: a verdict and from what; both empty where it cannot."""

    key: str
    item: ReviewItem
    verdict: str = ""
    ground: str = ""


def answered(s: Situation) -> tuple[ReviewAnswer, ...]:
    """Every item of the checklist, with the answer of the record where it has one."""
    return tuple(_answer(s, key, item) for key, item in s.law.case_review.items())


def _answer(s: Situation, key: str, item: ReviewItem) -> ReviewAnswer:
    if item.when and not _issued(s, item.when):
        return ReviewAnswer(key, item, NOT_ASKED, f"案卷没有{_titles(s, item.when)}")
    if item.served:
        return _served(s, key, item)
    if not item.documents:
        return ReviewAnswer(key, item)
    found = _issued(s, item.documents)
    if found:
        return ReviewAnswer(key, item, GOOD, f"有{'、'.join(dict.fromkeys(found))}")
    return ReviewAnswer(key, item, BAD, f"案卷没有{_titles(s, item.documents)}")


def _served(s: Situation, key: str, item: ReviewItem) -> ReviewAnswer:
    """Each of these papers has its act of service, or was announced; earlier rows say the day."""
    papers = [one for one in s.papers if one.kind in item.served]
    served = {one.serves for one in s.papers if one.serves}
    left = [one for one in papers if one.id not in served and one.left_at is None]
    if left:
        told = "、".join(one.called for one in left)
        return ReviewAnswer(key, item, BAD, f"{told}没有登记送达")
    told = "、".join(one.called for one in papers)
    return ReviewAnswer(key, item, GOOD, f"{told}已登记送达")


def _issued(s: Situation, kinds: Iterable[str]) -> list[str]:
    wanted = frozenset(kinds)
    return [one.called for one in s.papers if one.kind in wanted]


def _titles(s: Situation, kinds: Iterable[str]) -> str:
    return "、".join(f"《{s.law.documents[one].title}》" for one in kinds)


def rows_of(s: Situation) -> list[dict[str, str]]:
    """The checklist as the form begins with it."""
    return [{ITEM: one.item.says, VERDICT: one.verdict, GROUND: one.ground} for one in answered(s)]


def _given(s: Situation) -> dict[str, Mapping[str, object]]:
    rows = s.form.get(ANSWERS)
    return {
        str(row.get(ITEM) or "").strip(): row
        for row in (rows if isinstance(rows, list | tuple) else ())
        if isinstance(row, Mapping)
    }


@guard
def file_is_ripe_for_review(s: Situation) -> str | None:
    """The organ's own case, carried out or ended."""
    case = s.latest(CASE)
    if case is None or case.department != s.actor.department:
        return "本线索没有本机关的处罚案件"
    return None if case.state in RIPE else "案件尚未执行完毕或者结案，结案以后再评查"


@guard
def every_item_is_answered(s: Situation) -> str | None:
    """Every item has its verdict; what fails, or differs from the record, says why."""
    given = _given(s)
    faults = [told for one in answered(s) if (told := _fault(one, given.get(one.item.says)))]
    return "；".join(faults) or None


def _fault(answer: ReviewAnswer, row: Mapping[str, object] | None) -> str | None:
    says = answer.item.says
    verdict = str((row or {}).get(VERDICT) or "").strip()
    ground = str((row or {}).get(GROUND) or "").strip()
    if verdict not in VERDICTS:
        return f"「{says}」的结论请填{'、'.join(VERDICTS)}之一"
    differs = answer.verdict and verdict != answer.verdict
    if differs and ground in {"", answer.ground}:
        told = f"「{says}」按记录为{answer.verdict}（{answer.ground}）"
        return f"{told}，改为{verdict}的请在说明中写明理由"
    return f"「{says}」不符合的，请写明情况" if verdict == BAD and not ground else None


@guard
def review_result_follows(s: Situation) -> str | None:
    """A file with an item that fails is not passed."""
    failed = [says for says, row in _given(s).items() if row.get(VERDICT) == BAD]
    if s.text(RESULT) != "passed" or not failed:
        return None
    return f"有{len(failed)}项不符合，评查结果请选「需要整改」或者「不合格」"
