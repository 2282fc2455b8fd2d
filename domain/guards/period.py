"""Guards of an organ's own periods, and of the order of approval and measure."""

from datetime import datetime, time

from domain.guards.conditions import has_case_to_move, lead_is_market, lead_is_not_market
from domain.guards.registry import condition, day_of, guard, moment_of
from domain.limits.due_moment import compute, limit_in_force
from domain.limits.organ_limits import is_seen
from domain.situation.situation import CHINA, ClockView, Situation

BY_STATUTE = "cf60"
"""The ninety days of 行政处罚法第六十条, which itself allows no extension."""


@guard
def extension_rests_on_a_rule(s: Situation) -> str | None:
    """An organ whose rules were not seen names the one that lets it extend, and by how much."""
    if all(one.rule != BY_STATUTE for one in s.clocks):
        return None
    missing = [] if s.text("extension_ground") else ["「延期依据」"]
    missing += [] if s.form.get("days") else ["延长天数"]
    if not missing:
        return None
    return (
        "九十日的办案期限，法律、法规、规章另有规定的才可以延长，"
        f"请由批准人填写{'和'.join(missing)}（本机关适用的规章和条款）"
    )


CASE_LIMITS = ("cx64", "cf60")


def decision_overdue(s: Situation) -> ClockView | None:
    """The limit of the case at hand, where it is past."""
    found = (s.clock(rule) for rule in CASE_LIMITS)
    return next((one for one in found if one is not None and s.now > one.breach_at), None)


def _has_limit(s: Situation) -> bool:
    return any(s.clock(rule) is not None for rule in CASE_LIMITS)


@condition
def market_case_lacks_its_limit(s: Situation) -> bool:
    """A market bureau's case is open and no limit of its own runs or pauses."""
    return lead_is_market(s) and not _has_limit(s)


@condition
def case_of_others_lacks_its_limit(s: Situation) -> bool:
    """Another organ's case is open and no limit of its own runs or pauses."""
    return lead_is_not_market(s) and not _has_limit(s)


@condition
def closing_limit_is_not_open(s: Situation) -> bool:
    """The days for the closing form do not run yet: a case has them once (程序规定77)."""
    return s.clock("cx77") is None


@guard
def late_decision_is_explained(s: Situation) -> str | None:
    """A decision after the limit of its case stays due, and says why it comes late (处罚法60)."""
    clock = decision_overdue(s)
    if clock is None or s.text("late_reason"):
        return None
    due = clock.breach_at.astimezone(CHINA)
    return (
        f"办案期限已于{due:%Y年%-m月%-d日}届满，仍应作出决定，但须在「超过办案期限作出决定的理由」"
        "写明为什么没有在期限内决定、没有依法延期；督办员收到消息"
    )


DISCUSSED = {
    "extension_discussed_on": "延期集体讨论时间",
    "extension_attendants": "延期集体讨论出席人员",
    "extension_discussion": "延期集体讨论情况",
    "extension_result": "延期集体讨论意见",
}


@guard
def suspension_has_its_ground(s: Situation) -> str | None:
    """A market regulator's case stands still on one of five grounds (程序规定46)."""
    if not lead_is_market(s) or s.text("suspend_ground"):
        return None
    return "中止调查须有法定情形，请选择「中止调查的情形」：中止的时间不计入办案期限"


@guard
def further_extension_was_discussed(s: Situation) -> str | None:
    """A market bureau that extends a second time has the record of its heads' discussion."""
    clock = s.clock("cx64")
    if clock is None or clock.rule != "cx64" or not clock.extensions:
        return None
    missing = [f"「{label}」" for name, label in DISCUSSED.items() if not s.text(name)]
    if not missing:
        return None
    return (
        "已经延长过一次，仍不能办结的由负责人集体讨论决定是否继续延期，并确定合理期限："
        f"请由主要负责人组织讨论后填写{'、'.join(missing)}"
    )


@condition
def extension_was_discussed(s: Situation) -> bool:
    """The heads discussed whether the case is extended further."""
    return bool(s.text("extension_discussion"))


