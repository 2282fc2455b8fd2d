"""Where a case was with police and procuratorate, and what gave it back to the organ."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from documents.facts.makers import Known, day_of, department_name
from documents.facts.paper import Paper
from documents.values.filters import cn_date
from domain.guards.registry import moment_of
from domain.situation.situation import ProcessView


class _Event(NamedTuple):
    """A day of the course, what happened, and whether it gave the case back to the organ."""

    day: date
    what: str
    gave_back: bool = False


_STEPS: tuple[tuple[str, str, str, bool], ...] = (
    ("filed_on", "{police}决定立案侦查", "filing_no", False),
    ("refusal_notice_at", "本机关收到{police}的不予立案通知书", "refusal_no", True),
    ("uphold_notice_at", "本机关收到{police}维持不予立案的复议决定", "", True),
    ("supervision_asked_at", "本机关建议人民检察院进行立案监督", "", False),
    ("order_received_at", "人民检察院通知公安机关立案", "order_no", False),
    ("notified_at", "人民检察院告知不立案理由成立", "", True),
    ("notice_at", "{police}通知本案不属于公安机关管辖", "notice_no", True),
    ("cancelled_on", "{police}撤销案件", "", True),
    ("opinion_received_at", "本机关收到人民检察院的检察意见书", "opinion_no", True),
)
"""By the field that holds its day: an event of a referral, its number, whether it gave back."""


def with_justice(paper: Paper) -> str | None:
    """Where the case was with police and procuratorate, and on which paper it was taken up again.

    A fine after a referral is 以罚代刑 to whoever reads a file that does not say this.
    """
    case = paper.situation.process
    events = sorted(_of_referrals(paper, case), key=lambda one: one.day)
    if not events:
        return None
    told = "；".join(f"{cn_date(one.day)}，{one.what}" for one in events)
    again = "此后，本机关依法继续办理本案。" if events[-1].gave_back else ""
    return f"本案因涉嫌犯罪移送公安机关：{told}。{again}"


def _of_referrals(paper: Paper, case: ProcessView) -> Iterator[_Event]:
    ours = [one for one in paper.situation.of_kind("referral") if one.department == case.department]
    sent = [event for one in ours for event in _of_referral(paper, one)]
    yield from sent
    if sent:
        yield from _of_justice(paper)


def _of_referral(paper: Paper, referral: ProcessView) -> Iterator[_Event]:
    known, police = referral.facts, department_name(paper, referral.counterpart) or "公安机关"
    sent = day_of(known.get("delivered_at"))
    if sent is None:
        return
    letter = next(
        (
            one
            for one in reversed(paper.issued)
            if one.kind == "crime_transfer" and one.process == ("referral", referral.id)
        ),
        None,
    )
    by = f"以《{letter.title}》（{letter.number}）" if letter else ""
    yield _Event(sent, f"本机关{by}将案件移送{police}")
    for name, what, number, gave_back in _STEPS:
        if day := _day(known.get(name)):
            told = what.format(police=police) + _number(known, number)
            yield _Event(day, told, gave_back)


def _of_justice(paper: Paper) -> Iterator[_Event]:
    """Papers of police, procuratorate or court that were registered beside the referral."""
    forms = paper.rules.lifecycles["justice_paper"].actions
    kinds = {
        key: label
        for action in ("register", "register_opinion")
        for key, label in forms[action].form["paper_kind"].options.items()
    }
    for one in paper.situation.of_kind("justice_paper"):
        if day := _day(one.facts.get("paper_received_at")):
            kind = kinds.get(str(one.facts.get("paper_kind")), "来文")
            organ = one.facts.get("paper_organ") or "司法机关"
            number = _number(one.facts, "paper_no")
            yield _Event(day, f"本机关收到{organ}的来文（{kind}）{number}", gave_back=True)


def _number(known: Known, name: str) -> str:
    number = str(known.get(name) or "") if name else ""
    return f"（{number}）" if number else ""


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not value:
        return None
    return date.fromisoformat(value) if len(value) == 10 else day_of(moment_of(value))
