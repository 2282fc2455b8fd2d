"""The calculator of due dates as a form: what was asked, and the answer or what is wrong."""

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from domain.calendar.working_days import BeyondCalendar
from domain.limits.due_moment import NoLimit
from domain.lookup.due_question import Answer, BadQuestion, Question, answer_due
from domain.rulebook.rulebook import Rulebook

PAUSES = 3
LONGEST = 60


@dataclass(frozen=True)
class AskedPause:
    """A pause as typed."""

    begin: str = ""
    end: str = ""
    reason: str = ""

    @property
    def is_told(self) -> bool:
        """Whether anything was typed."""
        return bool(self.begin or self.end)


@dataclass(frozen=True)
class TypedQuestion:
    """The form as typed."""

    rule: str = ""
    region: str = ""
    start: str = ""
    pauses: tuple[AskedPause, ...] = (AskedPause(),) * PAUSES
    extend: str = ""
    extend_by: str = ""
    until: str = ""


@dataclass(frozen=True)
class Calculated:
    """The answer, or the complaint in its place."""

    answer: Answer | None
    complaint: str = ""


def typed_question(sent: QueryParams, rule: str = "") -> TypedQuestion:
    """The form that an address carries; the rule is given on a limit's own page."""

    def text(name: str) -> str:
        return sent.get(name, "").strip()[:LONGEST]

    pauses = tuple(
        AskedPause(text(f"from{place}"), text(f"to{place}"), text(f"why{place}"))
        for place in range(PAUSES)
    )
    return TypedQuestion(
        rule=rule or text("rule"),
        region="" if rule else text("region"),
        start=text("start"),
        pauses=pauses,
        extend=text("extend"),
        extend_by=text("extend_by"),
        until=text("until"),
    )


def calculate(form: TypedQuestion, rules: Rulebook) -> Calculated:
    """The due date with every day on the way, or what would be right."""
    try:
        question = _question(form)
        return Calculated(answer_due(question, rules))
    except (BadQuestion, BeyondCalendar, NoLimit) as problem:
        return Calculated(None, f"{problem}{_where(problem)}")


def _question(form: TypedQuestion) -> Question:
    return Question(
        rule=form.rule,
        start=form.start,
        region=form.region or None,
        pauses=tuple(f"{one.begin}..{one.end}={one.reason}" for one in form.pauses if one.is_told),
        extend=_figure(form.extend, "延长次数", most=9),
        extend_by=_figure(form.extend_by, "批准延长的数字", most=3650) or None,
        until=form.until or None,
    )


def _figure(text: str, what: str, most: int) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and int(text) <= most):
        raise BadQuestion(f"{what}“{text}”应为不大于{most}的整数")
    return int(text)


def _where(problem: Exception) -> str:
    """The field of the form that is to be filled in."""
    fields = {"until": "文书载明的届满日期", "extend_by": "批准延长的数字"}
    unstated = problem.unstated if isinstance(problem, BadQuestion) else ""
    return f"。请填写「{fields[unstated]}」" if unstated in fields else ""
