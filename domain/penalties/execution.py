"""How the enforcement of a decision ends without being carried out: rulings of courts, nobody left.

行政强制法第四十条 has the grounds on which it is ended, 第五十六条 to 第五十八条 what a court rules
on the organ's application, and the fifteen days in which it may turn to the higher court.
"""

from domain.guards.conditions import owes_money
from domain.guards.registry import condition, day_of, guard
from domain.penalties.party_capacity import is_called_unit, is_unit
from domain.situation.situation import CHINA, Situation

REFUSALS = frozenset({"refused", "not_taken"})
"""Rulings against the organ, about which a higher court may be asked (强制法56②, 58③)."""
UPPER = "qz58"
"""The limit in which it may be asked."""
BY_COURT = {"court_ended": "ended", "court_refused": "refused", "court_not_taken": "not_taken"}
"""Grounds that rest on a ruling, with the ruling."""
GONE = {"no_heir": False, "dissolved": True}
"""Grounds of a party that is gone: whether the party was a unit."""


@guard
def court_was_asked(s: Situation) -> str | None:
    """A court rules on what it was asked."""
    if s.process.facts.get("court_asked_at"):
        return None
    return "还没有申请人民法院强制执行，请先由机关负责人办理「申请法院强制执行」"


@condition
def ruling_may_be_reconsidered(s: Situation) -> bool:
    """A ruling against the organ was not yet brought before the higher court."""
    return s.text("ruling_kind") in REFUSALS and not s.process.facts.get("upper_asked_on")


@guard
def upper_court_may_be_asked(s: Situation) -> str | None:
    """The higher court is asked about a ruling against the organ."""
    if s.clock(UPPER):
        return None
    return "没有可以申请复议的不予受理、不准予强制执行裁定，请先「登记法院执行裁定」"


@guard
def upper_court_was_asked_in_time(s: Situation) -> str | None:
    """It was asked in the fifteen days, whenever that is entered."""
    clock, asked = s.clock(UPPER), day_of(s.form.get("upper_asked_on"))
    if clock is None or (asked or s.today) <= clock.breach_at.astimezone(CHINA).date():
        return None
    return (
        "自收到裁定之日起十五日内可以向上一级人民法院申请复议，期限已经届满；"
        "不予受理、不准予强制执行的，由机关负责人办理「终结执行」，决定有错误的另行撤销"
    )


@guard
def payment_is_still_taken(s: Situation) -> str | None:
    """What a party pays after its enforcement was ended is receipted like any other payment."""
    ended = s.process.facts.get("execution_ended_at")
    if s.process.state != "enforced" or (ended and owes_money(s)):
        return None
    return "处罚决定已经执行完毕，没有应当缴纳的罚没款"


@guard
def enforcement_end_is_grounded(s: Situation) -> str | None:
    """Enforcement ends by a court's ruling, or because nobody and nothing is left (强制法40)."""
    ground = s.text("execution_end")
    if ground in BY_COURT:
        return _ruled(s, ground)
    if not s.text("execution_end_evidence"):
        return "请填写「终结执行的证据」：如死亡证明、注销登记、清算和财产查询结果，写明名称和来源"
    if ground == "lost" and owes_money(s):
        return (
            "执行的是罚款、没收违法所得，金钱没有标的灭失；"
            "没有财产可供执行的，由人民法院裁定终结执行"
        )
    unit = is_unit(s) or is_called_unit(s)
    if ground not in GONE or GONE[ground] == unit:
        return None
    proper = "单位，应为法人、其他组织终止" if unit else "个人，应为公民死亡"
    return f"终结执行的情形与当事人不符：当事人是{proper}的情形"


def _ruled(s: Situation, ground: str) -> str | None:
    facts = s.process.facts
    if facts.get("ruling_kind") != BY_COURT[ground]:
        return "没有登记相应的人民法院裁定，请先由承办人办理「登记法院执行裁定」"
    clock = s.clock(UPPER)
    if ground == "court_ended" or clock is None or s.now > clock.breach_at:
        return None
    if s.text("not_reconsidered"):
        return None
    return (
        f"对不予受理、不准予强制执行的裁定可以在{clock.due_at:%Y年%-m月%-d日}之前向上一级人民法院申请复议："
        "申请的办理「对法院裁定申请复议」；不申请的，在「不申请复议的理由」写明"
    )
