"""Guards and conditions of inspections: what is approved, announced, entered and settled."""

from collections.abc import Mapping

from domain.guards.registry import condition, day_of, guard, moment_of, selection
from domain.situation.situation import ProcessView, Situation
from domain.visits.frequency import capped_so_far

ON_SITE = "on_site"
RUNNING = ("entered", "off_site")
PASSED_ON = "passed_on"
RESULTS = ("合格", "不合格", "未检查", "合理缺项")
"""What an item of an inspection comes to."""
PROBLEM = frozenset({"unpublished", "untrue", "ordered", "refused", "pending"})
"""Outcomes of the eight that say that something was found."""
MARKET = "market"
EQUIPMENT = "special_equipment"


def visit_of(s: Situation) -> Mapping[str, object]:
    """What is on record of the inspection itself, whichever of its processes is at hand."""
    found = s.of_kind("visit")
    return found[0].facts if found else s.process.facts


def standing_findings(s: Situation) -> list[ProcessView]:
    """The findings of all departments that take part."""
    return [one for one in s.of_kind("finding") if one.state != "called_off"]


def _rows(value: object) -> list[Mapping[str, str]]:
    return list(value) if isinstance(value, list | tuple) else []


def _named(s: Situation, departments: set[str]) -> str:
    return "、".join(s.law.departments[one].name for one in sorted(departments))


@guard
def visit_names_its_matters(s: Situation) -> str | None:
    """An inspection without a matter has no end; a single one says what gave rise to it."""
    return None if s.names("matters") else "请至少选择一个检查事项"


@guard
def says_why_on_site(s: Situation) -> str | None:
    """Off-site first: who wants to go there says why papers, devices or data do not do."""
    if s.text("way") != ON_SITE or s.text("why_on_site"):
        return None
    return (
        "请填写「不能以非现场方式完成的理由」；"
        "能够以非现场方式完成的，检查方式改选书面检查、核对报送的资料等"
    )


@guard
def visit_partners_are_others(s: Situation) -> str | None:
    """The lead is no partner of itself."""
    own = s.actor.department in s.names("departments")
    return "其他参加部门不能是本部门" if own else None


@guard
def within_the_published_cap(s: Situation) -> str | None:
    """A cap that was published holds for daily and special inspections."""
    facts = s.process.facts
    kind = s.law.inspection.kinds.get(str(facts.get("kind")))
    published = str(facts.get("cap_published") or "")
    if not _is_reached(s) or not published or kind is None or not kind.capped:
        return None
    if not counts(s):
        return None
    return (
        f"{_counted_so_far(s)}，已公布的上限为{facts['cap']}次（{published}），"
        "不再批准日常检查、专项检查；依问题线索等开展的，另行提出个案检查"
    )


@guard
def repetition_is_justified(s: Situation) -> str | None:
    """What goes beyond a cap, or meets another open inspection of the subject, says why."""
    facts = s.process.facts
    if s.text("over_cap_reason"):
        return None
    if _is_reached(s):
        return f"{_counted_so_far(s)}，达到上限{facts['cap']}次，请写明仍须进行的理由"
    if facts.get("open_elsewhere"):
        told = f"该对象另有正在办理的检查（{facts['open_elsewhere']}）"
        return f"{told}，请联合进行，或者写明不能合并的理由"
    return None


def _is_reached(s: Situation) -> bool:
    so_far, cap = capped_so_far(s.process.facts), s.process.facts.get("cap")
    return isinstance(cap, int) and so_far >= cap


def _counted_so_far(s: Situation) -> str:
    facts = s.process.facts
    scope = str(facts.get("cap_scope") or "")
    about = f"（{scope}）" if scope else ""
    return f"本机关本年度对该对象已检查{capped_so_far(facts)}次{about}"


def counts(s: Situation) -> bool:
    """Whether the inspection at hand counts towards the times a year."""
    facts = {**visit_of(s), **s.form}
    kind = s.law.inspection.kinds.get(str(facts.get("kind")))
    return kind is not None and kind.counts and not facts.get("superior_campaign")


@guard
def another_result_is_there(s: Situation) -> str | None:
    """A visit is only saved by a result that is there; a single one is made for its own ground."""
    facts = s.process.facts
    if facts.get("kind") == "single":
        return "个案检查依线索、预警或者申请开展，须查明该事项，不以其他部门的检查结果代替"
    if facts.get("way") != ON_SITE:
        return "非现场检查不上门，不需要以其他部门的检查结果代替"
    if _rows(facts.get("fresh_results")):
        return None
    return "没有其他部门对该对象相同事项、未发现问题、在规定天数内的检查结果可以采用"


@guard
def another_result_is_named(s: Situation) -> str | None:
    """The result that is used is one of those that were looked up for this visit."""
    known = [row["编号"] for row in _rows(s.process.facts.get("fresh_results"))]
    if s.text("from_visit") in known or not known:
        return None
    return f"“{s.text('from_visit')}”不是可以采用的检查结果，可以采用的：{'、'.join(known)}"


@guard
def visit_is_off_site(s: Situation) -> str | None:
    """It needs no door."""
    on_site = s.process.facts.get("way") == ON_SITE
    return "检查方式为现场检查，请办理「通知检查」" if on_site else None