@guard
def hearing_awaits_announcement(s: Situation) -> str | None:
    """An open hearing of a market bureau is announced three working days before it."""
    return None if s.clock("tz22") else "没有待公告的听证"


@guard
def measure_was_approved_before(s: Situation) -> str | None:
    """A measure that was taken before it is entered had its approval before (强制法18(一))."""
    taken, approved = moment_of(s.form.get("taken_at")), moment_of(s.form.get("prior_approved_at"))
    if taken is None:
        return None
    if approved is None or not s.text("prior_approval_no"):
        return (
            "填写了「实施时间」的，须写明「事前批准时间」「事前批准的审批表文号」：采取措施之前应当经负责人批准；"
            "现在批准、现在实施的，实施时间不填；情况紧急、当场采取的，由承办人办理"
            "「当场查封扣押」「当场先行登记保存」，再补办批准"
        )
    if approved <= taken:
        return None
    return (
        "「事前批准时间」晚于「实施时间」，不是事前批准；情况紧急、当场采取的，由承办人办理"
        "「当场查封扣押」「当场先行登记保存」，再补办批准"
    )


@guard
def seizure_scene_was_recorded(s: Situation) -> str | None:
    """Every seizure has the record of its scene before the inquiry ends, or it is said why not."""
    facts = s.process.facts
    beside = any(one.facts.get("seized") for one in s.of_kind("measure"))
    taken = beside or bool(facts.get("seized") or facts.get("once_seized_goods"))
    made = any(one.facts.get("occasion") == "measure" for one in s.of_kind("record"))
    if not taken or made or s.text("scene_missing"):
        return None
    return (
        "本案采取过查封扣押，没有登记现场笔录：请先办理「制作现场笔录」（笔录事由为实施行政强制措施）；"
        "确实没有制作的，在「查封扣押没有现场笔录的说明」写明"
    )


REINSPECTED = {"food": "sp88", "product": "cpz15", "drug": "yg102"}
"""By the rule of a reinspection, the limit in which the party asks for it."""


@guard
def a_test_result_is_known(s: Situation) -> str | None:
    """A party contests a result, not a test that is still running."""
    tested = "testing_result_notice" in s.documents
    if tested or any(one.facts.get("test_result") for one in s.processes):
        return None
    return (
        "本线索没有登记检验鉴定结论，请先办理「登记检验鉴定结论」；随监督抽查取得的检验报告同样登记"
    )


@guard
def other_rule_is_told(s: Situation) -> str | None:
    """A reinspection that rests on none of the rules listed names its own."""
    if s.text("reinspection_rule") != "other" or s.text("other_rule"):
        return None
    return "选择其他规定的，请在「复检依据」写明法律、法规、规章的名称、条款和期限"


@guard
def lateness_is_real(s: Situation) -> str | None:
    """Nobody is turned away as late who asked within the days of the law, where it was read."""
    facts = s.process.facts
    rule = REINSPECTED.get(str(facts.get("reinspection_rule")))
    received, asked = day_of(facts.get("result_received_on")), day_of(facts.get("asked_on"))
    if s.text("refusal_ground") != "late" or not (rule and received and asked):
        return None
    limits = s.law.deadlines
    if not is_seen(limits[rule], s.law.evidence):
        return None
    begun = datetime.combine(received, time(), CHINA)
    last = compute(limit_in_force(rule, limits[rule], received), begun, s.law.calendar).breach_at
    if asked > last.astimezone(CHINA).date():
        return None
    return (
        f"当事人{asked:%Y年%-m月%-d日}提出申请，期限至{last.astimezone(CHINA):%Y年%-m月%-d日}届满，"
        "没有超过，不能以逾期为由不予复检"
    )


@guard
def no_reinspection_is_pending(s: Situation) -> str | None:
    """No decision rests on a result that is being tested anew (行政处罚法40)."""
    if not s.open_of_kind("reinspection"):
        return None
    return "复检、复验申请还没有结果，检验结论不是定案的依据：请先登记复检结论，或者登记不予复检"


@condition
def conclusion_unsettles_a_case(s: Situation) -> bool:
    """The new conclusion is another one, and a case is not decided yet."""
    return bool(s.form.get("differs")) and has_case_to_move(s)
