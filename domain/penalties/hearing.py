"""Guards of what the party may say before a penalty: its statement and its hearing."""

from datetime import datetime, timedelta

from domain.guards.officers import investigators, is_named
from domain.guards.registry import condition, day_of, guard, moment_of
from domain.limits.due_moment import compute, limit_in_force
from domain.penalties.service import HEARING, NOTICE, took_effect_at
from domain.situation.recusal import avoiding
from domain.situation.situation import CHINA, Situation

WITHDRAWN = "withdrawn"
"""The ending of a hearing that the party itself asks for."""
GIVEN_UP_BY = {"absent": "无正当理由拒不出席", "left": "未经许可中途退出"}
"""The endings by which a party gives its hearing up for good (处罚法64(六)).

One that withdrew its request, or waived the hearing in writing, may ask again within its days: no
text says that it may not.
"""
DECIDED = frozenset({"decided", "served", "enforced"})
"""States of a case whose decision is made and stands."""
DAYS = "cf64_apply"
"""The limit of the days in which the party speaks to its notice, or asks for a hearing."""


@guard
def closed_hearing_is_grounded(s: Situation) -> str | None:
    """A hearing is public but for a secret of the state, of trade, or somebody's privacy."""
    if s.text("hearing_open") != "closed" or s.text("closed_reason"):
        return None
    return (
        "听证公开举行：不公开的，请填写「不公开理由」，写明涉及国家秘密、商业秘密或者个人隐私的内容"
    )


@guard
def presider_is_not_an_investigator(s: Situation) -> str | None:
    """Who investigated does not preside over the hearing."""
    presider = s.text("presider") or str(s.process.facts.get("presider") or "")
    if presider not in investigators(s):
        return None
    named = s.people.get(presider)
    way = "" if s.text("presider") else "请办理「听证通知」，"
    return (
        f"{named.name if named else '所选人员'}是本案调查人员（包括已经更换的办案人员、"
        f"制作过笔录或者实施过强制措施的人员），听证由非本案调查人员主持，{way}请另行指定主持人"
    )


@guard
def statement_limit_is_over(s: Situation) -> str | None:
    """The party's days for a statement are over, or it has made one."""
    last = _last_day(s)
    if last is None or s.process.facts.get("statement"):
        return None
    return f"陈述申辩的期限尚未届满（至{last}），当事人尚未陈述申辩，不得作出决定"


@guard
def hearing_limit_is_over(s: Situation) -> str | None:
    """The party's days for asking a hearing are over, or it waived the hearing in writing."""
    facts, last = s.process.facts, _last_day(s)
    if last is None or facts.get("notice_right") != "hearing" or facts.get("hearing_waived"):
        return None
    return (
        f"要求听证的期限尚未届满（至{last}），不得作出决定；陈述申辩不等于放弃听证，"
        "当事人书面明确放弃听证的，请在「记录陈述申辩」中登记"
    )


def _last_day(s: Situation) -> str | None:
    """The last of the party's days after the notice while they run; none once it was heard."""
    last = days_to_speak_end(s)
    if s.process.state == "heard" or last is None or s.now > last:
        return None
    return f"{last.astimezone(CHINA):%Y年%-m月%-d日}"


def days_to_speak_end(s: Situation) -> datetime | None:
    """When the party's days after the notice end; a hearing asked for and given up ends no days.

    程序规定第五十七条: silence waives the statement only when they are over.
    """
    if (clock := s.clock(DAYS)) is not None:
        return clock.breach_at
    told = took_effect_at(s, NOTICE) if s.process.state == "noticed" else None
    if told is None:
        return None
    limit = limit_in_force(DAYS, s.law.deadlines[DAYS], told.astimezone(CHINA).date())
    return compute(limit, told, s.law.calendar).breach_at


@guard
def hearing_right_was_given(s: Situation) -> str | None:
    """A hearing is held where the notice offered one."""
    offered = s.process.facts.get("notice_right") == "hearing"
    return None if offered else "处罚告知书未告知要求听证的权利"


@guard
def hearing_was_asked_for_in_time(s: Situation) -> str | None:
    """The party asked within its days, even where the organ takes the request up later."""
    ends, asked = days_to_speak_end(s), day_of(s.form.get("hearing_requested_on"))
    if s.process.state in DECIDED:
        return _came_after_the_decision("要求听证", "举行听证")
    if ends is None:
        return "要求听证的期限没有起算；没有登记处罚告知书送达的，请先登记"
    if s.clock(DAYS) is None and (given_up := GIVEN_UP_BY.get(_how_it_ended(s))):
        return f"听证因当事人{given_up}终止，视为放弃听证权利，不再受理听证申请"
    last = ends.astimezone(CHINA)
    if (asked or s.today) <= last.date() and (asked or s.now <= ends):
        return None
    return (
        f"要求听证的期限已过（{last:%Y年%-m月%-d日}），视为放弃；"
        "当事人在期限内提出而现在才登记的，填写「提出听证申请的日期」"
    )


@guard
def party_speaks_before_the_decision(s: Situation) -> str | None:
    """A statement that was posted in time and came after the decision was not weighed in it."""
    if s.process.state not in DECIDED:
        return None
    return _came_after_the_decision("陈述、申辩", "复核其陈述、申辩")


def _came_after_the_decision(what: str, undone: str) -> str:
    return (
        f"处罚决定已经作出：当事人在期限内{what}（邮寄的以交邮日期为准）而决定之后才收到的，"
        f"没有{undone}的决定违反法定程序，请由机关负责人办理「自行撤销决定并重新办理」，重新告知后再决定；"
        "期限之后才提出的视为放弃，告知当事人可以依法申请复议、提起诉讼"
    )


