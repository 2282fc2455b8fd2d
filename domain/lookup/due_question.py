"""A question for a due moment as a person types it, and its answer.

It is read exactly; a mistake is answered with what would be right.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from difflib import get_close_matches

from domain.limits.due_moment import (
    SHANGHAI,
    Due,
    Extension,
    Limit,
    NoFigure,
    Pause,
    compute,
    limit_in_force,
    next_extension,
)
from domain.limits.limit import at_shanghai
from domain.lookup.due_pauses import UNNAMED, JudgedPause, grounds_of, judge_pauses
from domain.rulebook.crosscheck_limits import unwatched_limits
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.deadlines import DeadlineRule


class BadQuestion(Exception):
    """A question that cannot be answered, with what would be right.

    `unstated`: the part of the question that was left out and has to be stated.
    """

    def __init__(self, text: str, unstated: str = "") -> None:
        super().__init__(text)
        self.unstated = unstated


@dataclass(frozen=True)
class Question:
    """What the user asked, as typed.

    `rule`: the limit's id or label, or with a `region` also `reply` and `return`; `start`, `until`:
    a day or a moment, in China's time where no offset stands; `pauses`: `A..B` or `A..B=reason`;
    `extend`: how often the limit was extended, each time by `extend_by` where the article leaves
    the figure open.
    """

    rule: str
    start: str
    region: str | None = None
    pauses: tuple[str, ...] = ()
    extend: int = 0
    extend_by: int | None = None
    until: str | None = None


@dataclass(frozen=True)
class Answer:
    """The rule asked about with its due moment, article and extensions.

    `unwatched`: why the program starts no clock for it; empty where it does.
    """

    rule: DeadlineRule
    limit: Limit
    started_at: datetime
    due: Due
    basis: CitedArticle
    extensions: tuple[Extension, ...] = ()
    pauses: tuple[JudgedPause, ...] = ()
    unwatched: str = ""


def answer_due(question: Question, rules: Rulebook) -> Answer:
    """The due moment asked for, with its article and every day on the way.

    Raises BadQuestion for what is mistyped or left out, NoLimit where the rule was not in force,
    BeyondCalendar where the calendar does not reach.
    """
    rule_id = _rule_id(question, rules)
    rule = rules.deadlines[rule_id]
    started_at = _moment(question.start, "起算时间")
    rules.calendar.require(started_at.date())
    until = _moment(question.until, "届满日期").date() if question.until else None
    try:
        limit = limit_in_force(rule_id, rule, started_at.date(), until)
    except NoFigure as error:
        raise BadQuestion(str(error), "until") from error
    pauses = tuple(_pause(one, rules) for one in question.pauses)
    grounds = grounds_of(rule_id, rules)
    if pauses and not grounds:
        why = "条文和办理流程都没有规定暂停、扣除的事由，不能暂停计算"
        raise BadQuestion(f"{rule.label}：{why}（{rules.cite(limit.basis)}）")
    extensions = _extensions(question, rule)
    moment = compute(limit, started_at, rules.calendar, pauses, extensions)
    told = tuple(judge_pauses(pauses, limit, moment, grounds))
    basis = rules.citations[limit.basis]
    unwatched = unwatched_limits(rules).get(rule_id, "")
    return Answer(rule, limit, started_at, moment, basis, extensions, told, unwatched)


def as_record(answer: Answer) -> dict[str, object]:
    """The answer for other programs; moments are ISO 8601 with offset."""
    basis = asdict(answer.basis)
    return {
        "rule": answer.limit.rule,
        "due": answer.due.at.isoformat(),
        "breach": answer.due.breach_at.isoformat(),
        "provisional": answer.due.provisional,
        "unwatched": answer.unwatched,
        "basis": {
            key: basis[key] for key in ("id", "title", "number", "article", "says", "evidence")
        },
        "pauses": [
            {
                "start": one.pause.start.isoformat(),
                "end": one.pause.end.isoformat() if one.pause.end else None,
                "reason": one.pause.reason,
                "counted": one.counts,
                "why": one.why,
            }
            for one in answer.pauses
        ],
        "days": [
            {"date": line.day.isoformat(), "counted": line.counted, "why": line.why}
            for line in answer.due.days
        ],
    }


def _rule_id(question: Question, rules: Rulebook) -> str:
    asked = question.rule.strip()
    if question.region is not None:
        asked = _of_region(asked, question.region, rules)
    if asked in rules.deadlines:
        return asked
    named = [key for key, rule in rules.deadlines.items() if rule.label == asked]
    if len(named) == 1:
        return named[0]
    raise BadQuestion(f"没有编号为“{asked}”的期限。{_similar(asked, rules.deadlines)}")


def _of_region(asked: str, region: str, rules: Rulebook) -> str:
    pack = rules.regions.get(region)
    if pack is None:
        raise BadQuestion(f"没有地区“{region}”，现有：{'、'.join(rules.regions)}")
    clocks = {"reply": pack.reply_clock, "return": pack.return_clock}
    if asked not in clocks:
        return asked
    clock = clocks[asked]
    if clock is None:
        raise BadQuestion(f"{pack.label}没有规定该期限（{asked}），须由本级约定后写入地区配置")
    return clock


def _similar(asked: str, deadlines: Mapping[str, DeadlineRule]) -> str:
    by_id = get_close_matches(asked.lower(), deadlines, n=3, cutoff=0.5)
    by_label = [key for key, rule in deadlines.items() if asked and asked in rule.label]
    found = list(dict.fromkeys([*by_id, *by_label]))[:5]
    if not found:
        return "期限编号见规则库「时限」"
    return "相近的有：" + "、".join(f"{key}（{deadlines[key].label}）" for key in found)


def _moment(text: str, what: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=SHANGHAI) if moment.tzinfo is None else at_shanghai(moment)
    except (ValueError, OverflowError) as error:
        raise BadQuestion(
            f"{what}“{text}”不是有效的日期：应写作 2026-09-25 或 2026-09-25T10:00"
        ) from error


def _pause(text: str, rules: Rulebook) -> Pause:
    span, _, reason = text.partition("=")
    begin, dots, end = span.partition("..")
    if not dots:
        raise BadQuestion(f"暂停“{text}”应写作 A..B，如 2026-10-12..2026-10-16=检验")
    start, until = _moment(begin, "暂停开始时间"), _moment(end, "恢复计算时间")
    if until < start:
        raise BadQuestion(f"暂停“{text}”的恢复时间早于开始时间，应写作 A..B，A 不晚于 B")
    for moment in (start, until):
        rules.calendar.require(moment.date())
    return Pause(start, until, reason.strip() or UNNAMED)


def _extensions(question: Question, rule: DeadlineRule) -> tuple[Extension, ...]:
    times = question.extend or (1 if question.extend_by else 0)
    if times and not rule.extensions:
        raise BadQuestion(f"{rule.label}：条文未规定可以延长")
    granted: list[Extension] = []
    for _ in range(times):
        try:
            granted.append(next_extension(rule, granted, None, question.extend_by))
        except NoFigure as error:
            raise BadQuestion(str(error), "extend_by") from error
    return tuple(granted)
