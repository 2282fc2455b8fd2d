"""Guards of what the hotline's caller is told: in the hotline's days, or with the statute's."""

from domain.guards.registry import condition, guard
from domain.limits.organ_limits import general_limit
from domain.situation.situation import ProcessView, Situation

FOLLOWING = "reply_by_statute"
"""The limit of a reply that follows the statutory period of the matter."""


def _waiting(s: Situation) -> bool:
    rules = {s.region.reply_clock, FOLLOWING}
    return any(one.rule in rules for one in s.clocks if one.process_kind == "clue")


def _statute_runs(s: Situation) -> bool:
    led_by = s.law.deadlines[FOLLOWING].follows
    return any(general_limit(one.rule, s.law.deadlines) in led_by for one in s.clocks)


@condition
def reply_gives_way(s: Situation) -> bool:
    """The hotline's days run, and here they give way to a longer statutory period."""
    rule = s.region.reply_clock
    running = any((one.rule, one.process_kind) == (rule, "clue") for one in s.clocks)
    return running and s.region.reply_yields is not None


@guard
def reply_is_owed(s: Situation) -> str | None:
    """The caller of a work order still waits for an answer."""
    return None if _waiting(s) else "本线索没有待答复的热线工单"


@guard
def reply_may_give_way(s: Situation) -> str | None:
    """The place's rule, or the site's own, lets the hotline's days give way."""
    if s.region.reply_yields:
        return None
    return (
        f"{s.region.label}没有设定法定期限更长的从其规定，热线期限照常计算；"
        "确有规定的，由管理员在地区参数的 reply_yields 中写明依据"
    )


@guard
def statute_still_runs(s: Situation) -> str | None:
    """An interim reply is for a matter whose statutory period runs."""
    if _statute_runs(s):
        return None
    return (
        "没有正在计算的核查、办案、移送或者投诉受理、调解期限，"
        "应当办理「答复处理结果」「投诉办结」或者「办结」"
    )


def _has_result(process: ProcessView) -> bool:
    told = ("decision", "terminated", "filed_on", "refusal_ground", "agree_ground", "cancelled_on")
    return any(process.facts.get(name) for name in told)


@guard
def result_is_known(s: Situation) -> str | None:
    """The caller is told a result once there is one."""
    if any(_has_result(one) for one in s.processes if one.kind in {"case", "referral"}):
        return None
    return "案件尚未作出处理决定，公安机关尚未决定是否立案；可以先办理「阶段性答复」"