def _how_it_ended(s: Situation) -> str:
    """On which ground a hearing on the last notice was ended; empty where none was."""
    return str(s.process.facts.get("hearing_ended_by") or "")


@guard
def hearing_leaves_time_for_its_notice(s: Situation) -> str | None:
    """The notice can still reach the party in time: today is no later than its last day."""
    hearing = moment_of(s.form.get("hearing_at"))
    last = _last_notice(s, hearing)
    rule = s.law.deadlines["cf64_notice"].in_force(s.today)
    if hearing is None or last is None or rule is None or s.now <= last:
        return None
    earliest = hearing
    while (day := _last_notice(s, earliest)) is not None and day < s.now:
        earliest += timedelta(days=1)
    return (
        f"听证通知应当在举行听证的{rule.amount}个工作日前送达（当日和听证日都不计入），"
        f"听证日期不得早于{earliest:%Y年%-m月%-d日}"
    )


@guard
def hearing_notice_came_in_time(s: Situation) -> str | None:
    """No hearing is held that the party was not told of, or was told of too late."""
    facts = s.process.facts
    served = took_effect_at(s, HEARING)
    if not facts.get("hearing_at"):
        return None
    if served is None:
        return "听证通知尚未送达当事人，请先办理「听证通知已送达」"
    last = _last_notice(s, moment_of(facts.get("hearing_at")))
    if last is None or served <= last:
        return None
    return (
        f"听证通知{served:%Y年%-m月%-d日}送达，迟于{last:%Y年%-m月%-d日}，"
        "请办理「听证通知」，另行确定听证时间"
    )


def _last_notice(s: Situation, hearing: datetime | None) -> datetime | None:
    """The last moment at which the notice of a hearing is served in time: where its clock ends."""
    if hearing is None:
        return None
    limit = limit_in_force("cf64_notice", s.law.deadlines["cf64_notice"], hearing.date())
    return compute(limit, hearing, s.law.calendar).breach_at


@guard
def hearing_is_scheduled(s: Situation) -> str | None:
    """A hearing has its day before anything follows from it."""
    return None if s.process.facts.get("hearing_at") else "尚未确定听证时间并通知"


@guard
def presider_need_not_avoid(s: Situation) -> str | None:
    """Who has to avoid the case presides over no hearing, though he was named before."""
    presider = str(s.process.facts.get("presider"))
    if presider not in avoiding(s):
        return None
    named = s.people.get(presider)
    return (
        f"听证主持人{named.name if named else ''}已决定回避，"
        "请办理「听证通知」，另行指定主持人并通知当事人"
    )


@guard
def hearing_day_has_come(s: Situation) -> str | None:
    """A hearing is not recorded before it was held."""
    at = moment_of(s.process.facts.get("hearing_at"))
    if at is None or s.now >= at:
        return None
    return f"听证时间（{at:%Y年%-m月%-d日%-H时%M分}）尚未到"


@guard
def recorder_is_not_an_investigator(s: Situation) -> str | None:
    """Who investigated neither keeps the record of the hearing nor sits beside its presider."""
    names = [s.people[one].name for one in sorted(investigators(s)) if one in s.people]
    found = [
        f"「{label}」中的{name}"
        for field, label in {"recorder": "记录员", "hearing_members": "听证员"}.items()
        for name in names
        if is_named(name, s.text(field))
    ]
    if not found:
        return None
    return (
        f"{'、'.join(found)}是本案调查人员：听证的记录由非本案调查人员担任，听证员也是，请另行指定"
    )


@guard
def decision_rests_on_the_record(s: Situation) -> str | None:
    """After a hearing the decision is made on its record, and says what it made of it."""
    if not (s.process.facts.get("hearing_held") or s.process.state == "heard"):
        return None
    if "hearing_record" not in s.documents:
        return "听证后应当根据听证笔录作出决定，本案没有听证笔录，请先办理「补制听证笔录」"
    if s.process.kind == "case" and not s.text("hearing_followed"):
        return "经过听证的，请填写「听证意见采纳情况」（是否采纳及理由）"
    return None


@guard
def hearing_has_no_record(s: Situation) -> str | None:
    """A record is written after the fact only where the hearing has none."""
    if not (s.process.facts.get("hearing_held") or s.process.state == "heard"):
        return "本案没有举行听证"
    return "已有听证笔录" if "hearing_record" in s.documents else None


@condition
def hearing_is_waived(s: Situation) -> bool:
    """The party declares in writing that it wants no hearing of which it was told."""
    return bool(s.form.get("hearing_waived")) and s.process.facts.get("notice_right") == "hearing"


@guard
def party_gave_its_hearing_up(s: Situation) -> str | None:
    """Absence ends a hearing of which the party was told in time, and whose hour has come.

    Raises no doubt where the party withdraws its request in writing.
    """
    if s.text("hearing_end_ground") == WITHDRAWN:
        return None
    asked = (hearing_is_scheduled, hearing_day_has_come, hearing_notice_came_in_time)
    return next((text for one in asked if (text := one(s))), None)


@condition
def hearing_was_set(s: Situation) -> bool:
    """The hearing had its day, its presider and its recorder: its record says how it ended."""
    return bool(s.process.facts.get("hearing_at"))


@condition
def hearing_is_withdrawn(s: Situation) -> bool:
    """The party takes its request for a hearing back in writing."""
    return s.text("hearing_end_ground") == WITHDRAWN