@guard
def visit_is_on_site(s: Situation) -> str | None:
    """There is a door to announce oneself at."""
    on_site = s.process.facts.get("way") == ON_SITE
    return None if on_site else "检查方式为非现场检查，请办理「开始非现场检查」"


@guard
def every_department_agreed(s: Situation) -> str | None:
    """Every organ's own head approved that it takes part."""
    left = {one.department for one in s.of_kind("finding") if one.state == "asked"}
    return f"{_named(s, left)}负责人尚未批准参加检查" if left else None


@guard
def notice_comes_before(s: Situation) -> str | None:
    """Who does not tell beforehand says on which of the three grounds, and why."""
    if s.text("notice_way") == "ahead":
        return None
    if s.text("at_door_ground") and s.text("at_door_reason"):
        return None
    return "检查前应当通知；当场出示通知书的，请填写「不事先通知的情形」和「不事先通知的理由」"


@guard
def no_objection_is_pending(s: Situation) -> str | None:
    """An officer who was objected to does not go before the head has decided."""
    pending = s.process.facts.get("objected_certificate")
    return (
        f"证号{pending}的回避申请尚未决定，请先办理「更换执法人员」或者「驳回回避申请」"
        if pending
        else None
    )


@guard
def objection_is_pending(s: Situation) -> str | None:
    """There is something to decide."""
    return None if s.process.facts.get("objected_certificate") else "没有待决定的回避申请"


@guard
def certificate_is_in_the_team(s: Situation) -> str | None:
    """Who is objected to or replaced is one of those who go."""
    team = _rows(s.process.facts.get("team"))
    if any(one["证号"] == s.text("certificate") for one in team):
        return None
    known = "、".join(f"{one['姓名']}（{one['证号']}）" for one in team)
    return f"检查人员中没有证号{s.text('certificate')}，现为{known}"


@guard
def late_entry_is_explained(s: Situation) -> str | None:
    """What is entered on another day than the visit's says why."""
    entered = day_of(s.form.get("entered_at"))
    if entered in (None, s.today) or s.text("back_entry_reason"):
        return None
    return "不是检查当天录入，请填写「补录理由」"


@guard
def entry_keeps_the_told_time(s: Situation) -> str | None:
    """Who was told of a time beforehand is not visited earlier without a reason."""
    facts = s.process.facts
    told, entered = moment_of(facts.get("visit_on")), moment_of(s.form.get("entered_at"))
    if facts.get("notice_way") != "ahead" or told is None or entered is None:
        return None
    if entered >= told or s.text("early_reason"):
        return None
    return (
        f"通知的检查时间是{told:%Y-%m-%d %H:%M}，提前进入的请填写「早于通知的时间进入的理由」，"
        "或者先办理「改期」"
    )


@guard
def every_result_is_in(s: Situation) -> str | None:
    """Every department that took part has entered what it found."""
    left = {one.department for one in s.open_of_kind("finding") if one.state != "entered"}
    return f"{_named(s, left)}尚未录入检查结果" if left else None


@guard
def no_result_is_in(s: Situation) -> str | None:
    """An inspection with results is told and closed, and not broken off."""
    found = [one for one in standing_findings(s) if one.facts.get("outcome")]
    return "已经录入检查结果，请办理「告知检查结果」" if found else None


@guard
def every_result_is_public_or_exempt(s: Situation) -> str | None:
    """谁检查、谁录入、谁公开."""
    left = {one.department for one in s.open_of_kind("finding")}
    return f"{_named(s, left)}的检查结果尚未公示，也没有批准不公示" if left else None


@guard
def corrections_have_ended(s: Situation) -> str | None:
    """What was ordered was looked at again."""
    left = {one.department for one in s.open_of_kind("visit_correction")}
    return f"{_named(s, left)}的责令改正尚未复查" if left else None


@guard
def problems_were_passed_on(s: Situation) -> str | None:
    """What is left to be dealt with, or was not put right, is a clue."""
    failed = {one.department for one in s.of_kind("visit_correction") if one.state == "failed"}
    left = {
        one.department
        for one in standing_findings(s)
        if (one.facts.get("outcome") == "pending" or one.department in failed)
        and not one.facts.get(PASSED_ON)
    }
    return f"{_named(s, left)}发现的问题待后续处理或者复查不合格，尚未登记为线索" if left else None


@guard
def crimes_were_passed_on(s: Situation) -> str | None:
    """A suspected crime goes on as a clue: no order to correct stands in for its referral."""
    left = {
        one.department
        for one in standing_findings(s)
        if one.facts.get("crime_suspected") == "suspected" and not one.facts.get(PASSED_ON)
    }
    if not left:
        return None
    return (
        f"{_named(s, left)}发现的问题涉嫌犯罪，不得以责令改正代替移送："
        "请先办理「登记为线索」，由核查后决定移送"
    )


@selection
def open_findings(s: Situation) -> tuple[int, ...]:
    """The findings of departments that take part and have entered nothing."""
    return tuple(
        one.id for one in s.of_kind("finding") if one.state in ("asked", "waiting", "open")
    )


@condition
def last_result_of_a_running_visit(s: Situation) -> bool:
    """With the result at hand all are in, and the inspection was approved."""
    others = [one for one in standing_findings(s) if one.id != s.process.id]
    running = any(one.state in RUNNING for one in s.of_kind("visit"))
    return running and all(one.facts.get("outcome") for one in others)
