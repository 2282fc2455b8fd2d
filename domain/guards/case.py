"""Guards of a penalty case: two officers, a reviewer who did not investigate, and no 以罚代刑."""

from datetime import date
from decimal import Decimal

from domain.guards.registry import day_of, guard, moment_of
from domain.situation import CHINA, Situation


@guard
def has_two_certified_officers(s: Situation) -> str | None:
    """At least two officers of the department, each with an enforcement certificate."""
    people = [s.people[one] for one in s.names("case_officers") if one in s.people]
    if len({one.id for one in people}) < 2:
        return "办案人员不得少于2人"
    missing = [one.name for one in people if not one.certificate_no]
    if missing:
        return f"{'、'.join(missing)}没有执法证号，不能作为办案人员"
    strangers = [one.name for one in people if one.department != s.process.department]
    return f"{'、'.join(strangers)}不是本部门人员" if strangers else None


@guard
def officers_are_assigned(s: Situation) -> str | None:
    """The case has its officers."""
    officers = s.process.facts.get("case_officers")
    enough = isinstance(officers, list | tuple) and len(officers) >= 2
    return None if enough else "尚未指定2名以上办案人员"


@guard
def facts_are_recorded(s: Situation) -> str | None:
    """The facts were entered and screened before the investigation ends."""
    return (
        None if s.process.facts.get("screening") is not None else "尚未登记违法事实并对照涉刑门槛"
    )


@guard
def no_crime_is_left_unreferred(s: Situation) -> str | None:
    """A threshold met was referred, or the principal declined with reasons: no 以罚代刑."""
    case = s.process if s.process.kind == "case" else s.latest("case")
    found = case.facts.get("screening") if case else None
    met = [one for one in found if one.get("met")] if isinstance(found, list) else []
    answered: set[str] = set()
    for referral in s.of_kind("referral"):
        if referral.state not in {"proposed", "approved"}:
            offences = referral.facts.get("offences")
            answered |= set(offences) if isinstance(offences, list) else set()
    left = [one for one in met if one.get("offence") not in answered]
    if not left:
        return None
    named = "；".join(str(one.get("reason")) for one in left)
    return (
        f"违法事实已达涉嫌犯罪标准（{named}），应当移送公安机关，不得以行政处罚代替移送；"
        "须先提出移送并由主要负责人批准，或者由其书面不批准并记录理由"
    )


@guard
def nothing_is_preserved(s: Situation) -> str | None:
    """Goods are registered for preservation once at a time."""
    return "已有登记保存的物品，请先处理" if s.process.facts.get("preserved") else None


@guard
def goods_are_preserved(s: Situation) -> str | None:
    """There are preserved goods to deal with."""
    return None if s.process.facts.get("preserved") else "没有登记保存的物品"


@guard
def nothing_is_seized(s: Situation) -> str | None:
    """Goods are seized once at a time."""
    return "已有查封扣押的物品，请先解除" if s.process.facts.get("seized") else None


@guard
def goods_are_seized(s: Situation) -> str | None:
    """There are seized goods to deal with."""
    return None if s.process.facts.get("seized") else "没有查封扣押的物品"


@guard
def nothing_is_held(s: Situation) -> str | None:
    """A case is not closed while goods are still held."""
    held = [
        label
        for name, label in (("preserved", "登记保存"), ("seized", "查封扣押"))
        if s.process.facts.get(name)
    ]
    return f"尚有{'、'.join(held)}的物品未处理" if held else None


@guard
def no_testing_is_running(s: Situation) -> str | None:
    """Testing runs once at a time, and its result is awaited."""
    return "检测检验鉴定尚未出具结论" if s.process.facts.get("testing_runs") else None


@guard
def testing_is_running(s: Situation) -> str | None:
    """There is a test whose result can come in."""
    return None if s.process.facts.get("testing_runs") else "没有在途的检测检验鉴定"


@guard
def reviewer_is_not_an_investigator(s: Situation) -> str | None:
    """Who investigated does not review."""
    officers = s.process.facts.get("case_officers")
    if isinstance(officers, list | tuple) and s.actor.id in officers:
        return f"{s.actor.name}是本案办案人员，不得作为审核人员"
    return None


@guard
def presider_is_not_an_investigator(s: Situation) -> str | None:
    """Who investigated does not preside over the hearing."""
    officers = s.process.facts.get("case_officers")
    if isinstance(officers, list | tuple) and s.text("presider") in officers:
        return "听证由非本案调查人员主持，请另行指定主持人"
    return None


