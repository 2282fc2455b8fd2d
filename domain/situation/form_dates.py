"""The days and moments of a form held against time: what is recorded can have happened."""

from collections.abc import Mapping
from datetime import date, datetime, time

from domain.shapes.lifecycles import FormField
from domain.situation.situation import CHINA, Situation

DATED = ("date", "datetime")
EVENTS: Mapping[str, str] = {
    "@opened": "程序启动时间",
    "@received": "收到线索的时间",
    "decided_at": "决定时间",
    "approved_at": "批准时间",
    "sent_at": "移送监察机关的时间",
    "supervision_asked_at": "建议立案监督的时间",
    "hearing_set_at": "发出听证通知的时间",
    "reviewed_at": "审核通过的时间",
    "noticed_at": "制发告知书的时间",
    "urged_at": "制发催告书的时间",
    "court_asked_at": "申请法院强制执行的时间",
}
"""What a field may follow besides another field: by name, with its Chinese."""


def date_complaints(fields: Mapping[str, FormField], s: Situation) -> list[str]:
    """All complaints in Chinese about days that cannot be, each with its field and what would do.

    The situation bears the form as read. What a day has to follow and is not on record – a fact
    that an earlier table did not ask for – sets no bound.
    """
    return [
        f"「{field.label}」{complaint}"
        for name, field in fields.items()
        if field.type in DATED and s.form.get(name)
        for complaint in _complaints(field, str(s.form[name]), s)
    ]


def _complaints(field: FormField, value: str, s: Situation) -> list[str]:
    is_day = field.type == "date"
    found = []
    if field.past and _moment(value) > s.now:
        found.append("不能晚于今天" if is_day else "不能晚于现在")
    if field.ahead and _moment(value).date() < s.today:
        found.append(f"不能早于今天（{s.today:%Y年%-m月%-d日}）")
    bound = _bound(field.not_before, s) if field.not_before else None
    if bound is not None and _is_before(value, bound):
        found.append(f"不能早于{label_of(field.not_before or '', s)}（{_in_words(bound)}）")
    return found


def _bound(name: str, s: Situation) -> str | None:
    """What a field has to follow, as ISO text."""
    if name == "@opened":
        return s.process.opened_at.astimezone(CHINA).isoformat() if s.process.opened_at else None
    if name == "@received":
        return s.subject.received_at.astimezone(CHINA).isoformat() if s.clue else None
    found = s.form.get(name) or s.process.facts.get(name)
    return str(found) if found else None


def label_of(name: str, s: Situation) -> str:
    """What a field has to follow, in Chinese."""
    forms = (one.form for one in s.law.lifecycles[s.process.kind].actions.values())
    labels = [form[name].label for form in forms if name in form]
    return EVENTS[name] if name in EVENTS else labels[0]


def _is_before(value: str, bound: str) -> bool:
    # Forms know minutes only, and some facts a day only: the coarser of the two decides.
    if "T" in value and "T" in bound:
        return _moment(value) < _moment(bound).replace(second=0, microsecond=0)
    return _moment(value).date() < _moment(bound).date()


def _moment(text: str) -> datetime:
    if "T" not in text:
        return datetime.combine(date.fromisoformat(text), time(), CHINA)
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=CHINA) if found.tzinfo is None else found.astimezone(CHINA)


def _in_words(bound: str) -> str:
    moment = _moment(bound)
    day = f"{moment:%Y年%-m月%-d日}"
    return f"{day}{moment:%-H时%M分}" if "T" in bound else day
