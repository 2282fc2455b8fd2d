"""Guards of the right to a hearing before a penalty: all six items of 行政处罚法第六十三条.

Sums are held against the floor of the organ. An organ whose floor nobody entered offers a hearing
with every fine and confiscation, or enters its figure first: no other organ's figure is borrowed.
"""

from decimal import Decimal

from domain.guards.conditions import lead_is_market
from domain.guards.registry import guard
from domain.penalties.party_capacity import code_is_missing, is_unit
from domain.situation.organ import HearingFloor, hearing_floor_of
from domain.situation.penalty import DECIDED, PLANNED, Penalty, penalty_of
from domain.situation.situation import Situation

OFFER = "请在处罚告知书中告知听证权"


def penalty_at_hand(s: Situation) -> Penalty:
    """The penalty of the form that is filled in: a notice's or a decision's."""
    noticing = PLANNED.kinds in s.form or PLANNED.fine in s.form
    return penalty_of(s.form, PLANNED if noticing else DECIDED)


@guard
def heavy_kinds_offer_hearing(s: Situation) -> str | None:
    """Lowering a grade, revoking, suspending, closing and barring always offer a hearing."""
    kinds = s.law.penalties
    heavy = [kinds[one].label for one in penalty_at_hand(s).kinds if kinds[one].hearing == "always"]
    if not heavy or _is_offered(s):
        return None
    return f"给予{'、'.join(heavy)}的，应当告知要求听证的权利，{OFFER}"


@guard
def judged_kinds_offer_hearing(s: Situation) -> str | None:
    """Whether another penalty counts as heavy is the organ's judgement, with its reason."""
    kinds = s.law.penalties
    open_ = [kinds[one].label for one in penalty_at_hand(s).kinds if kinds[one].hearing == "judged"]
    # A new notice gives its own reason: that of the one before was about another penalty.
    told = s.names("planned_kinds")
    reason = s.text("no_hearing_ground") if told else s.process.facts.get("no_hearing_ground")
    if not open_ or _is_offered(s) or reason:
        return None
    return (
        f"{'、'.join(open_)}可能属于其他较重的行政处罚或者法律、法规、规章规定应当听证的情形，"
        f"{OFFER}；不属于的，请在告知时填写「不告知听证的理由」"
    )


@guard
def market_sums_offer_hearing(s: Situation) -> str | None:
    """A market regulator offers a hearing from the sums of its own rules on."""
    return _objection(s) if lead_is_market(s) else None


@guard
def other_sums_offer_hearing(s: Situation) -> str | None:
    """Another organ does so from the sums that were entered for it; with any sum, if none were."""
    return None if lead_is_market(s) else _objection(s)


def hearing_is_due(s: Situation, penalty: Penalty) -> bool:
    """Whether a penalty of this organ gives this party a right to a hearing by itself."""
    if any(s.law.penalties[one].hearing == "always" for one in penalty.kinds):
        return True
    largest = max(penalty.fine, penalty.taken)
    floor = floor_of(s)
    return largest > 0 and (floor is None or largest >= floor.of(unit=is_unit(s)))


def floor_of(s: Situation) -> HearingFloor | None:
    """The floors of the organ that holds the case."""
    return hearing_floor_of(s.law, s.process.department, s.today)


def _objection(s: Situation) -> str | None:
    penalty = penalty_at_hand(s)
    largest = max(penalty.fine, penalty.taken)
    if largest <= 0 or _is_offered(s):
        return None
    floor = floor_of(s)
    if floor is None:
        return (
            "没有登记本机关应当告知听证权的罚款、没收数额，不能认定为数额较小："
            f"{OFFER}，或者先由管理员在「管理·部门」中登记数额和所依据的规定"
        )
    limit = floor.of(unit=is_unit(s))
    if largest < limit:
        return None
    return _over(penalty, limit, unit=is_unit(s), source=floor.source) + code_is_missing(s)


def _over(penalty: Penalty, limit: Decimal, *, unit: bool, source: str) -> str:
    party = "法人或者其他组织" if unit else "自然人（含个体工商户）"
    sums = {"罚款": penalty.fine, "没收违法所得和非法财物": penalty.taken}
    named = "、".join(f"拟{what}{sum_:,.2f}元" for what, sum_ in sums.items() if sum_ >= limit)
    rule = f"（{source}）" if source else ""
    return (
        f"对{party}罚款、没收{limit:,.0f}元以上的，应当告知要求听证的权利{rule}；{named}，{OFFER}"
    )


def _is_offered(s: Situation) -> bool:
    return (s.text("notice_right") or s.process.facts.get("notice_right")) == "hearing"
