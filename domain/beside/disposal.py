"""Seized goods that cannot be kept are disposed of early, and what came in for them has an end.

程序规定第四十一条第三款, 第四十二条第二款; 行政强制法第二十八条第二款. Goods that nobody fetches
after their release go to the treasury once they were announced (程序规定第四十二条第三款).
"""

from domain.guards.conditions import lead_is_market
from domain.guards.measure import goods_in, held_now
from domain.guards.outcome import goods_are_confiscated
from domain.guards.registry import day_of, guard
from domain.situation.situation import CHINA, Situation
from domain.situation.sums import fact_in_yuan, in_yuan

DISPOSAL = "early_disposal"
GOODS = "disposal_goods"
AUCTIONED = "auctioned"


@guard
def goods_are_in_custody(s: Situation) -> str | None:
    """Only what is sealed or detained is disposed of early."""
    if held_now(s, "seized_goods"):
        return None
    return "没有正在查封、扣押的物品，不存在先行处置"


@guard
def goods_are_not_taken_for_good(s: Situation) -> str | None:
    """Early is before the goods are confiscated; afterwards they are disposed of as confiscated."""
    if goods_are_confiscated(s) is not None:
        return None
    return "处罚决定已经没收，物品按罚没财物处理，不再先行处置"


@guard
def disposed_goods_are_in_custody(s: Situation) -> str | None:
    """The list names goods that are held, by the name and specification of the measure's list."""
    strangers = goods_in(s.form.get(GOODS)) - held_now(s, "seized_goods")
    if not strangers:
        return None
    return f"{'、'.join(sorted(strangers))}不在查封扣押的物品中，名称、规格请与查封扣押清单一致"


@guard
def owner_has_spoken(s: Situation) -> str | None:
    """The owner agreed, or asked for it himself, on a day that is told."""
    missing = [
        label
        for name, label in (
            ("goods_owner", "物品的权利人"),
            ("owner_spoke_on", "同意、申请的日期"),
        )
        if not s.form.get(name)
    ]
    if not missing:
        return None
    told = "、".join(f"「{one}」" for one in missing)
    return f"先行处置须经权利人同意或者申请，请填写{told}；权利人不明确的，先办理「公告寻找权利人」"


@guard
def other_organs_name_their_rule(s: Situation) -> str | None:
    """Beyond market regulation no rule was seen that says how; the organ names its own."""
    if lead_is_market(s) or s.text("disposal_rule"):
        return None
    return (
        "市场监管以外的机关先行处置查封扣押的物品，请在「先行处置的依据」写明本机关适用的法律、法规、"
        "规章和条款（待法制核对）"
    )


@guard
def owner_was_sought(s: Situation) -> str | None:
    """The days of the announcement are over, and nobody came."""
    until = day_of(s.process.facts.get("sought_until"))
    if until is None or s.today > until:
        return None
    return (
        f"公告至{until:%Y年%-m月%-d日}届满，期满仍没有权利人同意、申请的才可以报批；"
        "有权利人同意、申请的，办理「登记权利人同意、申请」"
    )


@guard
def proceeds_have_their_receipt(s: Situation) -> str | None:
    """What came in is managed as cash of the case: it has a receipt."""
    if in_yuan(s.form.get("proceeds")) <= 0 or s.text("proceeds_no"):
        return None
    return "有所得款项的，请填写「所得款项入账凭证号」（所得款项按照涉案现金管理）"


@guard
def proceeds_end_as_the_case_does(s: Situation) -> str | None:
    """Proceeds are confiscated by a decision, go with a referral, or are returned."""
    proceeds, end = fact_in_yuan(s, "proceeds"), s.text("proceeds_end")
    if (end == "none") == (proceeds > 0):
        told = f"所得款项为{proceeds:,.2f}元"
        return f"{told}，与「所得款项的处理」不一致"
    against = goods_are_confiscated(s)
    if end == "confiscated" and against:
        return "没有没收非法财物的处罚决定，所得款项不能上缴；依法应当解除的，退还当事人"
    if end == "returned" and against is None:
        return "处罚决定已经没收该物品，所得款项应当上缴，不退还当事人"
    if end == "handed" and not any(one.facts.get("delivered_at") for one in s.of_kind("referral")):
        return "案件没有移送公安机关，所得款项不能随案移送"
    return None


@guard
def no_disposal_is_left(s: Situation) -> str | None:
    """A case does not end while goods of it wait to be disposed of, or their proceeds lie there."""
    left = s.open_of_kind(DISPOSAL)
    if not left:
        return None
    states = s.law.lifecycles[DISPOSAL].states
    named = "、".join(dict.fromkeys(states[one.state].label for one in left))
    return f"先行处置尚未办结（{named}），请先处理物品和所得款项"


# --- goods that nobody fetches -----------------------------------------------------------------


@guard
def goods_were_released(s: Situation) -> str | None:
    """What is to be fetched was released from its measure."""
    if {"seizure_release", "preservation_release"} & set(s.documents):
        return None
    return "本线索没有解除查封扣押、登记保存的文书；仍在查封扣押的，先办理解除"


@guard
def market_rule_binds(s: Situation) -> str | None:
    """程序规定 42③ binds market regulators; of others no rule was seen."""
    if lead_is_market(s):
        return None
    return (
        "公告领取、上缴国库的规定见《市场监督管理行政处罚程序规定》，只适用于市场监管部门；"
        "其他机关依照本机关的规定办理，在线下登记"
    )


@guard
def days_to_fetch_are_over(s: Situation) -> str | None:
    """Nobody's goods go to the treasury before the days of the announcement are over."""
    clock = s.clock("cx42_claim")
    if clock is None or s.now > clock.due_at:
        return None
    due = clock.due_at.astimezone(CHINA)
    return f"公告期至{due:%Y年%-m月%-d日}届满，期满仍无人领取的才能上缴国库"


@guard
def surrender_is_receipted(s: Situation) -> str | None:
    """What an auction brought is told with its sum."""
    if s.text("surrender_way") != AUCTIONED or in_yuan(s.form.get("surrendered")) > 0:
        return None
    return "依法拍卖的，请填写「拍卖所得款项」"