@guard
def review_has_passed(s: Situation) -> str | None:
    """No decision without review."""
    return (
        None if s.process.facts.get("reviewed_by") else "案件未经审核或者审核未通过，不得作出决定"
    )


@guard
def statement_limit_is_over(s: Situation) -> str | None:
    """The party's days for a statement or for asking a hearing are over, or were used."""
    if s.process.state == "heard":
        return None
    clock = s.clock("cf64_apply")
    if clock is None or s.now > clock.due_at or s.process.facts.get("statement"):
        return None
    last = clock.due_at.astimezone(CHINA)
    return f"陈述申辩和要求听证的期限尚未届满（至{last:%Y年%-m月%-d日}），不得作出决定"


@guard
def heard_cases_were_discussed(s: Situation) -> str | None:
    """A penalty heavy enough for a hearing is discussed collectively first."""
    if s.process.facts.get("notice_right") == "hearing" and not s.process.facts.get("discussed"):
        return "属于应当告知听证权利的较重处罚，须经负责人集体讨论决定"
    return None


@guard
def hearing_right_was_given(s: Situation) -> str | None:
    """A hearing is held where the notice offered one."""
    offered = s.process.facts.get("notice_right") == "hearing"
    return None if offered else "处罚告知书未告知要求听证的权利"


@guard
def hearing_limit_is_running(s: Situation) -> str | None:
    """A hearing is asked for within the party's days."""
    clock = s.clock("cf64_apply")
    if clock and s.now <= clock.due_at:
        return None
    return "要求听证的期限已过，视为放弃"


@guard
def hearing_leaves_seven_working_days(s: Situation) -> str | None:
    """The notice can still reach the party seven working days before the hearing."""
    hearing = day_of(s.form.get("hearing_at"))
    rule = s.law.deadlines["cf64_notice"].in_force(s.today)
    if hearing is None or rule is None or rule.amount is None:
        return None
    earliest = s.law.calendar.add_working_days(s.today, rule.amount)
    if hearing > earliest or (hearing == earliest):
        return None
    return (
        f"听证通知应当在举行听证的{rule.amount}个工作日前送达，"
        f"听证日期不得早于{earliest:%Y年%-m月%-d日}"
    )


@guard
def hearing_is_scheduled(s: Situation) -> str | None:
    """A hearing has its day before anything follows from it."""
    return None if s.process.facts.get("hearing_at") else "尚未确定听证时间并通知"


@guard
def hearing_day_has_come(s: Situation) -> str | None:
    """A hearing is not recorded before it was held."""
    at = moment_of(s.process.facts.get("hearing_at"))
    if at is None or s.now >= at:
        return None
    return f"听证时间（{at:%Y年%-m月%-d日%-H时%M分}）尚未到"


@guard
def not_fined_before_for_the_same_act(s: Situation) -> str | None:
    """One act, one fine."""
    before = fined_for_act_ended(s, day_of(s.process.facts.get("offence_ended_on")))
    if Decimal(s.text("fine") or "0") <= 0 or not before:
        return None
    return f"同一当事人的同一违法行为已有罚款决定（{'、'.join(before)}），不得再次罚款"


def fined_for_act_ended(s: Situation, ended: date | None) -> tuple[str, ...]:
    """Clues in which the same act was fined; what went on after the decision is another act."""
    return tuple(one.clue_no for one in s.elsewhere.decided if ended is None or ended <= one.on)


@guard
def exemption_is_approved(s: Situation) -> str | None:
    """Who does not publish says why and who approved it."""
    if s.text("publish") == "exempt" and not s.text("exemption"):
        return "不予公示的，须写明理由及批准情况"
    return None


@guard
def served_after_decision(s: Situation) -> str | None:
    """A decision is served after it was made and not in the future."""
    served = moment_of(s.form.get("served_on"))
    decided = moment_of(s.process.facts.get("decided_at"))
    if served is None:
        return None
    if served > s.now:
        return "送达时间不能晚于现在"
    return "送达时间不能早于决定时间" if decided and served < decided else None


@guard
def publication_is_due(s: Situation) -> str | None:
    """There is a decision to publish."""
    return None if s.clock("gs9") else "没有待公示的处罚决定"


@guard
def publication_is_done(s: Situation) -> str | None:
    """A case is not closed before its decision was published."""
    return "处罚决定尚未公示" if s.clock("gs9") else None
