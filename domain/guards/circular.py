"""Guards and conditions of circulars: to whom, until when, and when all is done."""

from collections.abc import Mapping
from datetime import date, timedelta

from domain.guards.registry import condition, day_of, guard, selection
from domain.situation.situation import Situation

LONGEST = timedelta(days=366)
"""No answer is asked for later than this: a slip of the pen in the year is told (本级约定)."""


@guard
def addressees_are_others(s: Situation) -> str | None:
    """A circular is for other departments than the one it comes from."""
    return "收件部门不能是本部门" if s.actor.department in s.names("addressees") else None


@guard
def answer_day_is_stated(s: Situation) -> str | None:
    """An answer is asked for by a day, and a day is only set for an answer."""
    if bool(s.form.get("answer_asked")) == bool(s.text("answer_due")):
        return None
    if s.text("answer_due"):
        return "填写了反馈期限而没有勾选「要求反馈」，请勾选或者删去期限"
    return "要求反馈的，请填写反馈期限"


@guard
def answer_day_is_ahead(s: Situation) -> str | None:
    """The day by which an answer is asked for lies ahead, and within a year."""
    day = day_of(s.form.get("answer_due"))
    # A day that is over is refused by its field.
    return None if day and day < s.today else _against(day, s.today)


@guard
def stated_answer_day_is_ahead(s: Situation) -> str | None:
    """The day that the draft states still lies ahead when it is issued."""
    found = _against(day_of(s.process.facts.get("answer_due")), s.today)
    return f"{found}，请先修改拟稿" if found else None


@guard
def addressees_still_serve(s: Situation) -> str | None:
    """No department that the draft is addressed to was closed meanwhile."""
    closed = [
        one.name
        for one in (s.department(key) for key in addressees_of(s.process.facts))
        if one and one.closed
    ]
    if not closed:
        return None
    return f"收件部门中{'、'.join(closed)}已停用，请先修改拟稿，改选承接其职责的部门"


def addressees_of(facts: Mapping[str, object]) -> tuple[str, ...]:
    """The departments that a circular is addressed to, by id."""
    named = facts.get("addressees")
    return tuple(str(one) for one in named) if isinstance(named, list | tuple) else ()


def _against(day: date | None, today: date) -> str | None:
    if day is None:
        return None
    if day <= today:
        return "反馈期限应当晚于今天"
    return "反馈期限不能晚于一年之后，请核对年份" if day - today > LONGEST else None


@condition
def asks_an_answer(s: Situation) -> bool:
    """The circular asks its addressees for an answer."""
    return bool(s.process.facts.get("answer_asked"))


@condition
def asks_no_answer(s: Situation) -> bool:
    """The circular is only to be signed for."""
    return not asks_an_answer(s)


@condition
def no_other_receipt_is_open(s: Situation) -> bool:
    """Every other addressee has done what was asked of him."""
    return all(one.id == s.process.id for one in s.open_of_kind("circular_receipt"))


@selection
def open_receipts(s: Situation) -> tuple[int, ...]:
    """The receipts of addressees who have not done yet what was asked of them."""
    return tuple(one.id for one in s.open_of_kind("circular_receipt"))
