"""Guards of a penalty case: two officers, a reviewer who did not investigate, and no 以罚代刑."""

from domain.guards.conditions import lead_is_market
from domain.guards.officers import HEAD, against_officers, investigators
from domain.guards.registry import guard
from domain.situation.acting_for import own_persons
from domain.situation.recusal import avoiding
from domain.situation.situation import Situation


@guard
def has_two_certified_officers(s: Situation) -> str | None:
    """At least two officers of the department, each with an enforcement certificate."""
    return against_officers(s, "case_officers", "办案人员不得少于2人", "不能作为办案人员")


@guard
def officers_are_assigned(s: Situation) -> str | None:
    """The case has its officers."""
    officers = s.process.facts.get("case_officers")
    enough = isinstance(officers, list | tuple) and len(officers) >= 2
    return None if enough else "尚未指定2名以上办案人员"


@guard
def nothing_is_preserved(s: Situation) -> str | None:
    """Goods are registered for preservation once at a time."""
    return "已有登记保存的物品，请先处理" if s.process.facts.get("preserved") else None


@guard
def goods_are_preserved(s: Situation) -> str | None:
    """There are preserved goods to deal with."""
    return None if s.process.facts.get("preserved") else "没有登记保存的物品"


@guard
def preservation_is_ended_by_the_head(s: Situation) -> str | None:
    """At a market regulator the head approves that goods are kept no longer (程序规定33①)."""
    if not lead_is_market(s) or HEAD in s.actor.roles:
        return None
    return (
        "市场监督管理部门解除先行登记保存措施应当经负责人批准："
        "请由机关负责人办理「处理登记保存物品」"
    )


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
        if any(one.facts.get(name) for one in (s.process, *s.open_of_kind("measure")))
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
    if own_persons(s) & investigators(s):
        return (
            f"{s.actor.name}是本案办案人员或者正在代其办理，不得作为审核人员；"
            "已经更换的办案人员、制作过笔录或者实施过强制措施的人员也是办案人员"
        )
    return None


_NOT_REVIEWED = (
    "案件未经审核、审核未通过，或者审核以后违法事实、当事人有变更，不得告知、作出决定；"
    "请先「送审」，须补充调查的办理「补充调查」"
)


@guard
def review_has_passed(s: Situation) -> str | None:
    """No decision without review, by somebody who need not avoid the case."""
    reviewer = s.process.facts.get("reviewed_by")
    if reviewer in avoiding(s):
        named = s.people.get(str(reviewer))
        return (
            f"审核人员{named.name if named else ''}已决定回避，其审核不再作为作出决定的依据："
            "请重新「送审」（听证结束后的「听证后送法制审核」），由其他人员审核"
        )
    return None if reviewer else _NOT_REVIEWED


@guard
def crime_elsewhere_is_weighed(s: Situation) -> str | None:
    """Who penalises says how the act stands to a crime suspected in the party's other clue."""
    others = s.elsewhere.suspected
    if not others or s.text(RELATION) or s.process.facts.get(RELATION):
        return None
    return (
        f"同一当事人另有线索涉嫌犯罪、尚未办结（{'、'.join(others)}）：属于同一违法行为的，并案移送，"
        "不得以行政处罚代替；不属于的，请在「与涉嫌犯罪线索的关系」中写明理由"
    )


RELATION = "crime_relation"


@guard
def does_not_judge_himself(s: Situation) -> str | None:
    """Nobody decides on his own recusal."""
    if s.process.facts.get("avoids") in own_persons(s):
        return "被提出回避的人员不能决定自己是否回避，请由其他负责人决定"
    return None


@guard
def no_recusal_is_pending(s: Situation) -> str | None:
    """Investigation goes on meanwhile, but nothing is decided before the recusal is (处罚法43③)."""
    asked = [str(one.facts.get("avoids")) for one in s.open_of_kind("recusal")]
    if not asked:
        return None
    names = "、".join(s.people[one].name for one in asked if one in s.people)
    return (
        f"对{names or '有关人员'}的回避申请还没有决定：决定以前不停止调查，但不能作出处罚决定；"
        "请先由负责人办理「决定回避」或者「驳回回避申请」"
    )


@guard
def no_officer_has_to_avoid(s: Situation) -> str | None:
    """A case goes on with officers who need not avoid it."""
    named = s.process.facts.get("case_officers")
    officers = named if isinstance(named, list | tuple) else ()
    found = [s.people[one].name for one in officers if one in avoiding(s) and one in s.people]
    if not found:
        return None
    return f"办案人员{'、'.join(found)}已决定回避，请先办理「更换办案人员」"
