"""When the papers and the discussion before a decision were made: nothing precedes what it tells.

A notice or demand is made by the step that issues it. What was handed over on paper on an earlier
day has a number and a day of its own (行政处罚法第四十四条、第五十七条, 行政强制法第五十四条).
"""

from datetime import date, datetime

from domain.guards.registry import day_of, guard, moment_of
from domain.penalties.hearing import days_to_speak_end
from domain.penalties.payment import payment_clock
from domain.penalties.service import NOTICE
from domain.situation.situation import CHINA, Situation


@guard
def notice_was_made_before_its_service(s: Situation) -> str | None:
    """A notice that is served on an earlier day was made on paper by then, and after the last."""
    found = _unmade(s, "notice", "告知书")
    last = day_of(s.process.facts.get("noticed_at"))
    made = day_of(s.form.get("notice_paper_on"))
    if found or made is None or last is None or made >= last:
        return found
    return f"纸质告知书的制发日期早于上一次告知（{_words(last)}），不是本次告知的文书"


@guard
def demand_was_made_before_its_service(s: Situation) -> str | None:
    """A demand that is served on an earlier day was made on paper by then, after the limit."""
    found = _unmade(s, "demand", "催告书")
    made, clock = day_of(s.form.get("demand_paper_on")), payment_clock(s)
    if found or made is None or clock is None or s.process.facts.get("payment_plan"):
        return found
    due = clock.breach_at.astimezone(CHINA).date()
    if made > due:
        return None
    return f"缴款期限{_words(due)}才届满，纸质催告书的制发日期不能早于其次日"


def _unmade(s: Situation, paper: str, called: str) -> str | None:
    served = moment_of(s.form.get(f"{paper}_served_on"))
    if served is None or served.date() >= s.today:
        return None
    made = day_of(s.form.get(f"{paper}_paper_on"))
    if made is None or not s.text(f"{paper}_paper_no"):
        return (
            f"{called}在本次办理时才制发，送达时间（{_words(served.date())}）不能早于今天；以前已经"
            f"制发纸质{called}并送达的，请填写「纸质{called}文号」「纸质{called}制发日期」，"
            f"尚未送达的不填，送达后办理「登记{called}送达」"
        )
    if made > served.date():
        return (
            f"纸质{called}的制发日期（{_words(made)}）不能晚于送达时间（{_words(served.date())}）"
        )
    return None


@guard
def discussion_follows_the_hearing(s: Situation) -> str | None:
    """After a hearing the case is discussed on its record, not before it was held."""
    facts = s.process.facts
    held = moment_of(facts.get("hearing_at")) if facts.get("hearing_held") else None
    discussed = moment_of(s.form.get("discussed_on"))
    if held is None or discussed is None or discussed >= held:
        return None
    return (
        f"集体讨论应当在听证（{_words(held.date())}）之后进行，根据听证笔录决定；"
        "听证以前的讨论不能代替，请另行讨论"
    )


@guard
def party_was_heard_or_is_silent(s: Situation) -> str | None:
    """The heads decide together once the party was heard, or its days to speak are over.

    第五十七条第二款 has the discussion decide; 第六十二条 lets nobody decide before the party was
    heard, and it waives its statement by silence only with the last of its days.
    """
    if s.process.state != "noticed":
        return None
    if s.process.facts.get("noticed_at") and not s.process.facts.get(NOTICE.day):
        return (
            "告知书尚未送达，当事人还没有陈述申辩的机会：请先办理「登记告知书送达」，"
            "听取陈述申辩或者期满以后讨论决定"
        )
    return _too_early(s, s.now)


@guard
def party_was_heard_on_its_refund(s: Situation) -> str | None:
    """The order to refund comes after the party was heard, or its days are over (程序规定59)."""
    if party_was_heard_or_is_silent(s) is None:
        return None
    return (
        "责令退款通知书应当在听取当事人意见之后发出：当事人陈述申辩、要求听证的期限届满以后，"
        "或者当事人已经陈述申辩（并且没有听证权利或者书面放弃听证）、听证已经举行的再办理"
    )


@guard
def discussion_follows_the_statement(s: Situation) -> str | None:
    """A discussion entered later was not held before the party's days were over either."""
    discussed = moment_of(s.form.get("discussed_on"))
    if s.process.state != "noticed" or discussed is None or _too_early(s, s.now):
        return None
    return _too_early(s, discussed)


def _too_early(s: Situation, then: datetime) -> str | None:
    facts, ends = s.process.facts, days_to_speak_end(s)
    asks_hearing = facts.get("notice_right") == "hearing" and not facts.get("hearing_waived")
    if ends is None or then > ends or (facts.get("statement") and not asks_hearing):
        return None
    last = ends.astimezone(CHINA).date()
    return (
        f"当事人陈述申辩、要求听证的期限至{_words(last)}，期限届满以前的讨论还没有听取当事人意见，"
        "不能作为集体讨论决定：请在期满以后讨论；当事人已经陈述申辩、书面放弃听证的，"
        "先办理「记录陈述申辩」"
    )


def _words(day: date) -> str:
    return f"{day:%Y年%-m月%-d日}"
