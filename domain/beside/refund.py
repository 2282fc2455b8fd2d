"""What was charged too much is paid back before a penalty: told, ordered, and waited for.

程序规定第五十七条第一款, 第五十九条, 第六十四条第二款: the sum is told with the penalty; once the
party was heard and before the decision it is ordered to refund within a time, which does not count.
"""

from decimal import Decimal

from domain.files.article_words import names_an_article
from domain.guards.registry import day_of, guard
from domain.situation.situation import Situation
from domain.situation.sums import in_yuan


@guard
def refund_rests_on_an_article(s: Situation) -> str | None:
    """A refund is told with its sum and the article that asks for it, both or neither."""
    told, ground = in_yuan(s.form.get("planned_refund")), s.text("refund_ground")
    if told <= 0 and not ground:
        return None
    if told <= 0:
        return "填写了责令退款的依据，请填写「拟责令退还多收价款的数额」"
    if names_an_article(ground):
        return None
    return (
        "拟责令退还多收价款的，请在「责令退款的依据」写明要求退还的法律、法规和条款，"
        "如《价格违法行为行政处罚规定》第十六条"
    )


@guard
def refund_was_told(s: Situation) -> str | None:
    """Nothing is ordered that the notice did not tell."""
    if _told(s) > 0:
        return None
    return (
        "告知书没有告知拟责令退还的数额，不能责令退款：请先办理「处罚告知」，"
        "填写「拟责令退还多收价款的数额」，重新告知并听取意见"
    )


@guard
def refund_is_no_more_than_told(s: Situation) -> str | None:
    """The order asks for what was told, or for less."""
    ordered, told = in_yuan(s.form.get("refund_sum")), _told(s)
    if 0 < ordered <= told:
        return None
    return f"责令退还{ordered:,.2f}元，告知的是{told:,.2f}元：应当大于0元，多于告知的须重新告知"


@guard
def refund_was_ordered_and_ran(s: Situation) -> str | None:
    """No penalty before the refund that was told is ordered, and made or its time is over."""
    if _told(s) <= 0:
        return None
    facts = s.process.facts
    until = day_of(facts.get("refund_until"))
    if until is None:
        return (
            "已告知拟责令退还多收价款，应当在作出处罚决定之前发出责令退款通知书："
            "请先办理「责令退还多收价款」"
        )
    if facts.get("refunded_on") or s.today > until:
        return None
    return (
        f"责令退款的期限至{until:%Y年%-m月%-d日}，尚未届满：当事人已经退还的，"
        "先办理「登记退款情况」；期满再作决定"
    )


@guard
def refund_is_awaited(s: Situation) -> str | None:
    """A refund is entered after its order."""
    if s.process.facts.get("refund_until"):
        return None
    return "没有责令退还多收价款，不需要登记退款情况"


@guard
def refund_is_within_its_sum(s: Situation) -> str | None:
    """The party pays back what was ordered, at most."""
    ordered, paid = in_yuan(s.process.facts.get("refund_sum")), in_yuan(s.form.get("refunded"))
    if paid <= ordered:
        return None
    return f"退还{paid:,.2f}元，多于责令退还的{ordered:,.2f}元，请核对"


def _told(s: Situation) -> Decimal:
    return in_yuan(s.process.facts.get("planned_refund"))
