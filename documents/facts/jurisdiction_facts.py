"""Facts of the papers on whose matter it is: disputes, and word to the reporter."""

import re

from documents.facts.complaint_facts import complainant
from documents.facts.makers import (
    Facts,
    Known,
    cited,
    day_of,
    department_name,
    due,
    grounds_here,
    made_for,
    number_and_day,
    quoted,
)
from documents.facts.paper import Paper
from documents.values.filters import cn_date
from domain.rulebook.quotation import binding
from domain.situation.organ import government_of

_FOOD = frozenset({"sp-115"})
_ENFORCEMENT = frozenset({"jdtl-13"})
"""行政执法监督条例第十三条: on disputes over enforcement, coordinated by the organ of justice."""
_WE = re.compile("本部门|本机关|本单位|我单位|我部门|我局|我委")
_FOOD_FIELDS = ("食品", "餐饮")


@made_for("duty_crime_letter")
def _duty_crime_letter(paper: Paper, facts: Known) -> Facts:
    return {"移送依据": cited(paper)}


@made_for("dispute_letter")
def _dispute_letter(paper: Paper, facts: Known) -> Facts:
    other = facts.get("争议对方部门")
    return {
        "争议各方": [other] if other else None,
        "争议事由": _at_issue(paper, facts),
        "本机关意见": facts.get("异议理由"),
        "建议承办部门": facts.get("争议对方部门"),
        "协商期限": day_of(due(paper, "cx13", "dispute_talks")),
    }


def _at_issue(paper: Paper, facts: Known) -> str:
    """What the two organs differ about: the matter, its party and place, and who had it."""
    clue = paper.situation.subject
    party = f"，涉及的当事人为{clue.subject_name}" if clue.subject_name else ""
    place = f"，发生地点为{clue.place}" if clue.place else ""
    received = day_of(facts.get("本机关收到时间"))
    own = department_name(paper, paper.situation.actor.department)
    came = f"{own}于{cn_date(received)}收到" if received else f"{own}收到"
    return f"{came}“{clue.title}”线索{party}{place}。双方对由哪个部门查处意见不一致。"


@made_for(
    "designation_request",
    "jurisdiction_designation",
    "coordination_request",
    "coordination_opinion",
    "jurisdiction_proposal",
    "jurisdiction_decision",
)
def _dispute(paper: Paper, facts: Known) -> Facts:
    dispute = paper.situation.process
    sides = [
        department_name(paper, dispute.department),
        department_name(paper, dispute.counterpart),
    ]
    number, day = number_and_day(paper, "jurisdiction_proposal")
    return {
        **_in_the_name_of_government(paper),
        "争议各方": [one for one in sides if one],
        "争议事由": _both_views(paper, facts),
        "指定部门": facts.get("指定主办部门"),
        "指定依据": _ground(paper),
        "处理意见文号": number,
        "处理意见日期": day,
    }


def _both_views(paper: Paper, facts: Known) -> object:
    """The dispute as a third organ tells it: who says what, each by name."""
    dispute = paper.situation.process
    own, other = (department_name(paper, one) for one in (dispute.department, dispute.counterpart))
    reason = _WE.sub(own or "", str(facts.get("异议理由") or "")).strip().rstrip("。")
    if not (own and other and reason):
        return facts.get("异议理由") or facts.get("协商经过")
    return f"{own}认为：{reason}；应由{other}管辖。{other}未予同意，双方协商未能一致。"


def _ground(paper: Paper) -> str:
    """The articles of the act; duties that nobody assigned are no dispute over enforcement."""
    if paper.situation.process.facts.get("route") != "duties":
        return cited(paper)
    transition = paper.rules.lifecycles[paper.situation.process.kind].actions[paper.action]
    kept = (one for one in transition.basis if one not in _ENFORCEMENT)
    return quoted(paper, *grounds_here(paper, *kept)) or cited(paper)


def _in_the_name_of_government(paper: Paper) -> Facts:
    """A government decides in its own name; its office only writes the paper."""
    own = paper.rules.departments[paper.situation.actor.department]
    if own.kind != "government":
        return {}
    return {"承办部门": government_of(paper.rules.departments, own.area)}


@made_for("reporter_transfer_notice")
def _reporter_transfer_notice(paper: Paper, facts: Known) -> Facts:
    """The article on food is quoted for food, and what binds the organ in any case."""
    clue, situation = paper.situation.subject, paper.situation
    matter = paper.rules.matters.get(clue.matter or "")
    food = matter is not None and any(one in matter.field + matter.name for one in _FOOD_FIELDS)
    transition = paper.rules.lifecycles[situation.process.kind].actions[paper.action]
    named = [one for one in transition.basis if food or one not in _FOOD]
    organs = (situation.actor.department,)
    ground = quoted(paper, *binding(paper.rules, named, organs, situation.region))
    return {"举报人": complainant(facts).replace("投诉人", "举报人"), "告知依据": ground}
